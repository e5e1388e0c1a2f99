"""What the buckets of a lane are called: its stage, and the short name that the lane's parts share. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """Where what a lane carries is on its way."""

    name: str

    def of(self, key: str) -> "LaneBucket":
        """The bucket of one lane."""
        return LaneBucket(self, key)

    @property
    def each(self) -> "LaneBucket":
        """The buckets of all lanes."""
        return self.of("*")


@dataclass(frozen=True)
class LaneBucket:
    """A lane's bucket at a stage; all lanes' where the key is `*`."""

    stage: Stage
    key: str

    @property
    def name(self) -> str:
        """What it is called after the environment's name."""
        return f"{self.stage.name}-{self.key}"


QUARANTINE, ACCEPTED, HOLDING = Stage("quarantine"), Stage("accepted"), Stage("holding")
