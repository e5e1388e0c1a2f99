"""Texts packed in every way that is opened, and in ways that are not, for the tests of what values carry."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

WORDS = b"#!/bin/sh\noci os object put --region eu-madrid-1 -bn x\n"


def base64(data: bytes) -> str:
    return b64encode(data).decode()


def mime(part: MIMEText | MIMEApplication) -> bytes:
    whole = MIMEMultipart()
    whole.attach(MIMEText("#!/bin/sh\n", "x-shellscript", "utf-8"))
    whole.attach(part)
    return whole.as_bytes()


def zipped(data: bytes, name: str = "run.sh") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("harmless.txt", "nothing")
        archive.writestr(name, data)
    return file.getvalue()


def encrypted(archive: bytes) -> bytes:
    """An archive whose entries say that they are encrypted."""
    marked = bytearray(archive)
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = marked.find(start)
        while found >= 0:
            marked[found + at] |= 1
            found = marked.find(start, found + 1)
    return bytes(marked)


def tarred(data: bytes, name: str = "run.sh", link: str = "gone") -> bytes:
    """An archive with a directory and a link that leads nowhere in it too."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for kind, named, to in ((tarfile.DIRTYPE, "there", ""), (tarfile.SYMTYPE, "linked", link)):
            entry = tarfile.TarInfo(named)
            entry.type, entry.linkname = kind, to
            archive.addfile(entry)
        for named, content in (("harmless.txt", b"nothing"), (name, data)):
            entry = tarfile.TarInfo(named)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return file.getvalue()


def apart(text: str, size: int = 8) -> str:
    """A text in short pieces with a space between, in which no base64 is seen but by who is told of it."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


QUOTED = b"Content-Type: text/x-shellscript\nContent-Transfer-Encoding: quoted-printable\n\nsee eu-=\nmadrid-1\n"


def written(encoding: str, content: str) -> bytes:
    return f"#cloud-config\nwrite_files:\n- path: /x\n  encoding: {encoding}\n  content: {content}\n".encode()


OPENED: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "gzip": gzip.compress,
    "gzip in two members": lambda data: gzip.compress(b"#!/bin/sh\n") + gzip.compress(data),
    "gzip with zeros after it": lambda data: gzip.compress(data) + bytes(512),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "gzip of gzip": lambda data: gzip.compress(gzip.compress(data)),
    "zip": zipped,
    "tar": tarred,
    "tar in gzip": lambda data: gzip.compress(tarred(data)),
    "a part of a message": lambda data: mime(MIMEText(data.decode(), "x-shellscript", "utf-8")),
    "a packed part of a message": lambda data: mime(MIMEApplication(gzip.compress(data), "gzip")),
    "a plain part of a message": lambda data: mime(MIMEText(data.decode(), "x-shellscript", "us-ascii")),
    "a file that cloud-init writes": lambda data: written("b64", base64(data)),
    "a packed file that cloud-init writes": lambda data: written("gz+b64", base64(gzip.compress(data))),
    "a part of another configuration": lambda data: (
        b"#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    "
        + written("gzip+base64", base64(gzip.compress(data))).replace(b"\n", b"\n    ")
    ),
    "binary of YAML": lambda data: b"#cloud-config\nx: !!binary '" + apart(base64(data)).encode() + b"'\n",
    "a quoted part of a message": lambda _: QUOTED,
    "a name in a zip": lambda _: zipped(b"nothing", "eu-madrid-1.txt"),
    "a name in a tar": lambda _: tarred(b"nothing", "eu-madrid-1.txt"),
    "a link in a tar": lambda _: tarred(b"nothing", link="../eu-madrid-1"),
    **{
        f"a file that cloud-init writes from {encoding}": lambda data, encoding=encoding, pack=pack: written(
            encoding, f"'{apart(base64(pack(data)))}'"
        )
        for encoding, pack in {
            "b64": bytes,
            "base64": bytes,
            "' B64 '": bytes,
            "gz+b64": gzip.compress,
            "gz+base64": gzip.compress,
            "gzip+b64": gzip.compress,
            "gzip+base64": gzip.compress,
        }.items()
    },
    "a configuration in a configuration": lambda data: (
        b"#cloud-config\nx: |\n\n  " + written("b64", f"'{apart(base64(data))}'").replace(b"\n", b"\n  ")
    ),
    "a configuration after an empty line": lambda data: b"\n" + written("b64", f"'{apart(base64(data))}'"),
    "base64 of base64": b64encode,
    "base64 in lines": lambda data: (
        b"data:\n" + b"\n".join(b64encode(gzip.compress(data, mtime=0))[at : at + 76] for at in range(0, 4_000, 76))
    ),
    "base64 in JSON": lambda data: b'{"kind": "Secret", "data": {"x": "' + b64encode(data) + b'"}}',
    "base64 of URLs in a word": lambda data: b"TOKEN=" + urlsafe_b64encode(data).rstrip(b"=") + b"\n",
    "escapes of JSON": lambda data: data.replace(b"eu", rb"\u0065u"),
    "a mark of the order of bytes": lambda data: b"\xef\xbb\xbf" + data,
}

UNOPENED: dict[str, tuple[str, str]] = {
    "a strange character": ("!" + base64(WORDS), "isn't base64 throughout"),
    "no base64": ("eu-madrid-1, please", "isn't base64 throughout"),
    "gzip that is cut short": (base64(gzip.compress(WORDS)[:-9]), "is compressed, and cut short"),
    "gzip that is damaged": (
        base64(b"\x1f\x8bno gzip at all"),
        "is compressed or an archive, and damaged or encrypted",
    ),
    "more after gzip": (base64(gzip.compress(b"x") + b"more"), "goes on after what is compressed in it"),
    "too much": (base64(gzip.compress(b"x" * 5_000_000)), "carries more than is opened"),
    "no text": (base64(bytes(range(256))), "carries what is neither text nor packed in a form that is opened"),
    "text in UTF-16": (
        base64("see".encode("utf-16")),
        "carries what is neither text nor packed in a form that is opened",
    ),
    **{
        f"the control character {at}": (
            base64(b"a" + bytes([at]) + b"b"),
            "carries what is neither text nor packed in a form that is opened",
        )
        for at in (0, 8, 14, 26, 28, 31, 127)
    },
    "a damaged archive": (base64(b"PK\x03\x04nothing"), "is compressed or an archive, and damaged or encrypted"),
    "a configuration that is no YAML": (
        base64(b"#cloud-config\nencoding: [b"),
        "is a configuration of cloud-init that can't be read",
    ),
    "a file in another encoding": (
        base64(written("rot13", "nothing")),
        "has a file for cloud-init to write in an encoding that isn't opened",
    ),
    "bzip2 that is damaged": (base64(b"BZh9 no bzip2"), "is compressed or an archive, and damaged or encrypted"),
    "xz that is damaged": (
        base64(lzma.compress(WORDS)[:20] + bytes(40)),
        "is compressed or an archive, and damaged or encrypted",
    ),
    "an archive that is encrypted": (
        base64(encrypted(zipped(WORDS))),
        "is compressed or an archive, and damaged or encrypted",
    ),
    "a tar that is damaged": (base64(bytes(257) + b"ustar"), "is compressed or an archive, and damaged or encrypted"),
    "a damaged part of a message": (
        base64(b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!\n"),
        "is a MIME message with a damaged part",
    ),
    "a configuration with a day that there isn't": (
        base64(b"#cloud-config\nencoding: 2026-13-45\n"),
        "is a configuration of cloud-init that can't be read",
    ),
    "a configuration without an end": (
        base64(b"#cloud-config\nencoding: " + b"[" * 100_000 + b"]" * 100_000),
        "is a configuration of cloud-init that can't be read",
    ),
    "a configuration of lists in lists without an end": (
        base64(b"#cloud-config\nencoding:\n" + b"- " * 100_000 + b"a\n"),
        "is a configuration of cloud-init that can't be read",
    ),
    "a file that isn't in its encoding": (base64(written("b64", "'?!'")), "isn't base64 throughout"),
}
