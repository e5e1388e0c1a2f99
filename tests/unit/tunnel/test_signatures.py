"""Who has sent a request is known by its signature, through the unmodified SDK; what Oracle refuses is refused."""

import io
from typing import Any

import oci
import pytest
from oci._vendor import requests

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.tunnel import _host_of_tunnel
from rehearsal.doors.api.wire import Wire
from rehearsal.world import World
from rehearsal.world import service as worlds_services
from tests.support.keys import new_key, private_pem, public_pem
from tests.unit.tunnel.clients import INCOMPLETE, WRONG, Config, said_in_refusal, sdk
from tests.unit.tunnel.services import Services
from tests.unit.world.small import OURS, THEIRS, make, picture


def test_a_signed_request_of_the_sdk_is_its_users(config: Config, services: Services) -> None:
    sdk(oci.identity.IdentityClient, config).list_regions()
    assert services.callers == [Caller(OURS, config["user"])]
    assert services.asked[0][0].target == "/20160918/regions"


def test_a_signed_request_with_a_body_is_its_users(config: Config, services: Services) -> None:
    details = oci.identity.models.CreateGroupDetails(compartment_id=OURS, name="a", description="ä")
    sdk(oci.identity.IdentityClient, config).create_group(details)
    [(request, caller)] = services.asked
    assert (request.method, caller) == ("POST", Caller(OURS, config["user"]))
    assert "ä".encode() in request.body or b"\\u00e4" in request.body


@pytest.mark.parametrize("body", [b"content", io.BytesIO(b"content"), b"", b"x" * 3_000_000])
def test_an_object_is_put_once_the_client_was_told_to_go_on(config: Config, services: Services, body: Any) -> None:
    wanted = body.getvalue() if isinstance(body, io.BytesIO) else body
    storage = sdk(oci.object_storage.ObjectStorageClient, config)
    storage.put_object("ours", "one", "a name/of two", body)
    storage.upload_part("ours", "one", "two", "upload", 1, wanted)
    [(request, caller), (part, _)] = services.asked
    assert request.headers["expect"] == "100-continue"
    assert "x-content-sha256" not in request.headers
    assert (request.body, part.body, caller) == (wanted, wanted, Caller(OURS, config["user"]))


def test_many_requests_of_one_client_share_a_connection(
    config: Config, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    connections: list[str] = []

    def counted(wire: Wire) -> str:
        connections.append(_host_of_tunnel(wire))
        return connections[-1]

    monkeypatch.setattr("rehearsal.doors.api.tunnel._host_of_tunnel", counted)
    identity = sdk(oci.identity.IdentityClient, config)
    for _ in range(3):
        identity.list_regions()
    assert len(services.asked) == 3
    assert connections == ["identity.us-ashburn-1.oci.oraclecloud.com"]


def test_a_key_that_a_stack_made_for_its_user_is_good_until_it_is_deleted(
    config: Config, services: Services, world: World
) -> None:
    user = make(world, "oci:Identity/user:User", name="a", description="a", urn="urn:pulumi:dev::p::user::a")
    pair = new_key()
    key = make(
        world, "oci:Identity/apiKey:ApiKey", userId=user.id, keyValue=public_pem(pair), urn="urn:pulumi:dev::p::key::a"
    )
    theirs = {"user": user.id, "fingerprint": key.body["fingerprint"], "key_content": private_pem(pair)}
    identity = sdk(oci.identity.IdentityClient, config, **theirs)
    identity.list_regions()
    assert services.callers == [Caller(OURS, user.id)]
    worlds_services.delete(world, key.id)
    with pytest.raises(oci.exceptions.ServiceError) as caught:
        identity.list_regions()
    assert (caught.value.status, caught.value.code, caught.value.message) == (401, "NotAuthenticated", INCOMPLETE)


def test_a_signature_by_another_key_is_refused(config: Config, services: Services, world: World) -> None:
    before = picture(world)
    with pytest.raises(oci.exceptions.ServiceError) as caught:
        sdk(oci.identity.IdentityClient, config, key_content=private_pem(new_key())).list_regions()
    assert (caught.value.status, caught.value.code, caught.value.message) == (401, "NotAuthenticated", WRONG)
    assert services.asked == []
    assert picture(world) == before


@pytest.mark.parametrize(
    "changed",
    [
        {"fingerprint": ":".join(["00"] * 16)},
        {"user": f"ocid1.user.oc1..{'a' * 60}"},
        {"tenancy": THEIRS},
        {"tenancy": f"ocid1.tenancy.oc1..{'a' * 60}"},
    ],
    ids=["unknown key", "unknown user", "foreign tenancy", "unknown tenancy"],
)
def test_a_key_that_the_user_of_the_tenancy_does_not_have_is_refused(
    config: Config, services: Services, changed: dict[str, str]
) -> None:
    with pytest.raises(oci.exceptions.ServiceError) as caught:
        sdk(oci.identity.IdentityClient, config, **changed).list_regions()
    assert (caught.value.status, caught.value.code, caught.value.message) == (401, "NotAuthenticated", INCOMPLETE)
    assert services.asked == []


COMPAT = "https://ours.compat.objectstorage.us-ashburn-1.oci.customer-oci.com/one/two"
OBJECT = "https://objectstorage.us-ashburn-1.oraclecloud.com/n/ours/b/one/o/two"


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize(
    ("url", "authorization"), [(OBJECT, None), (COMPAT, None), (COMPAT, "AWS4-HMAC-SHA256 Credential=a")]
)
def test_what_object_storage_judges_itself_comes_to_it_from_nobody(
    services: Services, url: str, authorization: str | None
) -> None:
    headers = {"authorization": authorization} if authorization else {}
    assert requests.get(url, headers=headers, timeout=10).status_code == 200
    assert services.callers == [Caller("", "")]


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize("authorization", ["AWS4-HMAC-SHA256 Credential=a", "Basic YTpi", ""])
def test_a_signature_of_another_kind_is_none_on_oracles_own_side(services: Services, authorization: str) -> None:
    answered = requests.get(OBJECT, headers={"authorization": authorization}, timeout=10)
    assert said_in_refusal(answered) == INCOMPLETE
    assert services.asked == []
