"""What of the documents comes from the code: tables, a manifest, a schema."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.chat.names import command_line
from bot.chat.slack.manifest import manifest, written
from bot.chat.slack.scopes import IN_CHANNELS, OPTIONAL, SCOPES, reason_key
from bot.chat.table import COMMANDS
from bot.chat.texts import texts_in
from bot.settings import PREFIX, Settings
from bot.storage.export_schema import export_schema
from runner.hostile.table import sandbox_table


def commands_table() -> str:
    rows = ["| in English | en español | what it does |", "|---|---|---|"]
    english, spanish = texts_in("en"), texts_in("es")
    for spec in COMMANDS:
        if spec.is_listed:
            both = [command_line(texts, spec) for texts in (english, spanish)]
            cells = [f"`{_cell(line)}`" for line in both]
            cells.append(english(f"{spec.key}.about"))
            rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def settings_table() -> str:
    rows = ["| variable | default | what it does |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = (
            ""
            if field.default_factory or field.default in (None, ())
            else field.default
        )
        shown = f"`{default}`" if default != "" else "–"
        rows.append(f"| `{PREFIX}{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows)


def slack_scopes_table() -> str:
    rows = ["| scope | in English | en español |", "|---|---|---|"]
    english, spanish = texts_in("en"), texts_in("es")
    for scope in [*SCOPES, *OPTIONAL, *IN_CHANNELS]:
        key = reason_key(scope)
        rows.append(f"| `{scope}` | {english(key)} | {spanish(key)} |")
    return "\n".join(rows)


SLACK_MANIFEST = "deploy/slack/manifest.json"
EXPORT_SCHEMA = "deploy/privacy/export.schema.json"

SECTIONS: Mapping[str, Callable[[], str]] = {
    "commands": commands_table,
    "settings": settings_table,
    "sandbox": sandbox_table,
    "slack_scopes": slack_scopes_table,
}


def documented(text: str) -> str:
    """The text with each `<!-- name -->…<!-- end -->` section as the code has it."""
    for name, table in SECTIONS.items():
        section = re.compile(f"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        made = table()
        # Called at once, before the loop goes on.
        text = section.sub(lambda found: f"{found[1]}{made}\n{found[2]}", text)  # noqa: B023
    return text


def slack_manifest() -> str:
    return written(manifest(COMMANDS))


def written_schema() -> str:
    return json.dumps(export_schema(), indent=2) + "\n"


SHIPPED: Mapping[str, Callable[[], str]] = {
    SLACK_MANIFEST: slack_manifest,
    EXPORT_SCHEMA: written_schema,
}


def write_documents(readme: Path) -> None:
    """And what lies beside it and changes with the same code."""
    readme.write_text(documented(readme.read_text()))
    for name, made in SHIPPED.items():
        shipped = readme.parent / name
        if shipped.exists():
            shipped.write_text(made())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
