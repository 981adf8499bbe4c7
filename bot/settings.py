"""Settings, from the environment and a `.env` file: the one reader of `os.environ`."""

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.calendar import is_zone
from bot.errors import BadSetting, BadSettings

PREFIX = "CORDADA_"


def _known_zone(name: str) -> str:
    if not is_zone(name):
        raise ValueError("is no time zone of the IANA database")
    return name


def _postgres_url(url: SecretStr | None) -> SecretStr | None:
    schemes = ("postgresql://", "postgres://")
    if url is not None and not url.get_secret_value().startswith(schemes):
        raise ValueError("must start with postgresql://")
    try:
        _ = url and urlsplit(url.get_secret_value()).port
    except ValueError:
        raise ValueError("has a host or a port that cannot be read") from None
    return url


def _ed25519_key(key: str | None) -> str | None:
    if key is not None and not re.fullmatch(r"[0-9a-fA-F]{64}", key):
        raise ValueError("is not 64 hexadecimal digits")
    return key


class Settings(BaseSettings):
    """Each field is an environment variable: `CORDADA_` and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True
    )

    database_url: Annotated[SecretStr | None, AfterValidator(_postgres_url)] = Field(
        None,
        description="PostgreSQL 15 or later to use in place of the embedded server.",
        examples=["postgresql://cordada:secret@db.example:5432/cordada"],
    )
    data_folder: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("cordada"),
        description="Where the embedded database keeps its files.",
        examples=["/var/lib/cordada"],
    )
    sandbox: Literal["auto", "docker", "process"] = Field(
        "auto",
        description="Where submissions run: `docker`, `process` (limits only, to try"
        " Cordada alone), or `auto`: Docker when an engine answers.",
        examples=["docker"],
    )
    sandbox_runtime: str | None = Field(
        None,
        description="OCI runtime of the containers, by the engine's name for it;"
        " `runsc` is gVisor. By default the engine's own, mostly `runc`.",
        examples=["runsc"],
    )
    judging_concurrency: int = Field(
        2,
        ge=1,
        le=64,
        description="Submissions that this process judges at once.",
        examples=["2"],
    )
    submissions_per_minute: int = Field(
        6,
        ge=1,
        le=1000,
        description="Submissions that one person may hand in within a minute.",
        examples=["6"],
    )
    web_host: str = Field(
        "127.0.0.1",
        description="Address that the web pages listen on. The web chat asks nobody for"
        " a password: keep it on this machine.",
        examples=["127.0.0.1"],
    )
    web_port: int = Field(
        8000,
        ge=1,
        le=65535,
        description="Port of the web pages; when it is taken, the next free one.",
        examples=["8080"],
    )
    language: Literal["es", "en"] = Field(
        "en",
        description="Language for members whose platform does not tell theirs.",
        examples=["es"],
    )
    time_zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        "UTC",
        description="Zone of the local community: when its day begins.",
        examples=["America/Bogota"],
    )
    discord_token: SecretStr | None = Field(
        None,
        description="The Discord bot's token; with it Cordada joins Discord.",
        examples=["MTA1…"],
    )
    discord_public_key: Annotated[str | None, AfterValidator(_ed25519_key)] = Field(
        None,
        description="The Discord application's public key. With it commands come over"
        " HTTP, at `/discord/interactions`, and messages to the bot are not read.",
        examples=["9f1c0e5d…"],
    )
    discord_channel: str = Field(
        "cordada",
        description="Name of the channel in each Discord server that news are for.",
        examples=["python"],
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning",
        description="Least severe log line to write, on standard error.",
        examples=["info"],
    )
    log_format: Literal["console", "json"] = Field(
        "console",
        description="`json` for machines that collect logs.",
        examples=["json"],
    )


def read_settings() -> Settings:
    """Raises BadSettings with every fault at once."""
    try:
        return Settings()
    except ValidationError as error:
        raise BadSettings(tuple(map(_fault, error.errors()))) from None


def _fault(detail: ErrorDetails) -> BadSetting:
    field_name = str(detail["loc"][0])
    field = Settings.model_fields[field_name]
    is_secret = field_name in {"database_url", "discord_token"}
    example = (field.examples or [""])[0]
    return BadSetting(
        name=PREFIX + field_name.upper(),
        value="(hidden)" if is_secret else str(detail["input"]),
        problem=detail["msg"].removeprefix("Value error, "),
        example=f"{PREFIX}{field_name.upper()}={example}",
    )
