"""Brings a report to where a change is reviewed: what is asked of GitHub, and how."""
