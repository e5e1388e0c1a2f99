"""The processes of a checkout's commands, told from all others by their environment."""

from collections.abc import Iterator

import psutil

from tests.support.checkout import Checkout


def processes_of(checkout: Checkout) -> Iterator[psutil.Process]:
    """Every live process that a command of the checkout started, however far down."""
    for process in psutil.process_iter():
        try:
            if process.environ().get("PYTHONPATH") == str(checkout.path) and process.status() != psutil.STATUS_ZOMBIE:
                yield process
        except psutil.Error:
            continue


def command_of(process: psutil.Process) -> str:
    """What a process runs; empty when it has gone."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def listening(process: psutil.Process) -> list[str]:
    """The addresses that a process listens on; an IPv4 address mapped into IPv6 is given as itself."""
    try:
        return [
            c.laddr.ip.removeprefix("::ffff:")
            for c in process.net_connections("inet")
            if c.status == psutil.CONN_LISTEN
        ]
    except psutil.Error:
        return []
