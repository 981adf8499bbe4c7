"""The documents say what the code does."""

import re
from pathlib import Path

import pytest

from bot.chat.names import command_name
from bot.chat.table import COMMANDS
from bot.chat.texts import texts_in
from bot.documents import SHIPPED, documented
from bot.metrics import Metrics
from bot.settings import PREFIX, Settings
from runner.matching import FAILURES
from runner.service.metrics import RunnerMetrics
from runner.verdict import PRECEDENCE, Verdict

ROOT = Path(__file__).parents[2]


def read(name: str) -> str:
    return (ROOT / name).read_text()


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md", "deploy/slack.md"])
def test_the_tables_of_a_document_are_as_the_code_has_them(name: str) -> None:
    assert documented(read(name)) == read(name), f"cordada documents {name}"


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_shipped_is_as_the_code_has_it(name: str) -> None:
    assert read(name) == SHIPPED[name](), "cordada documents"


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_command_is_in_the_readme_in_both_languages(language: str) -> None:
    texts = texts_in(language)
    named = [command_name(texts, spec) for spec in COMMANDS if spec.is_listed]
    assert [name for name in named if f"`{name}" not in read("README.md")] == []


def test_every_setting_is_in_the_readme() -> None:
    variables = [f"`{PREFIX}{name.upper()}`" for name in Settings.model_fields]
    assert [name for name in variables if name not in read("README.md")] == []


def test_every_setting_says_what_it_does_and_has_an_example() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.examples, name


def test_every_verdict_is_in_the_readme() -> None:
    assert [one for one in Verdict if one not in read("README.md")] == []


def test_the_architecture_has_the_verdicts_in_their_precedence() -> None:
    table = read("ARCHITECTURE.md").split("## Which verdict")[1].split("##")[0]
    told = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert told == [verdict.value for verdict in PRECEDENCE]


def test_each_bound_is_in_the_architecture_by_verdict_and_reason() -> None:
    table = read("ARCHITECTURE.md").split("## Which verdict")[1]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", table, re.MULTILINE))
    lost = [
        reason
        for verdict, reason in FAILURES.values()
        if f"`{reason}`" not in rows[verdict] and verdict is not Verdict.WRONG_ANSWER
    ]
    assert lost == []


def test_every_metric_is_in_the_architecture() -> None:
    families = [
        family.name
        for metrics in (Metrics(), RunnerMetrics())
        for family in metrics.registry.collect()
    ]
    assert [one for one in families if one not in read("ARCHITECTURE.md")] == []


def test_every_document_that_is_linked_is_there() -> None:
    names = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"]
    for name in names:
        for target in read(name).split("](")[1:]:
            path = target.split(")")[0].split("#")[0]
            if path and "://" not in path:
                assert (ROOT / path).exists(), f"{name}: {path}"
