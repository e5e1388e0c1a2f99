"""Policy-as-code that blocks every crossing of the boundary."""
