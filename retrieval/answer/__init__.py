"""Scores → an answer: judged, checked, quoted, explained."""
