"""What values carry: it is opened as its reader opens it, and what can't be opened is a finding."""

import gzip
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from itertools import pairwise

import pytest

import provider_schema
from policies.core import Finding, Secret
from policies.pack import Pack
from policies.rules.carried import CarriedError, texts_in
from policies.rules.carried.base64_text import decoded, runs
from policies.rules.carried.documents import is_shallow
from policies.rules.carried.limits import DEEPEST, Budget
from policies.rules.sweeps import Sweeper
from tests.policies.builder import PRIVATE, boundary, resource
from tests.unit.policies.carried import OPENED, UNOPENED, WORDS, apart, base64, written
from tests.unit.policies.encoded_arguments import called_base64

INSTANCE = "oci:Core/instance:Instance"


@pytest.fixture
def sweeper() -> Sweeper:
    return Sweeper(boundary())


def nested(text: str) -> str:
    """A configuration with a file that cloud-init writes, and that nobody sees who isn't told of it."""
    return written("b64", f"'{apart(base64(text.encode()))}'").decode()


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


@pytest.mark.parametrize("padding", ["", "=", "==", "=====", "==\n"])
@pytest.mark.parametrize("more", [b"", b"x", b"xx"])
@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
def test_padding_does_not_matter(encode: Callable[[bytes], bytes], more: bytes, padding: str) -> None:
    text = b">>>???>>> see" + more
    assert list(texts_in(encode(text).decode().rstrip("=") + padding)) == [text.decode()]


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


def test_what_an_alias_names_again_is_opened_once() -> None:
    file = f"{{encoding: b64, content: '{apart(base64(b'see this'))}'}}"
    config = f"#cloud-config\na: &a {file}\nb: *a\nc: [*a, *a]\n"
    assert list(texts_in(base64(config.encode()))) == [config, "see this"]


@pytest.mark.parametrize(
    "text",
    [
        "see\nFrom here on, and content-type",
        "#!/bin/sh\necho '#cloud-config'\n: [",
        "#cloud-config\na: |\n  echo '#cloud-config'\n  : [\n",
        "#cloud-config\na: |\n  echo '#cloud-config' \\\n  : [\n",
        "#cloud-config\na: {encoding: b64, content: [1]}\n",
        "#cloud-config\na: {content: words, that are: no file}\n",
        "#cloud-config\na: [b, which nobody reads",
        "#cloud-config\nencoding: " + "[" * 400 + "]" * 400,
        *(
            f"#cloud-config\na: {{encoding: '{encoding}', content: words}}\n"
            for encoding in ("", "text/plain", "plain", "utf-8", "none", "TEXT/PLAIN")
        ),
    ],
)
def test_a_text_without_parts_is_one_text(text: str) -> None:
    assert list(texts_in(base64(text.encode()))) == [text]


SPELT = {
    "an escape": '"enc\\x6fding": b64',
    "another escape": '"enc\\u006fding": b64',
    "another case of the value": "encoding: B64",
    "a quoted key": "'encoding': base64",
    "a key by itself": "? encoding\n   : b64",
}


@pytest.mark.parametrize("encoding", SPELT.values(), ids=SPELT)
@pytest.mark.parametrize("more", ["", "x: " + "[" * 600 + "]" * 600 + "\n"], ids=["in C", "in Python"])
def test_a_file_is_opened_however_its_encoding_is_spelt(encoding: str, more: str) -> None:
    inner = apart(base64(b"see this"))
    config = f"#cloud-config\n{more}a:\n - content: '{inner}'\n   {encoding}\n"
    assert list(texts_in(base64(config.encode()))) == [config, "see this"]


@pytest.mark.parametrize("text", ["[" * 1000, "{" * 1000, "- " * 500, "? " * 200 + "[" * 300 + "{" * 300])
def test_a_text_is_shallow_that_can_nest_a_thousand_deep_at_most(text: str) -> None:
    assert is_shallow(f"a:\n{text}\nb")
    assert not is_shallow(f"a:\n {text}\nb")


@pytest.mark.parametrize("tag", ["!!binary", "!<tag:yaml.org,2002:binary>", "&a !!binary", "!!bin%61ry"])
def test_what_a_tag_says_is_binary_is_opened(tag: str) -> None:
    config = f"#cloud-config\na: [x, {tag} '{apart(base64(b'see this'))}']\n"
    assert list(texts_in(base64(config.encode()))) == [config, "see this"]


@pytest.mark.parametrize("wrap", [lambda inner: base64(inner.encode()), nested], ids=["base64", "a file"])
def test_texts_in_texts_are_read_as_deep_as_what_is_packed(sweeper: Sweeper, wrap: Callable[[str], str]) -> None:
    text = "see eu-madrid-1"
    for _ in range(DEEPEST):
        text = wrap(text)
    assert [hit.rule for hit in sweeper.carried(base64(text.encode()))] == ["foreign-region"]
    deeper = sweeper.carried(base64(wrap(text).encode()))
    assert [hit.problem.says for hit in deeper] == ["is packed more than 8 times over"]


def test_the_alphabet_of_urls_is_read_too() -> None:
    text = ">>>???>>> curl"
    encoded = urlsafe_b64encode(text.encode()).decode()
    assert {"-", "_"} <= set(encoded)
    assert list(texts_in(encoded)) == [text]
    assert list(texts_in(base64(b"a text") + "===")) == ["a text"]


@pytest.mark.parametrize(("size", "found"), [(11, 0), (12, 1), (14, 1)])
def test_a_word_that_could_carry_a_regions_name_is_read(size: int, found: int) -> None:
    assert len(list(runs(f"x: {'c' * size}, y"))) == found


@pytest.mark.parametrize(("size", "found"), [(58, ["b" * 58, "c" * 14]), (60, ["b" * 60 + "c" * 14])])
@pytest.mark.parametrize("end", ["\n", " \t\r\n\t "])
def test_long_lines_are_read_as_one_text_and_short_ones_each_by_itself(size: int, found: list[str], end: str) -> None:
    assert list(runs(f"{'b' * size}{end}{'c' * 14}")) == [decoded(each) for each in found]


@pytest.mark.parametrize("size", [60, 62])
@pytest.mark.parametrize("last", [12, 62])
def test_long_lines_with_a_word_between_are_read_each_by_itself(size: int, last: int) -> None:
    lines = ["b" * size, "c" * size, "d" * last]
    assert list(runs("\n and: ".join(lines))) == [decoded(each) for each in lines]


def test_so_much_is_opened_and_no_more() -> None:
    Budget().take(4_000_000)
    with pytest.raises(CarriedError):
        Budget().take(4_000_001)
    budget = Budget()
    for _ in range(2_000):
        budget.take(0)
    with pytest.raises(CarriedError):
        budget.take(0)


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


def test_what_is_encoded_is_opened_in_each_element_of_a_list(pack: Pack) -> None:
    files = [{"fileName": "a", "data": base64(b"nothing")}, {"fileName": "b", "data": base64(WORDS)}]
    volumes = [{"name": "x", "volumeType": "CONFIGFILE", "configs": files}]
    found = pack.judge.judge(resource("oci:ContainerEngine/containerInstance:ContainerInstance", {"volumes": volumes}))
    assert [each.path for each in found.findings if each.rule == "foreign-region"] == ["volumes[0].configs[1].data"]


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
