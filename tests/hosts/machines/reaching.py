"""Asks a host what answers it where: bounded in time, all addresses at once."""

from collections.abc import Iterable

from testinfra.host import Host

from rehearsal.fabric import Listener

_TIMEOUT_S = 2


def reached(host: Host, listeners: Iterable[Listener]) -> dict[Listener, str]:
    """What each listener said to the host; nothing for those that the host can't reach."""
    wanted = list(listeners)
    one = f"timeout {_TIMEOUT_S} bash -c 'exec 3<>/dev/tcp/{{0}}/{{1}} && head -n1 <&3' 2>/dev/null"
    probes = [
        f"(echo {index} $({one.format(listener.address, listener.port)}))&" for index, listener in enumerate(wanted)
    ]
    said = dict(line.partition(" ")[::2] for line in host.check_output(f"{' '.join(probes)} wait").splitlines())
    return {listener: said[str(index)] for index, listener in enumerate(wanted)}
