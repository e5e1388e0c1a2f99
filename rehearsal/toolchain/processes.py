"""Processes that must not outlive the one that started them."""

import shutil
from collections.abc import Sequence


def dying_with_parent(command: Sequence[str]) -> list[str]:
    """The command, made to be killed by the kernel when its parent is gone, however that ended.

    Where `setpriv` (util-linux) is missing the command is as it was.
    """
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", *command] if setpriv else list(command)
