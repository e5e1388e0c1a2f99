"""Clients of the door: the environment that points Oracle's own at it, and one that sends bytes as they are."""

import socket
import ssl
from pathlib import Path
from typing import Any

import oci
from oci._vendor import requests
from oci.signer import AbstractBaseSigner, load_private_key_from_file

Config = dict[str, str]

HOST = "objectstorage.us-ashburn-1.oraclecloud.com"

INCOMPLETE = "The required information to complete authentication was not provided or was incorrect."
WRONG = "Failed to verify the HTTP(S) Signature"
"""What Oracle says of a request that isn't signed as it has to be, and of one whose signature is wrong."""


def environment(port: int, certificate: Path) -> dict[str, str]:
    """What a client's process needs."""
    proxy = f"http://127.0.0.1:{port}"
    return {"HTTPS_PROXY": proxy, "https_proxy": proxy, "REQUESTS_CA_BUNDLE": str(certificate), "no_proxy": "127.0.0.1"}


class Raw:
    """One connection to the proxy."""

    def __init__(self, port: int, certificate: Path) -> None:
        self._certificate = certificate
        self.socket: socket.socket = socket.create_connection(("127.0.0.1", port), timeout=10)

    def connect(self, host: str = HOST) -> None:
        """Goes through the proxy, and on with TLS."""
        assert self.say(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n").startswith("HTTP/1.1 200 ")
        context = ssl.create_default_context(cafile=str(self._certificate))
        self.socket = context.wrap_socket(self.socket, server_hostname=host)

    def say(self, text: str | bytes) -> str:
        """Sends, and returns what comes back first."""
        self.socket.sendall(text.encode() if isinstance(text, str) else text)
        return self.hear()

    def hear(self) -> str:
        """What comes next, once; empty where the other side has hung up."""
        return self.socket.recv(65536).decode()

    def rest(self) -> str:
        """Everything until the other side hangs up."""
        heard = ""
        while more := self.hear():
            heard += more
        return heard

    def close(self) -> None:
        self.socket.close()


class Signer(AbstractBaseSigner):
    """Signs as the SDK does, but the headers that the test names."""

    def __init__(self, config: Config, *headers: str, key_id: str = "") -> None:
        own = f"{config['tenancy']}/{config['user']}/{config['fingerprint']}"
        self.create_signers(key_id or own, load_private_key_from_file(config["key_file"]), [*headers], [])


class Prepared:
    """A request that the SDK has signed, which may be changed before it is sent; more than once, too."""

    def __init__(self, config: Config, method: str, url: str, body: bytes = b"") -> None:
        self._session = requests.Session()
        asked = requests.Request(method, url, data=body, auth=oci.Signer.from_config(config))
        self.request = self._session.prepare_request(asked)

    def send(self) -> Any:
        settings = self._session.merge_environment_settings(self.request.url, {}, None, None, None)
        return self._session.send(self.request, timeout=10, **settings)


def sdk(kind: type, config: Config, **changed: str) -> Any:
    """A client of the SDK, which tries once; a key that is given as text counts instead of the file."""
    given = config | changed
    if "key_content" in given:
        given.pop("key_file")
    return kind(given, retry_strategy=oci.retry.NoneRetryStrategy())


def said_in_refusal(response: Any) -> str:
    """What a 401 says."""
    content = response.json()
    assert (response.status_code, content["code"]) == (401, "NotAuthenticated")
    assert response.headers["opc-request-id"]
    return str(content["message"])
