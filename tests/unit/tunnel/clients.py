"""Clients of the door: the environment that points Oracle's own at it, and one that sends bytes as they are."""

import socket
import ssl
from pathlib import Path

HOST = "objectstorage.us-ashburn-1.oraclecloud.com"


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
