"""Files → trees with exact places; quotes, and reading on from them."""
