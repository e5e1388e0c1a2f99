"""Resource Search: what there is of any type, found by a query."""
