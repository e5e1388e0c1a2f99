"""The environment of a shell whose programs find the door instead of Oracle, and how our own commands leave it.

The marker says that a shell was prepared, and with which directory's files. The engine, the doors and what installs
them are never to go through the door.
"""

from collections.abc import MutableMapping
from pathlib import Path

from rehearsal.doors.api.files import CERTIFICATE, CONFIGURATION

MARKER = "STATESIDE_API"

_HOST, _LOOPBACK = "http://127.0.0.1:", "127.0.0.1,localhost"

# Each library goes by its own: requests, curl, boto3, Go's and OpenSSL's, Oracle's SDKs and CLI.
_PROXY = ("HTTPS_PROXY", "https_proxy")
_NO_PROXY = ("NO_PROXY", "no_proxy")
_AUTHORITY = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "AWS_CA_BUNDLE", "SSL_CERT_FILE", "OCI_DEFAULT_CERTS_PATH")
_CONFIGURATION = ("OCI_CONFIG_FILE", "OCI_CLI_CONFIG_FILE")
_ALL = (*_PROXY, *_NO_PROXY, *_AUTHORITY, *_CONFIGURATION)


def prepared(port: int, directory: Path) -> dict[str, str]:
    """What a client needs, by the port of the door and the directory of its files."""
    return {
        MARKER: str(directory),
        **dict.fromkeys(_PROXY, f"{_HOST}{port}"),
        **dict.fromkeys(_NO_PROXY, _LOOPBACK),
        **dict.fromkeys(_AUTHORITY, str(directory / CERTIFICATE)),
        **dict.fromkeys(_CONFIGURATION, str(directory / CONFIGURATION)),
    }


def leave(environment: MutableMapping[str, str]) -> None:
    """Takes out of a prepared environment all that points at the door; what was set otherwise since then stays."""
    directory = environment.pop(MARKER, "")
    for name in _ALL if directory else ():
        value = environment.get(name, "")
        if value.startswith((_HOST, f"{directory}/")) or value == _LOOPBACK:
            del environment[name]
