"""What values carry: it is opened as its reader opens it, and what can't be opened is a finding."""

import gzip
from collections.abc import Callable
from itertools import pairwise

import pytest

import provider_schema
from policies.core import Finding, Secret
from policies.pack import Pack
from policies.rules.carried import CarriedError, texts_in
from policies.rules.carried.limits import DEEPEST
from policies.rules.sweeps import Sweeper
from tests.policies.builder import PRIVATE, boundary, resource
from tests.unit.policies.carried import OPENED, UNOPENED, WORDS, base64
from tests.unit.policies.encoded_arguments import called_base64

INSTANCE = "oci:Core/instance:Instance"


@pytest.fixture
def sweeper() -> Sweeper:
    return Sweeper(boundary())


def found_on(pack: Pack, user_data: object) -> tuple[Finding, ...]:
    return pack.judge.judge(resource(INSTANCE, PRIVATE | {"metadata": {"user_data": user_data}})).findings


@pytest.mark.parametrize("pack_it", OPENED.values(), ids=OPENED)
def test_what_is_packed_is_read(sweeper: Sweeper, pack_it: Callable[[bytes], bytes]) -> None:
    (hit,) = sweeper.carried(base64(pack_it(WORDS)))
    assert (hit.rule, hit.problem.token) == ("foreign-region", "eu-madrid-1")
    assert hit.problem.hint == "this is a text that carries words, so it may be only a mention; if so, reword it"


@pytest.mark.parametrize(("text", "says"), UNOPENED.values(), ids=UNOPENED)
def test_what_can_not_be_opened_is_a_finding(sweeper: Sweeper, text: str, says: str) -> None:
    (hit,) = sweeper.carried(text)
    assert (hit.rule, hit.problem.says, hit.problem.hint) == ("unreadable", says, "")


@pytest.mark.parametrize("wrapped", ["{0}\n{1}", "{0} {1}", "\n{0}{1}\n"])
def test_lines_and_spaces_do_not_hide_what_is_encoded(sweeper: Sweeper, wrapped: str) -> None:
    encoded = base64(WORDS)
    assert len(sweeper.carried(wrapped.format(encoded[:10], encoded[10:]))) == 1


@pytest.mark.parametrize("padding", ["", "=", "=="])
def test_padding_does_not_matter(sweeper: Sweeper, padding: str) -> None:
    assert len(sweeper.carried(base64(WORDS + b"x").rstrip("=") + padding)) == 1


def test_what_is_found_before_something_that_can_not_be_opened_is_told_too(sweeper: Sweeper) -> None:
    archive = b"see eu-madrid-1 and " + base64(b"\x1f\x8bno gzip at all").encode()
    assert [hit.rule for hit in sweeper.carried(base64(archive))] == ["foreign-region", "unreadable"]


def test_packed_once_more_than_is_opened_is_a_finding_and_once_less_is_read(sweeper: Sweeper) -> None:
    packed = WORDS
    for _ in range(DEEPEST):
        packed = gzip.compress(packed)
    assert [hit.rule for hit in sweeper.carried(base64(packed))] == ["foreign-region"]
    assert [hit.problem.says for hit in sweeper.carried(base64(gzip.compress(packed)))] == [
        "is packed more than 8 times over"
    ]


def test_a_configuration_that_names_itself_again_and_again_ends() -> None:
    bomb = "#cloud-config\na: &a [x]\n" + "".join(f"{n}: &{n} [*{p}, *{p}, *{p}]\n" for p, n in pairwise("abcdefghi"))
    assert list(texts_in(base64(bomb.encode()))) == [bomb]


def test_more_pieces_than_are_opened_are_a_finding() -> None:
    many = " ".join(base64(f"a text of some length {number}".encode()) for number in range(2_500))
    with pytest.raises(CarriedError, match="carries more than is opened"):
        list(texts_in(base64(many.encode())))


def test_a_finding_names_the_argument_and_nothing_of_a_secret(pack: Pack) -> None:
    (finding,) = found_on(pack, base64(WORDS))
    assert (finding.rule, finding.path) == ("foreign-region", "metadata.user_data")
    (finding,) = found_on(pack, Secret(base64(WORDS)))
    assert "eu-madrid-1" not in finding.message
    (finding,) = found_on(pack, "!!")
    assert (finding.rule, finding.path, finding.could_not_run) == ("unreadable", "metadata.user_data", False)


def test_only_what_the_catalogue_calls_encoded_is_opened(pack: Pack) -> None:
    metadata = {"token": base64(WORDS), "ssh_authorized_keys": "not base64!"}
    assert pack.judge.judge(resource(INSTANCE, PRIVATE | {"metadata": metadata})).findings == ()


def test_the_catalogue_names_every_argument_that_the_provider_calls_base64(pack: Pack) -> None:
    known = {
        (token, path)
        for column in (pack.catalogue.encoded, pack.catalogue.keys)
        for token, paths in column.items()
        for path in paths
    }
    allowed = pack.catalogue.types - pack.catalogue.denied.keys()
    assert {each for each in called_base64() if each[0] in allowed} - known == set()


def test_every_argument_that_the_catalogue_calls_encoded_exists(pack: Pack) -> None:
    for column in (pack.catalogue.encoded, pack.catalogue.keys):
        for token, paths in column.items():
            arguments = {path.replace("[]", "").replace("{}", "") for path in provider_schema.argument_paths(token)}
            for path in paths:
                assert path in arguments or path.removesuffix(".user_data") in arguments, (token, path)
