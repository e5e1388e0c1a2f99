"""What `make up` looks like on a terminal and in a log: played from recorded runs, on a pseudo-terminal."""

from tests.documents.document import Document
from tests.documents.terminal.scenes import captures

DOCUMENTS = tuple(captures(Document))

__all__ = ["DOCUMENTS"]
