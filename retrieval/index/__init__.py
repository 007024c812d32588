"""Passages → scores for weighted terms."""
