"""The command: makes the bucket where it is missing, says what is wrong with it, and shows how to log in."""

import os
import sys
from typing import Annotated

import typer

from backend import checks, s3
from backend.errors import BackendError
from backend.oracle import Storage
from backend.settings import state_bucket
from boundary import BoundaryError, load_boundary

WRONG, BAD_INPUT = 1, 2

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def backend(
    stack: Annotated[str, typer.Option(help="whose state")],
    profile: Annotated[str, typer.Option(envvar="OCI_CLI_PROFILE", help="of ~/.oci/config")] = "DEFAULT",
) -> None:
    """Makes and checks the bucket of a stack's state."""
    os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")  # boto3 would look for a key at an address of Amazon's
    try:
        boundary = load_boundary()
        wanted = state_bucket(stack, boundary)
        storage = Storage(wanted, boundary, profile)
        storage.require_ours()
        if not storage.exists():
            storage.create()
            _say(f"✓ made the bucket {wanted.bucket} in {wanted.region}")
        if not storage.has_rules():
            storage.add_rules()
            _say(f"✓ gave it its lifecycle: earlier states stay for {wanted.keep_versions_days} days")
        wrong = [*checks.problems(storage.found(), wanted), *s3.asked(wanted, boundary, storage.shows_strangers)]
    except (BackendError, BoundaryError) as error:
        _say(f"✗ {error}")
        raise typer.Exit(BAD_INPUT) from None
    for sentence in wrong:
        _say(f"✗ {wanted.bucket}: {sentence}")
    if wrong:
        raise typer.Exit(WRONG)
    _say(f"✓ {wanted.bucket} is as it should be; log in with:")
    sys.stdout.write(f"pulumi login '{s3.login_url(wanted, boundary)}'\n")


def main() -> None:
    """Runs the command."""
    app()


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
