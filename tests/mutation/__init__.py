"""Mutation testing of the rules: small faults, one at a time, of which each must make a fast test fail.

The mutants are those that a reviewer fears: a rule or a part of it dropped, a condition inverted or loosened, a key
mistyped, one place taken for another. Run with `make mutation`, which writes docs/mutation.md.
"""
