"""A certificate authority of the home's own: clients go on checking certificates, and find Oracle's hosts behind ours.

It is made once and stays, so that what a shell was told to trust stays true. Nobody trusts it unless told to.
"""

import ssl
from functools import lru_cache
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from rehearsal.doors.api.files import CERTIFICATE, keep, kept
from rehearsal.errors import RehearsalError

_HOSTS = 1024


class Authority:
    """Signs for the name of any host. `certificate` is the file that clients are told to trust."""

    def __init__(self, authority: trustme.CA, certificate: Path) -> None:
        self.certificate = certificate
        self._authority = authority
        self.context = lru_cache(_HOSTS)(self._context)

    @classmethod
    def open(cls, directory: Path) -> "Authority":
        """The authority of a directory, made where there is none.

        Raises:
            RehearsalError: its files can't be read, written or understood.
        """
        certificate, key = directory / CERTIFICATE, directory / "ca-key.pem"
        found, secret = kept(certificate), kept(key)
        if found is None or secret is None:
            return _made(certificate, key)
        try:
            fits = load_pem_x509_certificate(found).public_key() == load_pem_private_key(secret, None).public_key()
            authority = trustme.CA.from_pem(found, secret)
        except (ValueError, TypeError):
            fits = False
        if not fits:
            sentence = f"{certificate} and {key.name} beside it are no authority; remove both to get a new one"
            raise RehearsalError(sentence)
        return cls(authority, certificate)

    def _context(self, host: str) -> ssl.SSLContext:
        """The server's side of TLS for a host."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        self._authority.issue_cert(host, organization_name="Stateside").configure_cert(context)
        return context


def _made(certificate: Path, key: Path) -> Authority:
    authority = trustme.CA(organization_name="Stateside", organization_unit_name="The rehearsal's API door")
    # The certificate goes last: where it is, its own key is.
    certificate.unlink(missing_ok=True)
    keep(key, authority.private_key_pem.bytes())
    keep(certificate, authority.cert_pem.bytes())
    return Authority(authority, certificate)
