"""No output holds any piece of a value that is marked secret, wherever it was planted and whatever read it.

Each planted secret also violates something, where it stands, so that there is something to say about it; and each is
its own, so that a leak tells where it came from.
"""

import base64
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2 as protocol
from rich.console import Console

from policies.check.run import run
from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.crossguard import Analyzer
from policies.pack import Pack
from policies.preview import read_preview
from policies.reading import Reading
from policies.results import Report, gather
from policies.results.console import print_report
from policies.results.data import data
from policies.results.junit import junit
from policies.results.ocsf import ocsf
from policies.results.sarif import sarif
from policies.results.step_summary import step_summary
from policies.state import read_state
from tests.policies.builder import ORACLE, PROVIDER, SECRET_MARK, resource, stack_resource, urn
from tests.policies.cases import CASES
from tests.unit.policies.files import log_file, preview_file, state_file

INSTANCE = "oci:Core/instance:Instance"
PIECE = 6

# What a sweep finds, so that it has something to quote.
BAIT = "eu-madrid-1 10.1.2.3 ocid1.drg.oc3.us-gov-ashburn-1.aaaa theirspace api.outside.example"


def planted(number: int) -> str:
    """A secret of its own, in letters that no message of ours has."""
    return f"q{number:03}zxjkvq{number * 7919 % 9973:04}wqyxz"


class Garden:
    """Where secrets are planted; `secrets` holds every one of them."""

    def __init__(self) -> None:
        self.secrets: list[str] = []

    def text(self) -> str:
        """A secret text that violates every sweep."""
        self.secrets.append(planted(len(self.secrets)))
        return f"{self.secrets[-1]} {BAIT} {self.secrets[-1]}"

    def word(self) -> str:
        """A secret word that could be a name."""
        self.secrets.append(planted(len(self.secrets)))
        return self.secrets[-1]

    def places(self) -> dict[str, Plain]:
        """Properties with secrets in every kind of place."""
        encoded = base64.b64encode(f"#cloud-config\n# {self.text()}\n".encode()).decode()
        self.secrets.append(encoded)
        return {
            "metadata": {"user_data": Secret(encoded), "password": Secret(self.text())},
            "extendedMetadata": Secret({self.word(): {self.word(): [self.text(), {"eu-madrid-1": self.text()}]}}),
            "freeformTags": {"deep": [[{"deeper": Secret([self.text()])}]]},
            "displayName": Secret(f"{self.word()}.ocir.io/{self.word()}/10.1.2.3"),
            "createVnicDetails": {"assignPublicIp": Secret(self.word())},
            "compartmentId": Secret(f"ocid1.compartment.oc3.iad.{self.word()}"),
            "notAnArgument": Secret({self.word(): self.word()}),
            self.unlisted(): Secret(UNKNOWN),
            "availabilityDomain": Secret(f"{self.word()}:EU-MADRID-1-AD-1"),
        }

    @staticmethod
    def unlisted() -> str:
        """The name of a property that isn't secret itself."""
        return "alsoNoArgument"

    def resources(self) -> Iterator[Resource]:
        """Resources of every type with a constraint, and some more."""
        yield stack_resource()
        yield resource(INSTANCE, self.places())
        yield resource("oci:New/thing:Thing", self.places())
        yield resource("aws:s3/bucket:Bucket", self.places())
        for case in CASES:
            for value in (self.word(), self.text(), {self.word(): [self.word()]}, [self.word()]):
                yield resource(case.token, case.properties(Secret(value)))

    def leaked(self, text: str) -> set[str]:
        """The secrets of which a text has a piece."""
        words = set(text.split())  # no secret has a space
        pieces = {word[at : at + PIECE] for word in words for at in range(len(word) - PIECE + 1)}
        return {
            secret
            for secret in self.secrets
            if any(secret[at : at + PIECE] in pieces for at in range(len(secret) - PIECE + 1))
        }


def wrapped(value: Plain, hide: Callable[[Any], Any]) -> Any:
    """A value as the engine writes it, its secrets hidden in one of its ways."""
    if value is UNKNOWN:
        return "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    if isinstance(value, Secret):
        return hide(wrapped(value.value, hide))
    if isinstance(value, Mapping):
        return {key: wrapped(each, hide) for key, each in value.items()}
    if isinstance(value, list):
        return [wrapped(each, hide) for each in value]
    return value


def in_clear(value: Any) -> Any:
    """As an export with `--show-secrets` has it."""
    return {**SECRET_MARK, "plaintext": json.dumps(value)}


def in_protocol(value: Any) -> Any:
    """As the engine sends it to a pack."""
    return {**SECRET_MARK, "value": value}


def everything(report: Report) -> str:
    """All that is said of a run, in every form."""
    console = Console(file=io.StringIO(), soft_wrap=True, highlight=False)
    print_report(report, console)
    assert isinstance(console.file, io.StringIO)
    forms = (sarif, junit, ocsf, step_summary, data)
    return "\n".join((*(form(report) for form in forms), console.file.getvalue()))


def read_resources(garden: Garden, _: Path) -> Reading:
    """Straight from plain data, where also whole resources can't be read."""
    found = [*garden.resources(), resource(INSTANCE, {"metadata": Secret({"x": [object()]})})]  # type: ignore[list-item,dict-item]
    return Reading("state", "state.json", len(found), tuple(found))


def entries(garden: Garden) -> list[tuple[str, str, dict[str, Any]]]:
    """The same resources as a file has them."""
    found = [each for each in garden.resources() if each.type != stack_resource().type]
    return [(each.type, f"it-{number}", wrapped(each.properties, in_clear)) for number, each in enumerate(found)]


READ: dict[str, Callable[[Garden, Path], Reading]] = {
    "resources": read_resources,
    "state": lambda garden, directory: read_state(state_file(directory, *entries(garden))),
    "preview": lambda garden, directory: read_preview(preview_file(directory, *entries(garden))),
    "event log": lambda garden, directory: read_preview(log_file(directory, *entries(garden))),
}


@pytest.mark.parametrize("read", READ.values(), ids=READ)
def test_no_output_has_a_piece_of_a_secret(pack: Pack, tmp_path: Path, read: Callable[[Garden, Path], Reading]) -> None:
    garden = Garden()
    report = gather(run(pack, read(garden, tmp_path)))
    assert len(garden.secrets) > 1000
    said = everything(report)
    assert garden.leaked(said) == set()
    # It was not for want of anything to say.
    assert {"foreign-region", "foreign-ocid", "outside-namespace", "outside-address", "outside-domain"} <= {
        each.rule for each in report.findings
    }
    assert len(report.findings) > 1000
    assert "a secret value" in said


def struct(values: Mapping[str, Any]) -> struct_pb2.Struct:
    """Values as the protocol carries them."""
    found = struct_pb2.Struct()
    found.update(values)
    return found


def test_no_diagnostic_of_the_pack_has_a_piece_of_a_secret(pack: Pack) -> None:
    garden = Garden()
    analyzer = Analyzer(pack)
    provider = protocol.AnalyzerProviderResource(
        type=ORACLE,
        name="p",
        properties=struct(dict(PROVIDER.properties) | {"region": in_protocol(garden.text()), "x": in_protocol("y")}),
    )
    said = []
    for each in garden.resources():
        request = protocol.AnalyzeRequest(
            urn=each.urn,
            type=each.type,
            name=each.name,
            properties=struct(wrapped(each.properties, in_protocol)),
            provider=provider,
        )
        said += analyzer.Analyze(request, None).diagnostics
    stack = protocol.AnalyzeStackRequest(
        resources=[
            protocol.AnalyzerResource(
                urn=urn(each.type, f"it-{number}"),
                type=each.type,
                name=f"it-{number}",
                properties=struct(wrapped(each.properties, in_protocol)),
            )
            for number, each in enumerate(garden.resources())
        ]
    )
    said += analyzer.AnalyzeStack(stack, None).diagnostics
    assert len(said) > 1000
    assert garden.leaked("\n".join(map(str, said))) == set()


def test_a_leak_would_be_seen() -> None:
    garden = Garden()
    garden.text()
    assert garden.leaked(f"… {garden.secrets[0][3:9]} …") == {garden.secrets[0]}
    assert garden.leaked(f"… {garden.secrets[0][3:8]} …") == set()


def test_a_statement_that_is_a_secret_is_judged_and_not_shown(pack: Pack) -> None:
    text = "endorse group hunter2 to read objects in any-tenancy"
    policy = {"compartmentId": "c", "name": "p", "description": "d"}
    for statements in ([Secret(text)], Secret([text])):
        found = pack.judge.judge(resource("oci:Identity/policy:Policy", policy | {"statements": statements})).findings
        assert {each.rule for each in found} >= {"statement"}
        assert [each for each in found if each.statement or "hunter2" in each.message] == []
    (found, *_) = pack.judge.judge(resource("oci:Identity/policy:Policy", policy | {"statements": [text]})).findings
    assert found.statement == text


def hidden(value: Plain) -> Plain:
    """A value with every text in it a secret."""
    if isinstance(value, dict):
        return {key: hidden(each) for key, each in value.items()}
    if isinstance(value, list):
        return [hidden(each) for each in value]
    return Secret(value) if isinstance(value, str) else value


def test_what_is_found_of_a_secret_deep_in_what_is_judged_as_a_whole_is_not_shown(pack: Pack) -> None:
    shown = set()
    for case in CASES:
        for value in case.violating:
            if isinstance(value, dict) and value:
                found = pack.judge.judge(case.resource(value)).findings
                secret = pack.judge.judge(case.resource(hidden(value))).findings
                assert {(each.rule, each.path) for each in secret} == {(each.rule, each.path) for each in found}
                assert [each for each in secret if each.value or each.statement or each.excusable] == []
                shown |= {case.constraint.check for each in found if each.value}
    assert shown >= {"own-endpoints", "own-chart-values", "own-record"}
