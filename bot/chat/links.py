"""Addresses that a reply may lead to."""

from urllib.parse import quote, urlsplit


def web_address(url: str) -> str | None:
    """The same, with whatever could end it quoted; None for what is no web page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    return quote(url, safe="%/:?#@!$&'*+,;=~-._", errors="replace")
