"""A message after another."""
