"""What stands literally in the speeches: every place of a wording, its closest original, the check of a draft."""
