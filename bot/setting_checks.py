"""What a setting's value must be: checks that say what is wrong with one."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from bot.domain.calendar import is_zone

# 64 random bits in hexadecimal: beyond guessing over a network.
SECRET_LENGTH = 16

# Names by which a machine calls itself.
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


def known_zone(name: str) -> str:
    if not is_zone(name):
        raise ValueError("is no time zone of the IANA database")
    return name


def postgres_url(url: SecretStr | None) -> SecretStr | None:
    schemes = ("postgresql://", "postgres://")
    if url is not None and not url.get_secret_value().startswith(schemes):
        raise ValueError("must start with postgresql://")
    try:
        _ = url and urlsplit(url.get_secret_value()).port
    except ValueError:
        raise ValueError("has a host or a port that cannot be read") from None
    return url


def ed25519_key(key: str | None) -> str | None:
    if key is not None and not re.fullmatch(r"[0-9a-fA-F]{64}", key):
        raise ValueError("is not 64 hexadecimal digits")
    return key


def long_enough(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and len(secret.get_secret_value()) < SECRET_LENGTH:
        raise ValueError(f"must have {SECRET_LENGTH} characters or more")
    return secret


def beginning_with(
    *starts: str,
) -> Callable[[SecretStr | None], SecretStr | None]:
    """For tokens that are easily taken for one another."""

    def begins(secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not secret.get_secret_value().startswith(starts):
            raise ValueError(f"must start with {' or '.join(starts)}")
        return secret

    return begins


def holds_a_secret(path: Path | None) -> Path | None:
    if path is not None:
        try:
            long_enough(SecretStr(path.read_text().strip()))
        except (OSError, UnicodeDecodeError) as fault:
            raise ValueError(f"cannot be read: {fault}") from None
    return path


def separated(urls: object) -> object:
    return tuple(urls.replace(",", " ").split()) if isinstance(urls, str) else urls


def runner_urls(urls: tuple[str, ...]) -> tuple[str, ...]:
    for url in urls:
        try:
            parts = urlsplit(url)
            _ = parts.port
        except ValueError:
            raise ValueError("has a host or a port that cannot be read") from None
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("must each start with http:// or https:// and a host")
        if parts.username or parts.query or parts.fragment:
            raise ValueError("must have no user, query or fragment")
    return tuple(dict.fromkeys(url.rstrip("/") for url in urls))


RunnerUrls = Annotated[
    tuple[str, ...],
    # Not JSON, as tuples usually are.
    NoDecode,
    BeforeValidator(separated),
    AfterValidator(runner_urls),
]


def public_url(url: str | None) -> str | None:
    if not url:
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ValueError("has a host or a port that cannot be read") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must start with http:// or https:// and have a host")
    if parts.scheme == "http" and not is_local(url):
        raise ValueError("must start with https://: people sign in there")
    if parts.username or parts.query or parts.fragment or parts.path.strip("/"):
        raise ValueError("must have no user, path, query or fragment")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def is_local(url: str) -> bool:
    """Whether nobody but this machine can follow it."""
    return urlsplit(url).hostname in LOCAL_HOSTS
