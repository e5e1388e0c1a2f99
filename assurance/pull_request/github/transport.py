"""Requests to GitHub's REST API: with the token, again after what passes, and never the token to another host.

A request that only looks, or that can be made twice with the same end, is tried again after an answer of 5xx or none at
all. One that makes something isn't: it may have been made. Where a limit is reached, what GitHub asks to wait for is
waited for, as long as that is short.
Source: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from assurance.pull_request.github.interface import GitHubError, GoneError, RefusedError, UnansweredError

PER_PAGE = 100
_MOST_PAGES = 100
_TRIES = 4
_LONGEST_WAIT = 120.0
_SECONDS = 30.0
_MOST_BYTES = 50_000_000
_TWICE_IS_AS_ONCE = frozenset({"GET", "PATCH"})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

Sleep = Callable[[float], None]
Headers = Message | Mapping[str, str]


class Transport:
    """A connection to one repository's part of the API."""

    def __init__(self, api: str, repository: str, token: str, sleep: Sleep = time.sleep) -> None:
        """`api` is the API's address, `repository` is `OWNER/NAME`.

        Raises:
            GitHubError: the address is none that a token may be sent to.
        """
        parts = urlsplit(api)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise GitHubError("GitHub's address has to begin with https://; set GITHUB_API_URL")
        self._repository = f"{api.rstrip('/')}/repos/{repository}"
        self._token = token
        self._sleep = sleep
        self._opener = urllib.request.build_opener(_NoRedirect)

    def json(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """What an endpoint answers, as JSON."""
        answer, _ = self.send(method, f"{self._repository}/{path}", body)
        try:
            return json.loads(answer or b"null")
        except ValueError:
            raise UnansweredError("GitHub's answer is no JSON; run it again") from None

    def pages(self, path: str, key: str = "", **query: str) -> Iterator[dict[str, Any]]:
        """Every entry of a list, page by page; `key` is where it stands in the answer.

        Raises:
            GitHubError: the list doesn't end.
        """
        for page in range(1, _MOST_PAGES + 1):
            answer = self.json("GET", f"{path}?{urlencode(query | {'per_page': PER_PAGE, 'page': page})}")
            entries = answer[key] if key else answer
            yield from entries
            if len(entries) < PER_PAGE:
                return
        raise GitHubError(f"GitHub's list has more than {_MOST_PAGES * PER_PAGE:,} entries; it was not read to its end")

    def file(self, path: str, most: int) -> bytes:
        """A file that an endpoint leads to, which lies with another host; the token stays here."""
        address: str | None = f"{self._repository}/{path}"
        answer, headers = self.send("GET", str(address), None, most=most)
        address = headers.get("Location")
        if address is None:
            return answer
        parts = urlsplit(address)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise GitHubError("GitHub leads to an address that isn't encrypted; the file was not taken")
        return self.send("GET", address, None, most=most, known=False)[0]

    def send(
        self, method: str, address: str, body: Mapping[str, Any] | None, *, most: int = _MOST_BYTES, known: bool = True
    ) -> tuple[bytes, Headers]:
        """One request, again where that may be."""
        for attempt in range(1, _TRIES + 1):
            try:
                return self._once(method, address, body, most, known)
            except urllib.error.HTTPError as error:
                with error:
                    wait = self._wait(method, error, attempt)
            except (OSError, HTTPException):
                if method not in _TWICE_IS_AS_ONCE:
                    raise UnansweredError("GitHub did not answer; run it again") from None
                wait = float(2**attempt)
            if attempt < _TRIES:
                self._sleep(wait)
        raise UnansweredError(f"GitHub did not answer {_TRIES} times; run it again later")

    def _once(
        self, method: str, address: str, body: Mapping[str, Any] | None, most: int, known: bool
    ) -> tuple[bytes, Headers]:
        headers = {"User-Agent": "stateside"}
        if known:
            headers |= {
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self._token}",
                "X-GitHub-Api-Version": "2022-11-28",
            }
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(address, data, headers, method=method)  # noqa: S310 - checked above
        with self._opener.open(request, timeout=_SECONDS) as answer:
            text: bytes = answer.read(most + 1)
            if len(text) > most:
                raise GitHubError(f"GitHub's answer has more than {most:,} bytes; it was not taken")
            return text, answer.headers

    def _wait(self, method: str, error: urllib.error.HTTPError, attempt: int) -> float:
        """How long to wait before the next try.

        Raises:
            GitHubError: there is no next try.
        """
        if error.code in (404, 410):
            raise GoneError("GitHub doesn't have what was asked for, or doesn't show it to this token") from None
        if error.code in (403, 429) and (wait := _until(error.headers)) is not None:
            if wait > _LONGEST_WAIT or attempt == _TRIES:
                raise GitHubError(f"GitHub's limit of requests is reached for {wait:.0f} s more; run it again then")
            return wait
        if error.code >= 500:
            if method in _TWICE_IS_AS_ONCE:
                return float(2**attempt)
            raise UnansweredError(f"GitHub answered {error.code}; run it again")
        raise RefusedError(f"GitHub refuses {method} with {error.code}; look at the token's permissions")


def _until(headers: Headers) -> float | None:
    """How many seconds GitHub asks to wait; None where it isn't about a limit."""
    after = headers.get("Retry-After", "")
    if after.isdigit():
        return float(after)
    if headers.get("X-RateLimit-Remaining") == "0":
        reset = headers.get("X-RateLimit-Reset", "")
        return max(1.0, float(reset) - time.time()) if reset.isdigit() else 60.0
    return None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Hands a redirect over as an answer: urllib would send the token along."""

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        return fp

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302
