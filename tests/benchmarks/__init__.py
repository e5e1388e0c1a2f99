"""Measurements, as ratios and growth in one run; `make bench` writes them to docs/benchmarks.md."""
