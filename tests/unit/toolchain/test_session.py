"""The engine's environment, the stacks' files, and the locks of engines that are gone."""

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT, Home
from rehearsal.toolchain.session import PROJECT, Session, read_stack_file
from tests.unit.runs.lock_messages import locked
from tests.unit.toolchain.fakes import executable

SALT = "v1:abc=:v1:def:ghi=="


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.create()
    return home


@pytest.fixture
def session(home: Home) -> Session:
    return Session(home, 21234)


def test_the_engine_finds_its_door_its_state_and_its_host_and_nothing_of_the_users(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "example.com")
    environment = session.environment()
    assert environment["PULUMI_DEBUG_PROVIDERS"] == "oci:21234"
    assert environment["PULUMI_BACKEND_URL"] == f"file://{session.home.state}?metadata=skip"
    assert environment["PULUMI_HOME"].startswith(str(session.home.path))
    assert environment["PATH"].split(os.pathsep)[0] == str(session.home.bin)
    assert environment["no_proxy"] == "example.com,127.0.0.1,localhost"


def test_what_the_engine_prints_and_how_it_ends_is_passed_on(session: Session) -> None:
    executable(session.home.bin / "pulumi", 'echo "$@"; echo "$PULUMI_DEBUG_PROVIDERS $MORE" >&2; exit 3')
    run = session.run("up", "--yes", extra={"MORE": "more"})
    assert (run.stdout, run.stderr, run.returncode) == ("up --yes --non-interactive\n", "oci:21234 more\n", 3)


def test_a_preview_keeps_no_checkpoints_and_what_writes_the_state_does(session: Session) -> None:
    executable(session.home.bin / "pulumi", 'echo "$PULUMI_SKIP_CHECKPOINTS"')
    assert session.run("preview", "--stack", "dev").stdout == "true\n"
    assert session.run("up", "--yes").stdout == "\n"


def test_a_stack_file_with_line_ends_of_windows_is_read_as_it_is(tmp_path: Path) -> None:
    for file in (CHECKOUT / "stacks").glob("Pulumi.*.yaml"):
        windows = tmp_path / file.name
        windows.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
        assert read_stack_file(windows) == read_stack_file(file)


def test_a_stack_that_has_no_file_is_refused_with_those_that_have(tmp_path: Path) -> None:
    for name in ("us-prod", "rehearsal"):
        (tmp_path / f"Pulumi.{name}.yaml").touch()
    with pytest.raises(RehearsalError) as caught:
        read_stack_file(tmp_path / "Pulumi.us-test.yaml")
    assert str(caught.value) == "there is no stack us-test: stacks/ has rehearsal, us-prod; name one of them"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"config:\n  a: [1\n", "stacks/Pulumi.dev.yaml line 3 is not YAML: "),
        (b"config:\n  a: 1\n  a: 2\n", "stacks/Pulumi.dev.yaml line 3 is not YAML: the key a is there twice"),
        (b"config: \x01\n", "stacks/Pulumi.dev.yaml line 1 is not YAML: it holds the control character 0x1"),
        (b"- a\n", "stacks/Pulumi.dev.yaml holds no mapping; write `config:` and its keys"),
        (b"", "stacks/Pulumi.dev.yaml holds no mapping; write `config:` and its keys"),
        (b"config: \xff\n", "{} can't be read ('utf-8' codec can't decode"),
    ],
)
def test_a_stack_file_that_cannot_be_used_is_refused_with_its_line(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "Pulumi.dev.yaml"
    file.write_bytes(content)
    with pytest.raises(RehearsalError) as caught:
        read_stack_file(file)
    assert str(caught.value).startswith(sentence.format(file))


def test_a_proper_stack_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "Pulumi.dev.yaml"
    file.write_text("config:\n  stateside:region: us-ashburn-1\n", encoding="utf-8")
    assert read_stack_file(file) == {"config": {"stateside:region": "us-ashburn-1"}}


def lock(home: Home, name: str, content: str) -> Path:
    directory = home.state / ".pulumi" / "locks" / "organization" / PROJECT / "dev"
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{name}.json"
    path.write_text(content, encoding="utf-8")
    return path


def beside(path: Path) -> Path:
    """The lock as it is while the engine writes it, or for ever where the disk was full then."""
    return path.rename(path.with_name(f"{path.name}.18eb8c61ff334214.tmp"))


def test_only_the_locks_of_engines_that_are_gone_are_released(session: Session, tmp_path: Path) -> None:
    home = session.home
    engine = tmp_path / "pulumi"
    engine.symlink_to("/bin/sleep")
    alive = subprocess.Popen([engine, "60"])
    gone = subprocess.Popen(["/bin/true"])
    gone.wait()
    try:
        kept = lock(home, "alive", json.dumps({"pid": alive.pid}))
        dead = [
            lock(home, "gone", json.dumps({"pid": gone.pid})),
            lock(home, "recycled", json.dumps({"pid": os.getpid()})),
            lock(home, "unfinished", '{"pid": 12'),
            lock(home, "empty", ""),
            lock(home, "other", "[]"),
            beside(lock(home, "cut-short", "")),
        ]
        assert session.release_dead_locks("dev")
        assert kept.exists()
        assert not [path for path in dead if path.exists()]
        assert not session.release_dead_locks("dev")
        assert not session.release_dead_locks("no-such-stack")
    finally:
        alive.kill()
        alive.wait()


def test_a_stack_that_another_process_has_locked_is_refused_with_its_holder(session: Session) -> None:
    says = shlex.quote(f"error: {locked('ada', 'build-7', 4711)}")
    executable(session.home.bin / "pulumi", f"echo {says} >&2; exit 255")
    with pytest.raises(RehearsalError) as refused:
        session.stack_options("us-prod")
    assert str(refused.value).startswith(
        "the stack us-prod could not be made: ada on build-7, process 4711, since 2026-11-26 09:04 UTC, holds the lock"
    )
    assert "pulumi cancel -s us-prod" in str(refused.value)


def recording_engine(home: Home) -> Path:
    """An engine that makes stacks as the real one does, and notes what it was told."""
    script = f"""
echo "$@" >> {home.path}/told
record={home.state}/.pulumi/stacks/{PROJECT}/$3.json
mkdir -p $(dirname $record)
echo '{{"checkpoint": {{"latest": {{"secrets_providers": {{"state": {{"salt": "{SALT}"}}}}}}}}}}' > $record
echo "encryptionsalt: {SALT}" > Pulumi.$3.yaml
"""
    executable(home.bin / "pulumi", script)
    return home.path / "told"


def record(home: Home, stack: str) -> Path:
    return home.state / ".pulumi" / "stacks" / PROJECT / f"{stack}.json"


def copy_of(session: Session, stack: str) -> Path:
    options = session.stack_options(stack)
    assert options[:3] == ["--stack", stack, "--config-file"]
    return Path(options[3])


def test_productions_stack_runs_off_a_copy_with_a_salt_of_its_own(session: Session) -> None:
    told = recording_engine(session.home)
    copy = copy_of(session, "us-prod")
    assert copy.is_relative_to(session.home.path)
    read = read_stack_file(copy)
    assert read.pop("encryptionsalt") == SALT
    assert "encryptionsalt" not in read
    assert "stateside:regions" in read["config"]
    assert session.stacks() == ["us-prod"]
    assert copy_of(session, "us-prod") == copy
    assert told.read_text(encoding="utf-8").count("stack init") == 1


def test_a_copy_that_was_lost_is_made_again_with_the_salt_of_the_state(session: Session) -> None:
    told = recording_engine(session.home)
    copy_of(session, "us-prod").unlink()
    assert read_stack_file(copy_of(session, "us-prod"))["encryptionsalt"] == SALT
    assert told.read_text(encoding="utf-8").count("stack init") == 1


def test_a_stack_whose_making_was_killed_is_made_again(session: Session) -> None:
    told = recording_engine(session.home)
    copy_of(session, "us-prod").unlink()
    record(session.home, "us-prod").write_text('{"checkpoint": {"stack": "us-prod"}}', encoding="utf-8")
    assert read_stack_file(copy_of(session, "us-prod"))["encryptionsalt"] == SALT
    assert told.read_text(encoding="utf-8").count("stack init") == 2


def test_a_stack_that_cannot_be_made_says_what_the_engine_said(session: Session) -> None:
    executable(session.home.bin / "pulumi", "echo no space >&2; exit 1")
    with pytest.raises(RehearsalError, match="the stack us-prod could not be made: no space"):
        session.stack_options("us-prod")


@pytest.mark.parametrize(
    ("record", "nothing"),
    [
        (None, True),
        ({"checkpoint": {}}, True),
        ({"checkpoint": {"latest": None}}, True),
        ({"checkpoint": {"latest": {"resources": []}}}, True),
        ({"checkpoint": {"latest": {"resources": [{"urn": "urn"}]}}}, False),
    ],
)
def test_a_stack_holds_nothing_until_its_state_knows_of_a_resource(
    session: Session, record: dict[str, object] | None, nothing: bool
) -> None:
    file = session.home.state / ".pulumi" / "stacks" / PROJECT / "dev.json"
    file.parent.mkdir(parents=True)
    if record is not None:
        file.write_text(json.dumps(record), encoding="utf-8")
    assert session.holds_nothing("dev") is nothing
