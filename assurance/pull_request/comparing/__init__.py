"""Makes the report: from what the base's run and the head's run left as data."""
