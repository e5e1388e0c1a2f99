"""The catalogue: it holds against the installed provider, and a slip in it stops the run with a sentence."""

import ast
import io
import json
from importlib.util import find_spec
from pathlib import Path

import pytest

import provider_schema
from boundary import BoundaryError
from policies.catalogue import Catalogue, __main__, load_catalogue
from policies.catalogue.arguments import notation, parse_notation, read_arguments, write_arguments
from policies.catalogue.compare import Comparison, compare, record
from policies.core import Judge
from policies.core.constraints import Constraint
from policies.core.lanes import Lanes
from policies.pack import Pack
from policies.rules import build_rules
from tests.policies.builder import NOW, boundary, resource

VCN = "oci:Core/vcn:Vcn"
USED = "\n".join([f"inside: [{VCN}]", "service: Core"])


@pytest.fixture(scope="module")
def installed() -> dict[str, tuple[str, ...]]:
    """The argument paths of every installed type."""
    return {token: provider_schema.argument_paths(token) for token in provider_schema.resource_tokens()}


def test_every_classified_type_is_installed_with_exactly_the_recorded_arguments(
    pack: Pack, installed: dict[str, tuple[str, ...]]
) -> None:
    difference = compare(pack.catalogue, installed)
    assert (difference.gone, difference.changed) == ((), ())
    assert len(difference.unclassified) == len(installed) - sum(token in installed for token in pack.catalogue.types)


def test_the_entry_of_every_type_is_sound(pack: Pack) -> None:
    assert pack.catalogue.faults() == []


def test_arguments_are_recorded_of_what_is_judged_by_them_and_of_nothing_else(pack: Pack) -> None:
    judged = {token for token in pack.catalogue.types - pack.catalogue.denied.keys() if token.startswith("oci:")}
    assert read_arguments().keys() == judged


def test_every_argument_path_of_every_classified_type_is_known(
    pack: Pack, installed: dict[str, tuple[str, ...]]
) -> None:
    for token in read_arguments():
        entry = pack.catalogue.look_up(token)
        assert entry is not None
        for path in installed[token]:
            node = entry.tree
            for name in path.replace("[]", "").split("."):
                assert node.children is not None
                node = node.children[name]


def test_the_arguments_of_the_provider_itself_are_those_of_the_installed_one(pack: Pack) -> None:
    spec = find_spec("pulumi_oci")
    assert spec is not None and spec.submodule_search_locations
    source = Path(spec.submodule_search_locations[0], "provider.py").read_text(encoding="utf-8")
    (args,) = (
        each for each in ast.parse(source).body if isinstance(each, ast.ClassDef) and each.name == "ProviderArgs"
    )
    (init,) = (each for each in args.body if isinstance(each, ast.FunctionDef) and each.name == "__init__")
    words = (argument.arg.split("_") for argument in init.args.kwonlyargs)
    camel_case = {first + "".join(map(str.capitalize, rest)) for first, *rest in words}
    assert set((pack.catalogue.recorded("pulumi:providers:oci") or "").split()) == camel_case | {"version"}


@pytest.mark.parametrize(
    "token",
    [
        "oci:Core/localPeeringGateway:LocalPeeringGateway",
        "oci:Core/virtualCircuit:VirtualCircuit",
        "oci:Core/ipsec:Ipsec",
        "oci:Core/vtap:Vtap",
        "oci:ObjectStorage/preauthrequest:Preauthrequest",
        "oci:Identity/identityProvider:IdentityProvider",
        "oci:DevOps/connection:Connection",
        # It makes policies by itself.
        "oci:FleetAppsManagement/onboarding:Onboarding",
        "oci:oci/dbmulticloudOracleDbAwsKey:DbmulticloudOracleDbAwsKey",
        # Its bucket's other end lies in another security domain.
        "oci:oci/gdpGdpPipeline:GdpGdpPipeline",
        # A public address for each broker is the one add-on that there is.
        "oci:oci/managedKafkaKafkaClusterAddon:ManagedKafkaKafkaClusterAddon",
    ],
)
def test_what_can_only_cross_is_denied(pack: Pack, token: str) -> None:
    assert token in pack.catalogue.denied


def test_the_notation_of_arguments_reads_back() -> None:
    line = notation(["b", "a", "b[].d", "b[].c", "b[].c.e"])
    assert line == "a b{c{e} d}"
    assert parse_notation(line) == {"a": {}, "b": {"c": {"e": {}}, "d": {}}}
    assert parse_notation("") == {}


@pytest.mark.parametrize("line", ["a{b", "a}", "{a}", "a{b}}", "a, b"])
def test_a_damaged_line_of_arguments_is_refused(line: str) -> None:
    with pytest.raises(BoundaryError, match=r"braces that don't match"):
        parse_notation(line)


def written(directory: Path, **files: str) -> Path:
    """A catalogue's directory with these files."""
    for name, text in files.items():
        (directory / f"{name}.yaml").write_text(text, encoding="utf-8")
    recorded = f"oci:Core/damaged:Damaged: displayName}}\n{VCN}: cidrBlock displayName\n"
    (directory / "arguments.txt").write_text(recorded, encoding="utf-8")
    return directory


def loaded(directory: Path) -> Catalogue:
    """The catalogue of a directory, checked as the pack checks it."""
    catalogue = load_catalogue(boundary(), directory)
    catalogue.check_against({"peering"}, {"absent"})
    return catalogue


def constrained(path: str = "cidrBlock", rule: str = "peering", check: str = "absent") -> str:
    """A service file with one constraint."""
    return f"service: Core\nconstrained:\n  {VCN}:\n    - {{path: {path}, rule: {rule}, check: {check}}}\n"


def test_a_sound_catalogue_loads(tmp_path: Path) -> None:
    assert loaded(written(tmp_path, core=constrained())).types == {VCN}


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"core": USED, "more": USED}, f"the catalogue has two verdicts for {VCN}; remove one"),
        (
            {"core": constrained(rule="peerings")},
            f"the catalogue names the rule peerings for {VCN}, which doesn't exist; correct it",
        ),
        (
            {"core": constrained(check="absence")},
            f"the catalogue names the check absence for {VCN}, which doesn't exist; correct it",
        ),
        (
            {"core": f"service: Core\ndenied: [{{rule: peerings, types: ['{VCN}']}}]"},
            f"the catalogue names the rule peerings for {VCN}, which doesn't exist; correct it",
        ),
        (
            {"core": "service: Core\noutside: []"},
            "core.yaml: outside is not a known key; remove it or correct its spelling",
        ),
    ],
)
def test_a_slip_in_the_catalogue_stops_the_run_with_a_sentence(
    tmp_path: Path, files: dict[str, str], says: str
) -> None:
    with pytest.raises(BoundaryError) as refused:
        loaded(written(tmp_path, **files))
    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("text", "token", "says"),
    [
        (
            USED.replace("vcn:Vcn", "drg:Drg"),
            "oci:Core/drg:Drg",
            "has no arguments recorded in the catalogue; record them: `make catalogue RECORD=1`",
        ),
        (
            constrained(path="cidrBlock.deep"),
            VCN,
            "has no argument deep, which the catalogue constrains; correct the path",
        ),
        (constrained(path="peer"), VCN, "has no argument peer, which the catalogue constrains; correct the path"),
        (
            USED.replace("vcn:Vcn", "damaged:Damaged"),
            "oci:Core/damaged:Damaged",
            "arguments.txt has braces that don't match",
        ),
    ],
)
def test_a_slip_in_the_entry_of_a_type_blocks_each_resource_of_the_type(
    tmp_path: Path, text: str, token: str, says: str
) -> None:
    catalogue = loaded(written(tmp_path, core=text))
    (fault,) = catalogue.faults()
    assert fault.startswith(f"{token} {says}")
    judge = Judge(build_rules(boundary(), catalogue.look_up, lambda: NOW), catalogue.look_up, Lanes())
    found = judge.judge(resource(token, {"displayName": "eu-madrid-1"})).findings
    assert {(each.rule, each.excusable) for each in found} == {("unclassified", False), ("foreign-region", True)}
    assert f"it ({token}): {says}" in found[0].message


def test_a_damaged_line_of_arguments_blocks_its_own_type_and_no_other(tmp_path: Path) -> None:
    directory = written(tmp_path, core=USED.replace("]", ", oci:Core/drg:Drg]"))
    with (directory / "arguments.txt").open("a", encoding="utf-8") as file:
        file.write("oci:Core/drg:Drg\n\n")
    (fault,) = loaded(directory).faults()
    assert fault.startswith("oci:Core/drg:Drg has no arguments recorded")


def test_the_words_of_a_constraint_and_of_a_denial_name_the_boundary(tmp_path: Path) -> None:
    words = "lets_through: 'what leaves {namespace}', instead: 'one of {regions}'"
    core = constrained().replace("check: absent", f"check: absent, {words}")
    core += f"denied: [{{rule: peering, types: ['oci:Core/drg:Drg'], {words}}}]\n"
    catalogue = loaded(written(tmp_path, core=core))
    entry, denied = catalogue.look_up(VCN), catalogue.look_up("oci:Core/drg:Drg")
    assert entry is not None and denied is not None and denied.denial is not None
    for said in (*entry.tree.below(), denied.denial):
        assert (said.lets_through, said.instead) == ("what leaves ourspace", "one of us-ashburn-1, us-phoenix-1")


def test_what_is_required_where_something_is_there_is_in_that() -> None:
    for required in ("x", "a.bc", "a.b.c"):
        with pytest.raises(ValueError, match=rf"a\.b\.c is required where {required} is there, which doesn't hold it"):
            Constraint(path="a.b.c", rule="exposure", check="absent", required=required)
    assert Constraint(path="a.b.c", rule="exposure", check="absent", required="a.b").optional_above == 2


def test_the_entry_of_a_type_is_made_once(pack: Pack) -> None:
    assert pack.catalogue.look_up(VCN) is pack.catalogue.look_up(VCN)


def test_a_lost_record_of_arguments_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "core.yaml").write_text(USED, encoding="utf-8")
    with pytest.raises(BoundaryError, match=r"arguments.txt is missing at .*; restore it from the repository"):
        loaded(tmp_path)


def test_a_comparison_tells_what_is_new_gone_and_changed(tmp_path: Path) -> None:
    core = f"service: Core\ninside: [{VCN}]\ndenied: [{{rule: peering, types: ['oci:Core/gone:Gone']}}]"
    catalogue = loaded(written(tmp_path, core=core))
    same = {VCN: ("displayName", "cidrBlock"), "oci:Core/gone:Gone": ("x",)}
    assert compare(catalogue, same) == Comparison((), (), ())
    assert compare(catalogue, {VCN: ("cidrBlock",), "oci:New/thing:Thing": ()}) == Comparison(
        unclassified=("oci:New/thing:Thing",), gone=("oci:Core/gone:Gone",), changed=(VCN,)
    )


def test_a_record_keeps_the_judged_types_sorted(tmp_path: Path) -> None:
    catalogue = loaded(written(tmp_path, core=USED))
    recorded = record(catalogue, {VCN: ("b", "a"), "oci:New/thing:Thing": ("c",)})
    write_arguments(recorded, tmp_path / "arguments.txt")
    assert (tmp_path / "arguments.txt").read_text(encoding="utf-8") == f"{VCN}: a b\n"


def test_the_command_counts_what_is_classified_and_fails_on_a_change(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], installed: dict[str, tuple[str, ...]]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(installed)))
    assert __main__.main([]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith(f" of {len(installed)} types are classified")
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({**installed, VCN: ["peer"]})))
    assert __main__.main([]) == 1
    assert f"changed   {VCN}: read its new arguments, then record them" in capsys.readouterr().out


def test_the_command_refuses_what_is_no_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("nonsense"))
    assert __main__.main([]) == 1
    assert capsys.readouterr().err.startswith("The catalogue can't be compared: ")
