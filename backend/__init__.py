"""The bucket that a stack's state lies in: made and checked at Oracle, outside the stack that it holds.

`make backend` makes it where it is missing, and compares it with `stacks/backend.yaml` where it isn't. Of a bucket that
is there it changes nothing: what is wrong is said, one sentence each, and is a person's to decide. Of the other rooms
this one knows the boundary alone; a rehearsal is reached like Oracle.
"""
