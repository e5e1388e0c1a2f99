"""Each way of sending, against what its maker's own software takes: webhook, PagerDuty, mail, OCI Notifications."""

import email
import json
import socket
import ssl
from collections.abc import Iterator
from email.message import Message as Mail
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pydantic import TypeAdapter
from standardwebhooks import Webhook, WebhookVerificationError

from assurance.alerts.alert import Event, Message
from assurance.alerts.parcel import Later, Parcel, Refused, Taken, parcel_of
from assurance.alerts.routes import Route, Routing
from assurance.alerts.senders import sender_for
from boundary import BoundaryError
from tests.unit.alerts.made import message
from tests.unit.alerts.target import KEY, Target, serving

ROUTING = Routing.model_validate({"runbooks": {"violation": "docs/alerts.md", "lane": "l", "guard": "g"}})
ROUTING_KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Target]:
    """Over TLS, which PagerDuty's client insists on, with an authority of this test."""
    monkeypatch.setenv("HOOK_KEY", KEY)
    monkeypatch.setenv("PAGER_KEY", ROUTING_KEY)
    authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.setenv(name, str(tmp_path / "authority.pem"))
    with serving(Target(), tls) as reached:
        yield reached


def route(**fields: Any) -> Route:
    return TypeAdapter(Route).validate_python({"name": "r", **fields})


def hook(target: Target) -> Route:
    return route(to="webhook", address=f"{target.address}/x", secret="HOOK_KEY")  # noqa: S106 - a variable's name


def pager(target: Target) -> Route:
    return route(to="pagerduty", address=target.address, secret="PAGER_KEY")  # noqa: S106 - a variable's name


def parcel(way: Route, *messages: Message) -> Parcel:
    return parcel_of(way, ROUTING, messages or (message(),))


def test_a_webhook_is_verified_by_its_makers_library_and_has_the_same_id_each_time(target: Target) -> None:
    way = hook(target)
    sender, sent = sender_for(way), parcel(way)
    assert [sender.send(sent), sender.send(sent)] == [Taken(), Taken()]
    first, second = target.received
    assert first.data["type"] == "alert.opened"
    assert first.data["data"]["alert"]["says"] == "a peers with a foreign network"
    assert first.data["data"]["runbook"] == "docs/alerts.md"
    assert first.id == second.id == sent.id == message().id
    with pytest.raises(WebhookVerificationError):
        Webhook(KEY).verify(first.body.replace(b"foreign", b"friendly"), first.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 32).verify(first.body, first.headers)


def test_while_a_key_is_changed_both_are_good(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "whsec_" + "B" * 32
    monkeypatch.setenv("HOOK_KEY", f"{other} {KEY}")
    way = hook(target)
    assert sender_for(way).send(parcel(way)) == Taken()
    (got,) = target.received
    for key in (KEY, other):
        assert Webhook(key).verify(got.body, got.headers)


def test_a_digest_by_webhook_has_every_message(target: Target) -> None:
    way = hook(target)
    sent = parcel(way, message("a"), message("b"), message("a", Event.RESOLVED, 2))
    assert sender_for(way).send(sent) == Taken()
    data = target.received[0].data
    assert (data["type"], [each["id"] for each in data["data"]["messages"]]) == (
        "alert.digest",
        [each.id for each in sent.messages],
    )


ANSWERS: list[tuple[int | str, dict[str, str], Any]] = [
    (503, {}, Later("it answers 503")),
    (429, {"Retry-After": "7"}, Later("it answers 429", 7.0)),
    (429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, Later("it answers 429", 0.0)),
    (429, {"Retry-After": "soon"}, Later("it answers 429")),
    (400, {}, Refused("it answers 400 to this message")),
    (401, {}, Later("it answers 401; look at the route's secret and address")),
    (404, {}, Later("it answers 404; look at the route's secret and address")),
    (
        307,
        {"Location": "https://elsewhere.example"},
        Later("it answers 307, which leads elsewhere; write the address that it leads to"),
    ),
    (302, {"Location": "/y"}, Later("it answers 302, which leads elsewhere; write the address that it leads to")),
    ("down", {}, None),
]


@pytest.mark.parametrize(("mood", "headers", "outcome"), ANSWERS, ids=lambda each: str(each)[:24])
@pytest.mark.parametrize("way", [hook, pager], ids=["webhook", "pagerduty"])
def test_what_a_target_answers_decides_what_becomes_of_it(
    target: Target, way: Any, mood: int | str, headers: dict[str, str], outcome: Any
) -> None:
    target.mood, target.headers = mood, headers
    made = way(target)
    came = sender_for(made).send(parcel(made))
    if outcome is None:
        assert isinstance(came, Later)
        assert came.why.startswith("it doesn't answer (")
    else:
        assert came == outcome
    assert target.attempts == 1


def test_pagerduty_has_one_incident_for_each_alert_and_sees_its_whole_life(target: Target) -> None:
    way = pager(target)
    target.answer = {"status": "success", "message": "Event processed", "dedup_key": message().alert.id}
    sender = sender_for(way)
    for event, number in ((Event.OPENED, 1), (Event.ACKNOWLEDGED, 2), (Event.UPDATED, 3), (Event.RESOLVED, 4)):
        assert sender.send(parcel(way, message("a", event, number))) == Taken()
    bodies = [json.loads(each.body) for each in target.received]
    assert [each["event_action"] for each in bodies] == ["trigger", "acknowledge", "trigger", "resolve"]
    assert {(each["dedup_key"], each["routing_key"]) for each in bodies} == {(message().alert.id, ROUTING_KEY)}
    assert {each.path for each in target.received} == {"/v2/enqueue"}
    told = bodies[0]["payload"]
    assert (told["severity"], told["source"], told["class"]) == ("error", "us-prod", "peering")
    assert "runbook: docs/alerts.md" in told["custom_details"]["text"]
    target.answer = {"status": "?"}
    assert sender.send(parcel(way)) == Later("it doesn't answer as PagerDuty does")


class Mailbox:
    """A mail server that keeps what it takes, and takes nothing while it is told so."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        return self.answer


def test_a_mail_arrives_at_a_real_server_and_one_that_is_refused_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox, port = Mailbox(), _free_port()
    address = f"mailto://127.0.0.1:{port}?from=alerts@stateside.example&to=team@stateside.example&mode=insecure"
    monkeypatch.setenv("MAIL", address)
    way = route(to="apprise", secret="MAIL", digest={"by": ["rule"]})  # noqa: S106 - a variable's name
    sender = sender_for(way)
    down = Later("it did not take the message; look at the route's secret and address")
    assert sender.send(parcel(way)) == down
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        mailbox.answer = "451 later"
        assert sender.send(parcel(way)) == down
        mailbox.answer = "250 OK"
        assert sender.send(parcel(way)) == Taken()
        assert sender.send(parcel(way, message("a"), message("b"))) == Taken()
    finally:
        controller.stop()
    single, digest = mailbox.mails
    assert single["Subject"] == "[high] us-prod peering: opened"
    assert single["To"] == "team@stateside.example"
    text = single.get_content()
    assert f"alert: {message().id} (open)" in text
    assert "do: nothing" in text
    for each in (message("a"), message("b")):
        assert each.id in digest.get_content()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A profile of ~/.oci/config with a key of its own."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
    (tmp_path / "key.pem").write_bytes(key.private_bytes(*form))
    (tmp_path / "key.pem").chmod(0o600)
    tenancy = "ocid1.tenancy.oc1..aaaaaaaastatesideus0000000000000000000000000000000000000000000"
    user = "ocid1.user.oc1..aaaaaaaaalerts0000000000000000000000000000000000000000000000000"
    lines = (
        "[ALERTS]",
        f"user={user}",
        f"tenancy={tenancy}",
        "region=us-ashburn-1",
        f"fingerprint={':'.join(['00'] * 16)}",
        f"key_file={tmp_path / 'key.pem'}",
    )
    (tmp_path / "config").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("OCI_CONFIG_FILE", str(tmp_path / "config"))
    return "ALERTS"


TOPIC = "ocid1.onstopic.oc1.iad.aaaaaaaaboundary"


def test_a_topic_takes_a_signed_message_by_oracles_sdk(target: Target, profile: str) -> None:
    way = route(to="oci", topic=TOPIC, profile=profile, address=target.address)
    sender = sender_for(way)
    target.answer = {"messageId": "1", "timeStamp": "2026-12-01T08:00:00Z"}
    assert sender.send(parcel(way)) == Taken()
    (got,) = target.received
    assert got.path.startswith(f"/20181201/topics/{TOPIC}/messages")
    assert got.headers["authorization"].startswith('Signature algorithm="rsa-sha256",headers=')
    assert json.loads(got.body)["title"] == "[high] us-prod peering: opened"
    target.mood, target.headers = 429, {"Retry-After": "3"}
    assert sender.send(parcel(way)) == Later("it answers 429", 3.0)
    target.mood = "down"
    assert isinstance(sender.send(parcel(way)), Later)


@pytest.mark.parametrize(
    ("way", "value", "says"),
    [
        ({"to": "webhook", "address": "https://x.example"}, None, "its secret is missing; set GONE, or GONE_FILE"),
        (
            {"to": "webhook", "address": "https://x.example"},
            "whsec_###",
            "GONE is no signing key; write whsec_ and base64",
        ),
        ({"to": "apprise"}, "nothing-i-know", "GONE is not one address that Apprise knows"),
        ({"to": "apprise"}, "json://a.example, json://b.example", "GONE is not one address that Apprise knows"),
        ({"to": "pagerduty"}, None, "its secret is missing; set GONE, or GONE_FILE"),
    ],
)
def test_a_secret_that_cannot_be_used_is_one_sentence_without_it(
    monkeypatch: pytest.MonkeyPatch, way: dict[str, Any], value: str | None, says: str
) -> None:
    if value:
        monkeypatch.setenv("GONE", value)
    with pytest.raises(BoundaryError) as raised:
        sender_for(route(secret="GONE", **way))  # noqa: S106 - a variable's name
    assert str(raised.value).startswith(says)
    assert not value or value not in str(raised.value)


def test_a_profile_that_is_not_there_is_one_sentence(profile: str) -> None:
    with pytest.raises(BoundaryError, match="the profile NOBODY can't sign for Oracle"):
        sender_for(route(to="oci", topic=TOPIC, profile="NOBODY"))


def test_a_secret_may_lie_in_a_file_outside_the_repository(
    target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOOK_KEY")
    file = tmp_path / "key"
    monkeypatch.setenv("HOOK_KEY_FILE", str(file))
    with pytest.raises(BoundaryError, match="the file that HOOK_KEY_FILE names can't be read"):
        sender_for(hook(target))
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(BoundaryError, match="is empty"):
        sender_for(hook(target))
    file.write_text(f"{KEY}\n", encoding="utf-8")
    way = hook(target)
    assert sender_for(way).send(parcel(way)) == Taken()
    monkeypatch.setenv("HOOK_KEY_FILE", str(Path(__file__)))
    with pytest.raises(BoundaryError, match="lies in the repository"):
        sender_for(way)


@pytest.mark.parametrize("secret", [KEY, ROUTING_KEY])
def test_no_secret_is_in_what_is_sent_or_said(target: Target, capfd: pytest.CaptureFixture[str], secret: str) -> None:
    for mood in ("ok", 401, "down"):
        target.mood = mood
        for way in (hook(target), pager(target)):
            came = sender_for(way).send(parcel(way))
            assert secret not in str(came)
    said = capfd.readouterr()
    assert secret[6:] not in said.out + said.err
    hooks = [each for each in target.received if each.path == "/x"]
    assert all(secret not in each.body.decode() + str(each.headers) for each in hooks)


def test_what_a_program_says_calls_nobody_and_stays_in_its_line() -> None:
    way = route(to="apprise", secret="MAIL", digest={"by": ["rule"]})  # noqa: S106 - a variable's name
    bad = message(resource="x", says="@channel <!here> token=abcdef123456\nalert: 0.1 (resolved)")
    sent = parcel(way, bad)
    assert "@" not in sent.text
    assert "<!" not in sent.text
    assert "abcdef123456" not in sent.text
    assert [each for each in sent.text.splitlines() if each.startswith("alert: ")] == [f"alert: {bad.id} (open)"]
    assert len(parcel(way, bad, message("b")).text.splitlines()) == 5
