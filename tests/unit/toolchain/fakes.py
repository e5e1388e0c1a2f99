"""Small programs that stand in for an engine and its host."""

from pathlib import Path


def fake_engine(directory: Path, version: str = "v3.274.1") -> Path:
    """An executable `pulumi` that prints a version."""
    return executable(directory / "pulumi", f"echo {version}")


def executable(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path
