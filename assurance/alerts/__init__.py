"""Alerts that arrive: results of runs in, messages to people out. It judges nothing (docs/alerts.md)."""
