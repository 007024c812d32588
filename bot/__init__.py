"""Everything with a person, a clock, state or a network."""
