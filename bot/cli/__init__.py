"""`python -m bot`: what each command does in a terminal."""
