"""Passages and questions as vectors of what they mean, for speeches that nobody has written asks for."""
