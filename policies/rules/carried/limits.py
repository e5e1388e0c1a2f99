"""How much is opened, and the sentence for what isn't."""

# Assumption: more than anybody carries on purpose. Oracle takes 32,000 bytes of metadata (pulumi-oci, Core/instance,
# `metadata`) and 25,600 of a secret (https://docs.oracle.com/iaas/Content/KeyManagement/Concepts/secretmanagement.htm).
DEEPEST = 8
LARGEST = 4_000_000  # bytes, of everything that one value holds
MOST = 2_000  # files, parts and texts in texts


class CarriedError(ValueError):
    """What is carried can't be opened; the text ends the sentence "The value …"."""


class Budget:
    """What may still be opened of one value."""

    def __init__(self) -> None:
        self._bytes = LARGEST
        self._pieces = MOST

    @property
    def bytes(self) -> int:
        """How many more bytes may be opened."""
        return self._bytes

    def take(self, size: int) -> None:
        """Counts another piece.

        Raises:
            CarriedError: it is too much.
        """
        self._bytes -= size
        self._pieces -= 1
        if self._bytes < 0 or self._pieces < 0:
            raise CarriedError("carries more than is opened")
