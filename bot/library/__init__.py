"""Bringing speeches in: documents → speeches as they will count → the collections that the bot answers from."""
