"""Which engine is taken: the one that is named, one on PATH, the one that was built; and what each must be."""

import os
from pathlib import Path

import pytest

from rehearsal.errors import RehearsalError
from rehearsal.toolchain import engine
from rehearsal.toolchain.engine import find_or_build, pinned_version, version_of
from tests.unit.toolchain.fakes import executable, fake_engine

TOO_OLD = "the engine that STATESIDE_ENGINE names is Pulumi 3.274.0, older than 3.274.1; install 3.274.1 or newer"


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No engine is named or on PATH, and the cache is empty."""
    monkeypatch.delenv("STATESIDE_ENGINE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setenv("STATESIDE_CACHE", str(tmp_path / "cache"))


def built(tmp_path: Path) -> Path:
    """What a build leaves in the cache."""
    with pytest.raises(RehearsalError):
        find_or_build()
    (directory,) = (tmp_path / "cache" / "stateside" / "engine").iterdir()
    return fake_engine(directory)


def on_path(monkeypatch: pytest.MonkeyPatch, *directories: Path) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, directories)) + ":/bin:/usr/bin")


def test_the_engine_that_is_named_goes_before_the_one_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = fake_engine(tmp_path / "named")
    on_path(monkeypatch, fake_engine(tmp_path / "path").parent)
    assert find_or_build() == tmp_path / "path" / "pulumi"
    monkeypatch.setenv("STATESIDE_ENGINE", str(named))
    assert find_or_build() == named


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("echo v3.274.0", TOO_OLD),
        ("echo hello", "{} does not print a version; install or name another"),
        ("exit 3", "{} does not run as a Pulumi engine ("),
    ],
)  # fmt: skip
def test_an_engine_that_is_named_and_cannot_be_used_is_no_reason_to_take_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, sentence: str
) -> None:
    on_path(monkeypatch, fake_engine(tmp_path / "path").parent)
    named = executable(tmp_path / "named" / "pulumi", script)
    monkeypatch.setenv("STATESIDE_ENGINE", str(named))
    with pytest.raises(RehearsalError) as caught:
        find_or_build()
    assert str(caught.value).startswith(sentence.format(named))


def test_an_engine_that_is_named_and_is_not_there_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATESIDE_ENGINE", str(tmp_path / "absent"))
    with pytest.raises(RehearsalError, match="does not run as a Pulumi engine"):
        find_or_build()


def test_an_old_engine_on_path_gives_way_to_the_built_one_with_a_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ready = built(tmp_path)
    on_path(monkeypatch, fake_engine(tmp_path / "old", "v3.100.0").parent)
    assert find_or_build() == ready
    printed = capsys.readouterr().err
    assert "the engine that PATH has is Pulumi 3.100.0, older than 3.274.1" in printed
    assert printed.strip().endswith("using the pinned engine instead")


def test_an_engine_that_was_built_is_not_built_again(tmp_path: Path) -> None:
    assert built(tmp_path) == find_or_build()


@pytest.mark.parametrize("changed", ["go.mod", "go.sum"])
def test_another_pin_is_another_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    ready = built(tmp_path)
    pin = tmp_path / "pin"
    pin.mkdir()
    for name in ("go.mod", "go.sum"):
        (pin / name).write_bytes((engine._PIN / name).read_bytes() + (b"\n" if name == changed else b""))
    monkeypatch.setattr(engine, "_PIN", pin)
    with pytest.raises(RehearsalError, match="no Pulumi engine and no Go to build one"):
        find_or_build()
    assert len(list(ready.parent.parent.iterdir())) == 2


def test_without_engine_and_go_one_sentence_says_what_to_install() -> None:
    with pytest.raises(RehearsalError) as caught:
        find_or_build()
    assert str(caught.value) == (
        "there is no Pulumi engine and no Go to build one; install Go 1.26 or Pulumi's own installer"
    )


def test_an_old_go_cannot_build_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go = executable(tmp_path / "go" / "go", "echo go version go1.19.8 linux/amd64")
    monkeypatch.setenv("PATH", str(go.parent))
    with pytest.raises(RehearsalError) as caught:
        find_or_build()
    assert str(caught.value) == f"{go} is older than Go 1.26, which the engine needs; install a newer one"


FAKE_GO = """
case "$1" in
  version) echo go version go1.26.1 linux/amd64;;
  list) [ -n "$NO_SOURCE" ] && { echo first >&2; echo "proxy: no route" >&2; exit 1; }; echo one; echo two;;
  build) echo one >&2; echo "$LAST" >&2; while [ "$1" != -o ]; do shift; done; [ -n "$BROKEN" ] && exit 1;
    printf '#!/bin/sh\\necho v3.274.1\\n' > "$2"; chmod +x "$2";;
esac
"""


def test_a_build_leaves_a_whole_engine_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_path(monkeypatch, executable(tmp_path / "go" / "go", FAKE_GO).parent)
    monkeypatch.setattr(
        engine.shutil, "which", lambda name, path="": str(tmp_path / "go" / "go") if name == "go" else None
    )  # type: ignore[attr-defined]
    ready = find_or_build()
    assert version_of(ready) == (3, 274, 1)
    assert ready.parent.name.startswith(pinned_version())
    assert sorted(path.name for path in ready.parent.iterdir()) == ["lock", "pulumi"]


@pytest.mark.parametrize(
    ("variable", "sentence"),
    [
        ("NO_SOURCE", "the engine's source can't be had: proxy: no route; check the Go module proxy"),
        ("BROKEN", "the engine could not be built: undefined: x; see `go build` in tools/engine"),
    ],
)
def test_a_build_that_fails_says_why_and_leaves_no_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, sentence: str
) -> None:
    go = executable(tmp_path / "go" / "go", FAKE_GO)
    on_path(monkeypatch, go.parent)
    monkeypatch.setattr(engine.shutil, "which", lambda name, path="": str(go) if name == "go" else None)  # type: ignore[attr-defined]
    monkeypatch.setenv(variable, "yes")
    monkeypatch.setenv("LAST", "undefined: x")
    with pytest.raises(RehearsalError) as caught:
        find_or_build()
    assert str(caught.value) == sentence
    assert not list((tmp_path / "cache").rglob("pulumi"))


def test_a_cache_that_cannot_be_written_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("STATESIDE_CACHE", str(tmp_path / "file"))
    with pytest.raises(RehearsalError) as caught:
        find_or_build()
    assert str(caught.value).startswith(f"the cache at {tmp_path}/file/stateside/engine/")
    assert str(caught.value).endswith(" can't be written (Not a directory); point STATESIDE_CACHE elsewhere")
