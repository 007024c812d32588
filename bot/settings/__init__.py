"""What can be set: environment and config/, checked; the wording; the speeches as one library."""
