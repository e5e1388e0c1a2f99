"""`make docs`: writes every document that the program and the pack write themselves."""

import sys

from tests.documents import DOCUMENTS

if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write()
        sys.stdout.write(f"wrote {document.file}\n")
