"""Writes the comment from a report: the same report, the same text."""
