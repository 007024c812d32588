"""What a person means: references, names, spellings, and the terms that are left."""
