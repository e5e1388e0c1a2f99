"""The proxy: what goes through, what is refused, and that nothing hangs or leaves the machine."""

import socket
import threading
from pathlib import Path

import psutil
import pytest
from oci._vendor import requests

from rehearsal.doors.api.certificates import Authority
from rehearsal.doors.api.messages import Request, Response, answer
from rehearsal.doors.api.tunnel import Tunnel
from tests.unit.tunnel.clients import HOST, Raw
from tests.unit.tunnel.services import Service

GET = f"GET /n HTTP/1.1\r\nHost: {HOST}\r\n\r\n"


def put(*headers: str, body: str = "") -> str:
    lines = "\r\n".join((f"PUT /n/ours/b/one/o/two HTTP/1.1\r\nHost: {HOST}", *headers))
    return f"{lines}\r\n\r\n{body}"


@pytest.mark.usefixtures("shell")
def test_a_request_arrives_as_it_was_sent_and_its_answer_comes_back(service: Service) -> None:
    service.answers = lambda request: answer(200, {"a": 1}, opc_next_page="2", etag="x")
    url = f"https://{HOST}/n/a%2Fb?name=one%20two&name=three&empty="
    got = requests.post(url, data=b"body", headers={"X-Some": "Value"}, timeout=10)
    assert (got.status_code, got.json(), got.headers["opc-next-page"]) == (200, {"a": 1}, "2")
    [asked] = service.asked
    assert (asked.method, asked.host, asked.body) == ("POST", HOST, b"body")
    assert (asked.target, asked.path) == ("/n/a%2Fb?name=one%20two&name=three&empty=", "/n/a%2Fb")
    assert asked.query == (("name", "one two"), ("name", "three"), ("empty", ""))
    assert asked.headers["x-some"] == "Value"


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize(
    "host",
    [
        "identity.us-ashburn-1.oci.oraclecloud.com",
        "ours.compat.objectstorage.us-ashburn-1.oci.customer-oci.com",
        "idcs-0123.identity.oraclecloud.com",
    ],
)
def test_any_host_of_oracles_is_served_under_its_own_name(service: Service, host: str) -> None:
    assert requests.get(f"https://{host}/", timeout=10).status_code == 200
    assert service.asked[0].host == host


def test_a_host_may_be_written_with_its_port(raw: Raw, service: Service) -> None:
    raw.connect()
    assert raw.say(GET.replace(HOST, f"{HOST.upper()}:443")).startswith("HTTP/1.1 200 ")
    assert service.asked[0].host == HOST


def test_requests_follow_each_other_on_one_connection(raw: Raw, service: Service) -> None:
    raw.connect()
    assert raw.say(GET).startswith("HTTP/1.1 200 ")
    assert raw.say(put("Content-Length: 4", body="body")).startswith("HTTP/1.1 200 ")
    assert raw.say(GET).startswith("HTTP/1.1 200 ")
    assert [each.method for each in service.asked] == ["GET", "PUT", "GET"]


def test_requests_that_are_sent_ahead_are_answered_in_order(raw: Raw, service: Service) -> None:
    service.answers = lambda request: answer(200, request.target)
    raw.connect()
    raw.say(GET.replace("/n", "/1") + GET.replace("/n", "/2").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))
    raw.rest()
    assert [each.target for each in service.asked] == ["/1", "/2"]


def test_a_client_that_asks_first_is_told_to_go_on_and_then_answered(raw: Raw, service: Service) -> None:
    raw.connect()
    assert raw.say(put("Content-Length: 4", "Expect: 100-continue")).startswith("HTTP/1.1 100 ")
    assert service.asked == []
    assert raw.say("body").startswith("HTTP/1.1 200 ")
    assert service.asked[0].body == b"body"


def test_a_body_in_chunks_arrives_whole(raw: Raw, service: Service) -> None:
    raw.connect()
    chunks = "3\r\nbod\r\n1\r\ny\r\n0\r\n\r\n"
    assert raw.say(put("Transfer-Encoding: chunked", body=chunks)).startswith("HTTP/1.1 200 ")
    assert service.asked[0].body == b"body"


def test_a_head_is_answered_without_a_body_and_with_the_length_that_it_is_told(raw: Raw, service: Service) -> None:
    service.answers = lambda request: Response(200, {"content-length": "70"})
    raw.connect()
    head = raw.say(GET.replace("GET", "HEAD"))
    assert "content-length: 70\r\n" in head
    assert head.endswith("\r\n\r\n")
    service.answers = lambda request: answer(200, {"a": 1})
    head = raw.say(GET.replace("GET", "HEAD"))
    assert "content-length: 8\r\n" in head
    assert head.endswith("\r\n\r\n")
    assert raw.say(GET).endswith('{"a": 1}')


def test_an_answer_without_content_has_no_length(raw: Raw, service: Service) -> None:
    service.answers = lambda request: Response(204, {}, b"ignored")
    raw.connect()
    heard = raw.say(GET)
    assert heard.startswith("HTTP/1.1 204 ")
    assert "content-length" not in heard
    assert raw.say(GET).startswith("HTTP/1.1 204 ")


def test_a_service_that_fails_is_an_error_of_oracles_and_the_connection_goes_on(
    raw: Raw, service: Service, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(request: Request) -> Response:
        raise KeyError("some name")

    service.answers = fail
    raw.connect()
    heard = raw.say(GET)
    assert heard.startswith("HTTP/1.1 500 ")
    assert heard.endswith('{"code": "InternalServerError", "message": "An internal server error occurred: KeyError"}')
    assert "opc-request-id: " in heard
    assert "KeyError: 'some name'" in capfd.readouterr().err
    service.answers = lambda request: Response(200, {"bad": "two\nlines"})
    assert raw.say(GET).startswith("HTTP/1.1 500 ")
    service.answers = lambda request: answer(200, {})
    assert raw.say(GET).startswith("HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "request_text",
    [
        "GET\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: {HOST}\r\nbad header\r\n\r\n",
        put("Content-Length: one"),
        put("Transfer-Encoding: chunked", body="x\r\n"),
        f"GET http://{HOST}/ HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n",
    ],
)
def test_what_is_not_http_is_refused_and_the_connection_ends(raw: Raw, service: Service, request_text: str) -> None:
    raw.connect()
    heard = raw.say(request_text) + raw.rest()
    assert heard.startswith("HTTP/1.1 400 ")
    assert '"code": "CannotParseRequest"' in heard
    assert service.asked == []


def test_a_head_that_is_too_large_is_refused(raw: Raw, service: Service) -> None:
    raw.connect()
    heard = raw.say(put(f"x-large: {'x' * 100_000}")) + raw.rest()
    assert heard.startswith("HTTP/1.1 431 ")
    assert service.asked == []


def test_a_body_that_is_too_large_is_refused_before_it_is_read(
    raw: Raw, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rehearsal.doors.api.wire.MAX_BODY", 1024 * 1024)
    raw.connect()
    heard = raw.say(put("Content-Length: 1048577", "Expect: 100-continue")) + raw.rest()
    assert heard.startswith("HTTP/1.1 413 ")
    assert heard.endswith('"the body is larger than 1 MiB; send it in parts"}')
    assert service.asked == []


def test_a_body_in_chunks_that_is_too_large_is_refused(
    raw: Raw, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rehearsal.doors.api.wire.MAX_BODY", 1000)
    raw.connect()
    chunks = f"400\r\n{'x' * 1024}\r\n0\r\n\r\n"
    heard = raw.say(put("Transfer-Encoding: chunked", body=chunks)) + raw.rest()
    assert heard.startswith("HTTP/1.1 413 ")
    assert service.asked == []


def test_a_request_for_another_host_than_the_connections_is_refused(raw: Raw, service: Service) -> None:
    raw.connect()
    heard = raw.say("GET / HTTP/1.1\r\nHost: iaas.us-ashburn-1.oraclecloud.com\r\n\r\n")
    assert heard.startswith("HTTP/1.1 421 ")
    assert service.asked == []


@pytest.mark.parametrize(
    "target",
    [
        "example.com:443",
        f"{HOST}:80",
        f"{HOST}:22",
        HOST,
        "oraclecloud.com:443",
        "oraclecloud.com.example.com:443",
        "notoraclecloud.com:443",
        "a.customer-oci.com:443",
        "127.0.0.1:443",
        "[::1]:443",
        "a..oraclecloud.com:443",
        "a_b.oraclecloud.com:443",
        f"{'a.' * 125}oraclecloud.com:443",
    ],
)
def test_a_connect_to_anywhere_else_is_refused_with_one_sentence(raw: Raw, target: str) -> None:
    heard = raw.say(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n") + raw.rest()
    assert heard.startswith("HTTP/1.1 403 ")
    sentence = "is not served here; the rehearsal has oraclecloud.com and oci.customer-oci.com on port 443 only"
    assert heard.endswith(f'{{"code": "NotAllowed", "message": "{target} {sentence}"}}')


@pytest.mark.parametrize("target", ["http://example.com/", f"http://{HOST}/", "/"])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_plain_request_is_not_forwarded(raw: Raw, service: Service, method: str, target: str) -> None:
    heard = raw.say(f"{method} {target} HTTP/1.1\r\nHost: example.com\r\n\r\n") + raw.rest()
    assert heard.startswith("HTTP/1.1 403 ")
    assert "this proxy forwards nothing; CONNECT to a host of Oracle's API" in heard
    assert service.asked == []


@pytest.mark.usefixtures("shell")
def test_no_client_gets_to_another_host(service: Service) -> None:
    with pytest.raises(requests.exceptions.ProxyError, match="403"):
        requests.get("https://example.com/", timeout=10)
    assert service.asked == []


def test_what_is_sent_before_the_proxys_answer_is_refused(raw: Raw) -> None:
    heard = raw.say(f"CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}\r\n\r\nmore") + raw.rest()
    assert heard.startswith("HTTP/1.1 400 ")


@pytest.mark.usefixtures("shell")
def test_a_client_that_trusts_another_authority_is_told_nothing_and_the_next_one_is_served(
    tmp_path: Path, service: Service, capfd: pytest.CaptureFixture[str]
) -> None:
    other = Authority.open(tmp_path / "other")
    with pytest.raises(requests.exceptions.SSLError, match="certificate verify failed"):
        requests.get(f"https://{HOST}/", verify=str(other.certificate), timeout=10)
    assert service.asked == []
    assert requests.get(f"https://{HOST}/", timeout=10).status_code == 200
    assert capfd.readouterr().err == ""


def test_connections_are_served_at_the_same_time(tunnel: Tunnel, authority: Authority, service: Service) -> None:
    both = threading.Barrier(2, timeout=10)

    def wait(request: Request) -> Response:
        both.wait()
        return answer(200, {})

    service.answers = wait
    clients = [Raw(tunnel.port, authority.certificate) for _ in range(2)]
    for client in clients:
        client.connect()
        client.socket.sendall(GET.encode())
    assert [client.hear()[:12] for client in clients] == ["HTTP/1.1 200"] * 2
    for client in clients:
        client.close()


def test_it_listens_on_loopback_only_and_no_more_once_it_is_closed(authority: Authority, service: Service) -> None:
    tunnel = Tunnel(authority, service)
    mine = psutil.Process().net_connections("tcp")
    port = tunnel.port
    assert [each.laddr.ip for each in mine if each.laddr.port == port] == ["127.0.0.1"]
    tunnel.close()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_peer_that_is_not_of_this_machine_is_hung_up_on(tunnel: Tunnel) -> None:
    assert tunnel._server.verify_request(None, ("127.0.0.2", 1))
    assert not tunnel._server.verify_request(None, ("10.0.0.1", 1))


def test_a_port_that_is_taken_is_an_error(tunnel: Tunnel, authority: Authority, service: Service) -> None:
    with pytest.raises(OSError, match="in use"):
        Tunnel(authority, service, tunnel.port)
