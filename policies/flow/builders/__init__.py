"""One builder for each mechanism by which data can go from one place to another."""
