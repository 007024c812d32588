"""Files that people send: bytes → text, and a checked draft → a marked-up copy."""
