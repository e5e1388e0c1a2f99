"""What the engine runs: builds the pack and serves it. Nothing else may print to standard output."""

import sys

from boundary import BoundaryError
from policies.crossguard import Analyzer
from policies.pack import build_pack
from policies.results.recorder import recorder_of
from policies.serve import serve


def main() -> int:
    """Runs it; the exit code."""
    try:
        pack = build_pack()
        recorder = recorder_of(pack)
    except BoundaryError as error:
        sys.stderr.write(f"The policy pack can't start: {error}\n")
        return 1
    serve(Analyzer(pack, recorder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
