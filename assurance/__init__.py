"""Reads results and tells people: it judges nothing, and changes nothing that was declared."""
