"""A large collection on disk: immutable segments of texts, passages and their terms, searched where they lie."""
