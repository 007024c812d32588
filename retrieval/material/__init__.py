"""What a speech of one's own can be made from: sentences by kind, beginnings, formulas as they changed."""
