"""The program check: each planted program is found exactly, and this project's own program is clean."""

import py_compile
from pathlib import Path
from typing import Any

import pytest
import yaml

from boundary import load_boundary
from policies.core import Finding
from policies.program import check_sources, program_rules
from policies.program.words import words
from rehearsal.home import CHECKOUT
from tests.policies.builder import boundary

TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("programs.yaml").read_text(encoding="utf-8"))

SAID = Path(__file__).with_name("programs_said.txt")


def check(directory: Path, **sources: str) -> tuple[Finding, ...]:
    """What is found in files that are called so."""
    for name, source in sources.items():
        (directory / f"{name}.py").write_text(source, encoding="utf-8")
    return check_sources([directory], boundary())


@pytest.mark.parametrize("case", TABLE["found"])
def test_a_planted_program_is_found_with_rule_and_line(tmp_path: Path, case: str) -> None:
    planted = TABLE["found"][case]
    found = check(tmp_path, planted=planted["source"])
    assert [(each.rule, each.urn) for each in found] == [
        (rule, f"{tmp_path.name}/planted.py:{line}") for rule, line in planted["finds"]
    ]


def test_what_is_said_of_each_planted_program_is_what_was_read_once(tmp_path: Path) -> None:
    said = []
    for case, planted in TABLE["found"].items():
        for each in check(tmp_path, planted=planted["source"]):
            said.append(f"{case}: {each.urn.rpartition(':')[2]} {each.rule} {each.says}")
    assert said == SAID.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", TABLE["clean"])
def test_an_ordinary_program_is_clean(tmp_path: Path, case: str) -> None:
    assert check(tmp_path, ordinary=TABLE["clean"][case]) == ()


def test_this_projects_own_program_is_clean_and_so_is_what_it_imports_from_beside() -> None:
    assert [finding.message for finding in check_sources([CHECKOUT / "infra"], load_boundary())] == []


def test_only_the_file_for_providers_builds_them(tmp_path: Path) -> None:
    source = "import pulumi_oci as oci\noci.Provider('x')\noci.core.Vcn.get('a', 'b')\n"
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "provider.py").write_text(source, encoding="utf-8")
    found = check(tmp_path, provider=source)
    assert [(each.rule, each.urn.partition("/")[2]) for each in found] == [
        ("program-provider", "below/provider.py:2"),
        ("program-read", "below/provider.py:3"),
        ("program-read", "provider.py:3"),
    ]


def test_a_message_says_where_what_and_what_instead(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, a="import subprocess\n")
    assert finding.message == (
        f"{tmp_path.name}/a.py:1 (program): imports subprocess.\n"
        "Would let through: data or commands to anywhere, past the engine and so past every policy.\n"
        "Write instead: resources of pulumi_oci; what must be computed, in plain Python."
    )
    assert not finding.excusable


def test_one_file_can_be_checked_alone(tmp_path: Path) -> None:
    file = tmp_path / "alone.py"
    file.write_text("import socket\n", encoding="utf-8")
    assert [finding.urn for finding in check_sources([file], boundary())] == ["alone.py:1"]


def found_in(directory: Path, files: dict[str, str | bytes]) -> list[tuple[str, str, str]]:
    """Rule, file and what is said of a program `infra` that has these files, and of what lies beside it."""
    for name, content in files.items():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = check_sources([directory / "infra"], boundary())
    return [(each.rule, each.urn, each.says) for each in found]


def test_a_name_is_what_it_is_in_the_module_that_it_comes_from(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "infra/__init__.py": "import pulumi as network\n",
        "infra/a.py": "import pulumi\nimport json as text\nfrom infra.b import back\n",
        "infra/b.py": "from .a import pulumi as engine\nfrom infra.a import back\nengine.StackReference('x')\n",
        "infra/below/__init__.py": "from ..a import text\n",
        "infra/d.py": "from infra.a import text\nf(text)\nfrom infra import network\nnetwork.runtime.invoke\n",
        "infra/below/c.py": (
            "import infra.a as ours\nours.pulumi.StackReference\nfrom . import text\ntext.codecs\nf(ours)\n"
        ),
    }
    assert found_in(tmp_path, files) == [
        ("program-import", "infra/a.py:3", "uses infra.b.back, which leads to itself"),
        ("program-import", "infra/b.py:2", "uses infra.a.back, which leads to itself"),
        ("program-read", "infra/b.py:3", "reads the outputs of another stack (pulumi.StackReference)"),
        ("program-read", "infra/below/c.py:2", "reads the outputs of another stack (pulumi.StackReference)"),
        ("program-import", "infra/below/c.py:4", "uses json.codecs, which isn't on the list"),
        ("program-import", "infra/below/c.py:5", "hands on the module infra.a; write it before a dot alone"),
        ("program-import", "infra/d.py:2", "hands on the module json; write it before a dot alone"),
        ("program-read", "infra/d.py:4", "reads past the typed data sources (pulumi.runtime.invoke)"),
    ]


@pytest.mark.parametrize("length", [1, 6, 500])
def test_a_name_is_followed_however_often_it_is_handed_on(tmp_path: Path, length: int) -> None:
    chain = "".join(f"from infra.z import o{number} as o{number + 1}\n" for number in range(length))
    source = f"import os as o0\n{chain}o{length}.system('true')\n"
    found = ("program-import", f"infra/z.py:{length + 2}", "starts a process (os.system)")
    assert found_in(tmp_path, {"infra/z.py": source}) == [found]


def test_a_name_that_hides_a_module_of_ours_is_what_it_is_bound_to(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "infra/m/__init__.py": "from infra.m.x import y as x\n",
        "infra/m/x/y/z.py": "",
        "infra/u.py": "import infra.m\nf(infra.m.x.y)\n",
    }
    found = ("program-import", "infra/u.py:2", "hands on the module infra.m.x.y; write it before a dot alone")
    assert found_in(tmp_path, files) == [found]


def test_packages_that_are_checked_together_are_ours(tmp_path: Path) -> None:
    for name, source in {"one/a.py": "x = 1\n", "two/b.py": "import one.a\nfrom one.a import x\none.a.x\n"}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(source)
    assert check_sources([tmp_path / "one", tmp_path / "two"], boundary()) == ()


def test_beside_a_file_that_is_checked_alone_nothing_is_read(tmp_path: Path) -> None:
    (tmp_path / "boundary").mkdir()
    (tmp_path / "boundary" / "b.py").write_text("import socket\n")
    (tmp_path / "alone.py").write_text("x = 1\n")
    assert check_sources([tmp_path / "alone.py"], boundary()) == ()


def test_a_name_of_any_length_is_read_or_is_a_finding(tmp_path: Path) -> None:
    seen = set()
    for length in range(500, 1100, 50):
        (tmp_path / "long.py").write_text("import json\n\njson.loads" + ".b" * length + "\n")
        seen |= {(each.rule, each.urn.rpartition(":")[2], each.says) for each in check_sources([tmp_path], boundary())}
    assert seen == {("program-source", "1", "isn't Python that can be read")}


def test_our_own_packages_beside_the_program_are_read_too(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "infra/a.py": "import boundary\nfrom boundary.b import os\nos.system('true')\n",
        "boundary/b.py": "import os\nimport socket\n",
        "policies/c.py": "import socket\n",
    }
    assert found_in(tmp_path, files) == [
        ("program-import", "infra/a.py:3", "starts a process (os.system)"),
        ("program-import", "boundary/b.py:2", "imports socket"),
    ]


def test_what_python_runs_without_a_source_is_a_finding(tmp_path: Path) -> None:
    compiled = ["infra/a.pyc", "infra/b.pyo"]
    machine = [f"infra/{name}" for name in ("c.cpython-399-x86_64-linux-gnu.so", "d.pyd", "e.dll", "f.dylib", "g.so")]
    assert found_in(tmp_path, dict.fromkeys((*compiled, *machine, "infra/x.txt"), b"")) == [
        *(("program-source", f"{name}:1", "is compiled, and Python runs it without a source") for name in compiled),
        *(("program-source", f"{name}:1", "is machine code") for name in machine),
    ]


def test_a_link_is_a_finding_and_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.py").write_text("import socket\n")
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "below").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "infra" / "a.py").symlink_to(tmp_path / "elsewhere" / "a.py")
    (tmp_path / "infra" / "README.md").symlink_to(tmp_path / "README.md")
    links = ["a.py", "b.pyc", "below", "c.so"]
    for name in ("b.pyc", "c.so"):
        (tmp_path / "infra" / name).symlink_to(tmp_path / "nowhere")
    says = "is a link, which can lead to other code at any time"
    assert found_in(tmp_path, {}) == [("program-source", f"infra/{name}:1", says) for name in links]


def test_what_python_keeps_compiled_has_to_be_what_its_source_gives(tmp_path: Path) -> None:
    source = tmp_path / "infra" / "a.py"
    found_in(tmp_path, {"infra/a.py": "x = 1\n"})
    kept = Path(py_compile.compile(str(source), doraise=True) or "")
    assert found_in(tmp_path, {}) == []
    source.write_text("x = 2\n")
    fault = ("program-source", f"infra/__pycache__/{kept.name}:1", "isn't what the source beside it gives; remove it")
    assert found_in(tmp_path, {}) == [fault]
    source.write_text("x = 1\n")
    assert found_in(tmp_path, {}) == []
    good = kept.read_bytes()
    for damaged in (b"\0" * 4 + good[4:], good[:20], good[:16] + b"?", good[:16] + b"0", good[:16] + b"N", b""):
        kept.write_bytes(damaged)
        assert found_in(tmp_path, {}) == [fault]
    kept.write_bytes(good)
    elsewhere = tmp_path / "elsewhere"
    kept.rename(elsewhere)
    kept.symlink_to(elsewhere)
    assert found_in(tmp_path, {}) == [fault]


@pytest.mark.parametrize("optimize", [1, 2])
def test_what_python_keeps_is_compared_as_it_was_compiled(tmp_path: Path, optimize: int) -> None:
    found_in(tmp_path, {"infra/a.py": '"""Words."""\nassert True\n'})
    kept = Path(py_compile.compile(str(tmp_path / "infra" / "a.py"), doraise=True, optimize=optimize) or "")
    assert found_in(tmp_path, {}) == []
    kept.rename(kept.with_name(kept.name.replace(f".opt-{optimize}", "")))
    assert [rule for rule, _, _ in found_in(tmp_path, {})] == ["program-source"]


def test_the_last_level_in_a_name_is_the_one_that_counts(tmp_path: Path) -> None:
    found_in(tmp_path, {"infra/a.py": '"""Words."""\nassert True\n'})
    kept = Path(py_compile.compile(str(tmp_path / "infra" / "a.py"), doraise=True, optimize=2) or "")
    kept.rename(kept.with_name("a.opt-1.opt-2.pyc"))
    assert found_in(tmp_path, {}) == []


@pytest.mark.parametrize("name", ["gone.cpython-311.pyc", "strange.name.of.pyc", "x.pyc"])
def test_what_python_keeps_without_a_source_is_a_finding(tmp_path: Path, name: str) -> None:
    found_in(tmp_path, {"infra/a.py": "x = 1\n"})
    kept = Path(py_compile.compile(str(tmp_path / "infra" / "a.py"), doraise=True) or "")
    kept.rename(kept.with_name(name))
    assert [rule for rule, _, _ in found_in(tmp_path, {})] == ["program-source"]


def test_what_python_keeps_of_a_source_that_is_none_is_a_finding_too(tmp_path: Path) -> None:
    found_in(tmp_path, {"infra/a.py": "x = 1\n"})
    py_compile.compile(str(tmp_path / "infra" / "a.py"), doraise=True)
    assert len(found_in(tmp_path, {"infra/a.py": "x = = 1\n"})) == 2


UNREADABLE = {
    "not UTF-8": (b"\xff\xfe", 1),
    "a null": (b"x = '\0'", 1),
    "brackets without an end": (b"y = 1\nx = " + b"(" * 5000 + b")" * 5000, 2),
    "names without an end": (b"import a\nx = a" + b".b" * 5000, 1),
}


@pytest.mark.parametrize(("content", "line"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path, content: bytes, line: int) -> None:
    (tmp_path / "odd.py").write_bytes(content)
    (finding,) = check_sources([tmp_path], boundary())
    assert (finding.rule, finding.says) == ("program-source", "isn't Python that can be read")
    assert finding.urn == f"{tmp_path.name}/odd.py:{line}"


def test_every_rule_that_the_words_name_is_declared_and_planted() -> None:
    declared = set(program_rules(boundary()))
    assert {reference.rule for reference in words().references} <= declared
    assert {rule for planted in TABLE["found"].values() for rule, _ in planted["finds"]} == declared
