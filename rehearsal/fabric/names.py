"""Names of namespaces and interfaces: derived, so that whoever runs next finds what was left and nothing is looked up.

Interfaces have room for 15 characters, so they carry a hash of what they are for. What defines an interface is part of
its hash: when the definition changes the name does, and the old one is seen to be superfluous.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

BRIDGE, CABLE = "s-", "v-"
"""What the names of subnets' bridges and of instances' cables start with."""

PLATFORM = "169.254.169.254"
"""Where a VCN's instances find the platform's own services (time, names, metadata)."""


def short(*parts: object) -> str:
    """Eight hexadecimal digits that stand for what is given."""
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Names:
    """The names of one rehearsal, told apart from another's on the same machine by its home."""

    prefix: str

    @classmethod
    def of(cls, home: Path) -> "Names":
        """The names of the rehearsal that lives in this directory."""
        return cls(f"stateside-{short(home.absolute())}-")

    @property
    def router(self) -> str:
        """The namespace of all VCNs' virtual routers and of the platform's link-local services."""
        return f"{self.prefix}router"

    @property
    def answering(self) -> str:
        """The control group of the process that answers for the outside."""
        return f"{self.prefix}answering"

    def place(self, place: str) -> str:
        """The namespace of one part of the outside."""
        return f"{self.prefix}{place}"

    def machine(self, instance: str) -> str:
        """The namespace, and the machine name, of one instance."""
        return f"{self.prefix}{short(instance)}"
