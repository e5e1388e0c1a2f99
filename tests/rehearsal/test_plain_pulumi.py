"""Plain `pulumi` commands after `make env`: the pack is on, and the files of the repository stay as they are."""

import subprocess

import pytest
import yaml

from tests.support.checkout import Checkout, edit

pytestmark = pytest.mark.engine

COMMANDS = """
pulumi preview
pulumi up --yes --skip-preview
pulumi refresh --yes --skip-preview
pulumi config set stateside:users 7
pulumi config get stateside:users
pulumi config set --secret stateside:token planted
pulumi config
pulumi stack init {stack} || true
pulumi stack history --show-secrets
pulumi state unprotect --all --yes
pulumi destroy --yes --skip-preview
pulumi stack rm --yes {stack}
pulumi stack ls
"""


def run(checkout: Checkout, script: str) -> "subprocess.CompletedProcess[str]":
    """Runs commands in a prepared shell, each if the one before succeeded."""
    prepare = f'eval "$({" ".join(checkout.command("env"))})"'
    return subprocess.run(
        ["bash", "-euc", f"{prepare}\n{script}"],
        cwd=checkout.path,
        env=checkout.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("stack", ["us-prod", "rehearsal"])
def test_no_command_changes_a_file_of_the_repository(quick_checkout: Checkout, stack: str) -> None:
    boundary = yaml.safe_load(quick_checkout.boundary.read_text("utf-8"))
    boundary["lanes"], boundary["content"]["switch"] = [], "off"  # the small program has no lane
    quick_checkout.boundary.write_text(yaml.safe_dump(boundary), "utf-8")
    files = "cat stacks/* | sha256sum; ls stacks | sha256sum"
    commands = [f"pulumi stack select {stack}", *COMMANDS.format(stack=stack).strip().splitlines()]
    done = run(quick_checkout, "\n".join(f"echo '=== {command}'; {command}; {files}" for command in commands))
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    printed = dict(part.split("\n", 1) for part in done.stdout.split("=== ")[1:])
    assert list(printed) == commands
    assert len({tuple(part.splitlines()[-2:]) for part in printed.values()}) == 1, done.stdout
    assert printed["pulumi config get stateside:users"].startswith("7\n")
    for command in ("pulumi preview", "pulumi up --yes --skip-preview"):
        assert "Policies:" in printed[command]


def test_a_plain_up_is_blocked_by_the_pack_which_is_loaded_once(quick_checkout: Checkout) -> None:
    edit(quick_checkout.path / "infra" / "__main__.py", "region=boundary.regions.home", 'region="eu-frankfurt-1"')
    for command in ("up --yes", "preview", "preview --policy-pack policies"):
        done = run(quick_checkout, f"pulumi {command} -s rehearsal")
        assert done.returncode, command
        assert done.stdout.count("❌ stateside@") + done.stdout.count("Policies:") == 2, done.stdout
    said = run(quick_checkout, "true")
    assert "has the policy pack on (PULUMI_OPTION_POLICY_PACK)" in said.stderr
