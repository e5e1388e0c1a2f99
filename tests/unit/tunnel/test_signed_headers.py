"""What has to be signed, how old it may be, and that nothing of it may have changed."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from oci._vendor import requests

from tests.unit.tunnel.clients import HOST, INCOMPLETE, WRONG, Config, Prepared, Signer, said_in_refusal
from tests.unit.tunnel.services import Services

IDENTITY = "https://identity.us-ashburn-1.oci.oraclecloud.com/20160918/users"
OBJECT = f"https://{HOST}/n/ours/b/one/o/two"
GENERAL = ("date", "(request-target)", "host")
OF_A_BODY = ("content-length", "content-type", "x-content-sha256")


@pytest.mark.parametrize("minutes", [-5.1, 5.1, -600])
@pytest.mark.parametrize("header", ["date", "x-date"])
def test_a_clock_that_is_more_than_five_minutes_off_is_refused(
    config: Config, services: Services, header: str, minutes: float
) -> None:
    moment = datetime.now(UTC) + timedelta(minutes=minutes)
    signer = Signer(config, header, "(request-target)", "host")
    said = said_in_refusal(requests.get(IDENTITY, auth=signer, headers={header: format_datetime(moment, usegmt=True)}))
    form = r"'\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d UTC'"
    assert re.fullmatch(
        rf"Date {form} is not within allowed clock skew. Current {form}, valid datetime range: \[{form}, {form}\]", said
    )
    assert f"{moment:%H:%M:%S} UTC" in said.partition(" is ")[0]
    assert services.asked == []


@pytest.mark.parametrize("minutes", [-4.9, 4.9])
def test_a_clock_that_is_a_little_off_is_none_of_our_business(config: Config, minutes: float) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(minutes=minutes), usegmt=True)
    assert requests.get(IDENTITY, auth=Signer(config, *GENERAL), headers={"date": moment}).status_code == 200


def test_of_two_dates_the_clients_own_counts(config: Config) -> None:
    now, old = datetime.now(UTC), datetime.now(UTC) - timedelta(hours=1)
    signer = Signer(config, "x-date", "(request-target)", "host")
    dates = {"x-date": format_datetime(now, usegmt=True), "date": format_datetime(old, usegmt=True)}
    assert requests.get(IDENTITY, auth=signer, headers=dates).status_code == 200
    assert said_in_refusal(requests.get(IDENTITY, auth=Signer(config, *GENERAL), headers=dates)) == INCOMPLETE


@pytest.mark.parametrize("text", ["today", "2026-11-27T00:00:00Z"])
def test_a_date_that_is_none_is_refused(config: Config, text: str) -> None:
    said = said_in_refusal(requests.get(IDENTITY, auth=Signer(config, *GENERAL), headers={"date": text}))
    assert said == INCOMPLETE


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
@pytest.mark.parametrize("body", [b"{}", b""])
def test_a_body_that_is_not_the_signed_one_is_refused(
    config: Config, services: Services, method: str, body: bytes
) -> None:
    signed = Prepared(config, method, IDENTITY, body)
    assert signed.send().status_code == 200
    signed.request.body = b"[]"[: len(body)] or b"more"
    signed.request.headers["content-length"] = str(len(signed.request.body))
    assert said_in_refusal(signed.send()) == WRONG
    assert len(services.asked) == 1


@pytest.mark.parametrize("missing", [*GENERAL, *OF_A_BODY])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_a_request_whose_required_header_is_not_signed_is_refused(config: Config, method: str, missing: str) -> None:
    everything = (*GENERAL, *OF_A_BODY)
    signer = Signer(config, *everything)
    extra = {"x-content-sha256": "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=", "content-type": "application/json"}
    assert requests.request(method, IDENTITY, data=b"{}", auth=signer, headers=extra).status_code == 200
    less = Signer(config, *(name for name in everything if name != missing))
    assert said_in_refusal(requests.request(method, IDENTITY, data=b"{}", auth=less, headers=extra)) == INCOMPLETE


@pytest.mark.parametrize("missing", GENERAL)
@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE"])
def test_a_request_without_a_body_needs_no_header_of_one(config: Config, method: str, missing: str) -> None:
    assert requests.request(method, IDENTITY, auth=Signer(config, *GENERAL)).status_code == 200
    less = Signer(config, *(name for name in GENERAL if name != missing))
    assert requests.request(method, IDENTITY, auth=less).status_code == 401


def test_the_headers_of_a_body_are_left_out_for_objects_alone(config: Config, services: Services) -> None:
    signer = Signer(config, *GENERAL)
    dedicated = OBJECT.replace("objectstorage", "ours.objectstorage").replace("oraclecloud", "oci.customer-oci")
    for url in (OBJECT, OBJECT.replace("/o/", "/u/"), dedicated):
        assert requests.put(url, data=b"{}", auth=signer).status_code == 200
    for url in (OBJECT.partition("/o/")[0], f"{IDENTITY}/n/ours/b/one/o/two", OBJECT.replace("/o/", "/p/")):
        assert said_in_refusal(requests.put(url, data=b"{}", auth=signer)) == INCOMPLETE
    assert said_in_refusal(requests.post(OBJECT, data=b"{}", auth=signer)) == INCOMPLETE
    assert len(services.asked) == 3


def test_an_objects_digest_is_checked_where_it_is_signed(config: Config) -> None:
    signer = Signer(config, *GENERAL, "x-content-sha256")
    right, wrong = "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=", "x"
    sent = requests.put(OBJECT, data=b"{}", auth=signer, headers={"x-content-sha256": right})
    assert sent.status_code == 200
    assert said_in_refusal(requests.put(OBJECT, data=b"{}", auth=signer, headers={"x-content-sha256": wrong})) == WRONG


def test_a_signature_of_another_path_query_or_host_is_refused(config: Config) -> None:
    signed = Prepared(config, "GET", f"{IDENTITY}?a=1&b=2")
    assert signed.send().status_code == 200
    for url in (f"{IDENTITY}?b=2&a=1", f"{IDENTITY}/?a=1&b=2", IDENTITY):
        signed.request.url = url
        assert said_in_refusal(signed.send()) == WRONG
    signed.request.url = f"{IDENTITY}?a=1&b=2".replace("ashburn", "phoenix")
    signed.request.headers["host"] = "identity.us-phoenix-1.oci.oraclecloud.com"
    assert said_in_refusal(signed.send()) == WRONG


CHANGES = {
    "none": (".+", ""),
    "another scheme": ("Signature", "Basic"),
    "another algorithm": ("rsa-sha256", "hmac-sha256"),
    "another version": ('version="1"', 'version="2"'),
    "no headers": ("headers=", "other="),
    "no key": ("keyId=", "other="),
    "a short key": ('keyId="[^/]+/', 'keyId="'),
    "no signature": ("signature=", "other="),
    "a signature that is no base64": ('signature="', 'signature="!'),
    "twice the same": ('version="1"', 'version="1",version="1"'),
    "no parameters": ("=", ":"),
    "a header that is not there": ('headers="', 'headers="x-absent '),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_authorization_that_is_not_whole_is_refused(config: Config, services: Services, change: str) -> None:
    signed = Prepared(config, "GET", IDENTITY)
    signed.request.headers["authorization"] = re.sub(*CHANGES[change], signed.request.headers["authorization"])
    assert said_in_refusal(signed.send()) in (INCOMPLETE, WRONG)
    assert services.asked == []


def test_the_version_may_be_left_out(config: Config) -> None:
    signed = Prepared(config, "GET", IDENTITY)
    before = signed.request.headers["authorization"]
    signed.request.headers["authorization"] = before.replace(',version="1"', "")
    assert signed.request.headers["authorization"] != before
    assert signed.send().status_code == 200
