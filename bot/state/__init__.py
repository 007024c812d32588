"""The database and what is kept in it. Functions take an open connection of the store."""
