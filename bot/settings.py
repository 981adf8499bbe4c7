"""Settings, from the environment and a `.env` file: the one reader of `os.environ`."""

from pathlib import Path
from typing import Annotated, Literal, TypeVar

import platformdirs
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import BadSetting, BadSettings
from bot.setting_checks import (
    RunnerUrls,
    ed25519_key,
    holds_a_secret,
    known_zone,
    long_enough,
    postgres_url,
    public_url,
)
from bot.slack_settings import HIDDEN as SLACK_HIDDEN
from bot.slack_settings import SettingsOfSlack, slack_problems

PREFIX = "CORDADA_"
# Their values are not repeated, not even when they are wrong.
HIDDEN = SLACK_HIDDEN | {
    "database_url",
    "discord_token",
    "runner_secret",
    "runner_urls",
}
_NOT_SET = "(not set)"


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
    runner_secret: Annotated[SecretStr | None, AfterValidator(long_enough)] = Field(
        None,
        description="What bots and runners share, of 16 characters or more: who tells"
        " it may have code judged.",
        examples=["$(openssl rand -hex 32)"],
    )
    runner_secret_file: Annotated[Path | None, AfterValidator(holds_a_secret)] = Field(
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


class Settings(SettingsOfSlack, RunnerSettings):
    """Each field is an environment variable: `CORDADA_` and the name in capitals."""

    database_url: Annotated[SecretStr | None, AfterValidator(postgres_url)] = Field(
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
    web_url: Annotated[str | None, AfterValidator(public_url)] = Field(
        None,
        description="Public address of the web pages, for the links in chat; TLS ends"
        " before Cordada. With it the web chat, which is for this machine, is off.",
        examples=["https://cordada.example"],
    )
    certificate_key_file: Path | None = Field(
        None,
        description="The RSA key (PEM) that signs certificates. By default one is made"
        " in the data folder: keep it, and give the same one to every process.",
        examples=["/run/secrets/cordada-certificates.pem"],
    )
    language: Literal["es", "en"] = Field(
        "en",
        description="Language for members whose platform does not tell theirs.",
        examples=["es"],
    )
    time_zone: Annotated[str, AfterValidator(known_zone)] = Field(
        "UTC",
        description="Zone of the local community: when its day begins.",
        examples=["America/Bogota"],
    )
    discord_token: SecretStr | None = Field(
        None,
        description="The Discord bot's token; with it Cordada joins Discord.",
        examples=["MTA1…"],
    )
    discord_public_key: Annotated[str | None, AfterValidator(ed25519_key)] = Field(
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

    @property
    def certificate_key(self) -> Path:
        return self.certificate_key_file or self.data_folder / "certificates.pem"

    @property
    def is_open_to_others(self) -> bool:
        """Strangers hand in code there: it must be locked in."""
        return self.discord_token is not None or self.is_on_slack


def read_settings() -> Settings:
    """Raises BadSettings with every fault at once."""
    settings = _read(Settings)
    given = {name for name, value in settings if value is not None}
    if problems := slack_problems(given):
        raise BadSettings(
            tuple(
                _bad(name, "(hidden)" if name in given else _NOT_SET, problem)
                for name, problem in problems.items()
            )
        )
    return settings


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
    problem = detail["msg"].removeprefix("Value error, ")
    value = "(hidden)" if field_name in HIDDEN else str(detail["input"])
    return _bad(field_name, value, problem)


def _bad(field_name: str, value: str, problem: str) -> BadSetting:
    example = (Settings.model_fields[field_name].examples or [""])[0]
    return BadSetting(
        name=PREFIX + field_name.upper(),
        value=value,
        problem=problem,
        example=f"{PREFIX}{field_name.upper()}={example}",
    )
