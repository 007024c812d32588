"""Text → terms: folded, cut into words, sounds, synonyms."""
