"""The doors: ways into the world. Each speaks a protocol outside, the world's terms inside, and owns no state."""
