"""One run of the Pulumi engine: what happens in it, what it changes, and what a person sees of it.

It stands on the boundary alone. The rehearsal runs the engine and shows the run with this; the pack takes from it where
a resource is declared; assurance compares two runs.
"""
