"""Lets every registration begin before the SDK waits for anything (docs/decisions/0013-a-turn-of-the-loop.md).

At a program's end the SDK waits first for the calls to the engine that are under way, one after the other, and then for
outputs: for the first of all that are outstanding, and then for the first of all that are left. A program that has only
declared has no call under way yet, so all of its outputs are waited for in that second way, which takes a time that
grows with the square of their number. One turn of the event loop is enough for the calls to be under way.
"""

import asyncio


async def begin() -> None:
    """Gives what was declared so far its turn; to be handed to `pulumi.run` when all is declared."""
    await asyncio.sleep(0)
