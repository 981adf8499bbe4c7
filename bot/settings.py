"""Settings, from the environment and a `.env` file: the one reader of `os.environ`."""

import re
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

import platformdirs
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.calendar import is_zone
from bot.errors import BadSetting, BadSettings

PREFIX = "CORDADA_"
# 64 random bits in hexadecimal: beyond guessing over a network.
SECRET_LENGTH = 16
# Their values are not repeated, not even when they are wrong.
HIDDEN = frozenset(
    {
        "database_url",
        "discord_token",
        "runner_secret",
        "runner_urls",
        "slack_app_token",
        "slack_bot_token",
        "slack_signing_secret",
    }
)


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


def _long_enough(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and len(secret.get_secret_value()) < SECRET_LENGTH:
        raise ValueError(f"must have {SECRET_LENGTH} characters or more")
    return secret


def _holds_a_secret(path: Path | None) -> Path | None:
    if path is not None:
        try:
            _long_enough(SecretStr(path.read_text().strip()))
        except (OSError, UnicodeDecodeError) as fault:
            raise ValueError(f"cannot be read: {fault}") from None
    return path


def _separated(urls: object) -> object:
    return tuple(urls.replace(",", " ").split()) if isinstance(urls, str) else urls


def _runner_urls(urls: tuple[str, ...]) -> tuple[str, ...]:
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
    BeforeValidator(_separated),
    AfterValidator(_runner_urls),
]


class RunnerSettings(BaseSettings):
    """What `cordada runner` reads: nothing of chats or databases."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True
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
    data_folder: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("cordada"),
        description="Where the embedded database keeps its files, and the `process`"
        " sandbox its profiles' libraries.",
        examples=["/var/lib/cordada"],
    )
    runner_host: str = Field(
        "127.0.0.1",
        description="Address that `cordada runner` listens on. Others than this machine"
        " are only heard with a secret and the `docker` sandbox.",
        examples=["10.0.0.5"],
    )
    runner_port: int = Field(
        8700,
        ge=0,
        le=65535,
        description="Port of `cordada runner`; 0 takes one that is free.",
        examples=["8700"],
    )
    runner_secret: Annotated[SecretStr | None, AfterValidator(_long_enough)] = Field(
        None,
        description="What bots and runners share, of 16 characters or more: who tells"
        " it may have code judged.",
        examples=["$(openssl rand -hex 32)"],
    )
    runner_secret_file: Annotated[Path | None, AfterValidator(_holds_a_secret)] = Field(
        None,
        description="A file that holds that secret, in place of the variable.",
        examples=["/run/secrets/cordada-runner"],
    )
    runner_waiting: int = Field(
        256,
        ge=1,
        le=10_000,
        description="Jobs that may wait in a runner, in turns between members; more are"
        " told to come back (503 with `Retry-After`).",
        examples=["256"],
    )
    runner_drain_s: float = Field(
        25.0,
        ge=0,
        le=600,
        description="Seconds that a runner which is told to end takes for what it has;"
        " Kubernetes kills after 30, `docker stop` after 10.",
        examples=["25"],
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

    @property
    def libraries_folder(self) -> Path:
        return self.data_folder / "sandbox"

    def shared_secret(self) -> str | None:
        """Read anew each time: a file may be replaced while we run."""
        if self.runner_secret is not None:
            return self.runner_secret.get_secret_value()
        if self.runner_secret_file is not None:
            return self.runner_secret_file.read_text().strip()
        return None


class Settings(RunnerSettings):
    """Each field is an environment variable: `CORDADA_` and the name in capitals."""

    database_url: Annotated[SecretStr | None, AfterValidator(_postgres_url)] = Field(
        None,
        description="PostgreSQL 15 or later to use in place of the embedded server.",
        examples=["postgresql://cordada:secret@db.example:5432/cordada"],
    )
    runner_urls: RunnerUrls = Field(
        (),
        description="Runners that judge in place of a sandbox here, parted by commas"
        " or spaces, and balanced over. With it the bot never touches Docker.",
        examples=["http://runner-1:8700,http://runner-2:8700"],
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
    slack_bot_token: SecretStr | None = Field(
        None,
        description="The bot's token of one Slack workspace (`xoxb-`); with it Cordada"
        " joins that workspace.",
        examples=["xoxb-…"],
    )
    slack_app_token: SecretStr | None = Field(
        None,
        description="The Slack application's token (`xapp-`, `connections:write`). With"
        " it Slack is heard by Socket Mode, and no address of ours need be public.",
        examples=["xapp-…"],
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        description="The Slack application's signing secret. With it Slack may speak to"
        " us over HTTP, at `/slack/events`.",
        examples=["8f742231b10e8888abcd99yyyzzz85a5"],
    )
    slack_channel: str = Field(
        "cordada",
        description="Name of the channel in each Slack workspace that news are for;"
        " invite the bot there.",
        examples=["python"],
    )

    @property
    def is_open_to_others(self) -> bool:
        """Strangers hand in code there: it must be locked in."""
        return self.discord_token is not None or self.slack_bot_token is not None


def read_settings() -> Settings:
    """Raises BadSettings with every fault at once."""
    return _read(Settings)


def read_runner_settings() -> RunnerSettings:
    """Raises BadSettings, of what a runner reads alone."""
    return _read(RunnerSettings)


Read = TypeVar("Read", bound=RunnerSettings)


def _read(kind: type[Read]) -> Read:
    try:
        return kind()
    except ValidationError as error:
        raise BadSettings(tuple(map(_fault, error.errors()))) from None


def _fault(detail: ErrorDetails) -> BadSetting:
    field_name = str(detail["loc"][0])
    field = Settings.model_fields[field_name]
    example = (field.examples or [""])[0]
    return BadSetting(
        name=PREFIX + field_name.upper(),
        value="(hidden)" if field_name in HIDDEN else str(detail["input"]),
        problem=detail["msg"].removeprefix("Value error, "),
        example=f"{PREFIX}{field_name.upper()}={example}",
    )
