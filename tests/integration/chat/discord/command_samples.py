"""Lists of commands that may not be registered, with the place of the refusal."""

from typing import Any

from tests.fakes.discord.errors import Json


def command(name: str = "trip", **fields: Any) -> Json:
    return {"name": name, "description": "A trip", "type": 1} | fields


def option(name: str = "way", **fields: Any) -> Json:
    return {"name": name, "description": "A way", "type": 3} | fields


def choices(count: int) -> list[Json]:
    return [{"name": str(n), "value": str(n)} for n in range(count)]


def nested(levels: int) -> Json:
    inner = option("leaf", type=1)
    for level in range(levels):
        inner = option(f"l{level}", type=2, options=[inner])
    return inner


def heavy() -> Json:
    """25 options of 100 for the description and 300 for two choices and a name."""
    two = [{"name": f"{n}" * 50, "value": f"{n}" * 50} for n in (1, 2)]
    fields = {"description": "d" * 100, "choices": two}
    options = [option(f"o{n:02}".ljust(32, "x")) | fields for n in range(25)]
    return command(options=options)


REFUSED: dict[str, tuple[list[Json], str]] = {
    "101 commands": ([command(f"c{n}") for n in range(101)], ""),
    "16 menus": ([{"name": f"m{n}", "type": 3} for n in range(16)], ""),
    "a name twice": ([command(), command()], "1"),
    "capitals": ([command("Trip")], "0.name"),
    "a space": ([command("my trip")], "0.name"),
    "33 characters": ([command("x" * 33)], "0.name"),
    "capitals in Spanish": (
        [command(name_localizations={"es-ES": "Viaje"})],
        "0.name_localizations.es-ES",
    ),
    "a locale that is not": (
        [command(name_localizations={"es": "viaje"})],
        "0.name_localizations.es",
    ),
    "no description": ([command(description="")], "0.description"),
    "a long description": ([command(description="x" * 101)], "0.description"),
    "a long description in Spanish": (
        [command(description_localizations={"es-ES": "x" * 101})],
        "0.description_localizations.es-ES",
    ),
    "26 options": (
        [command(options=[option(f"o{n}") for n in range(26)])],
        "0.options",
    ),
    "an option twice": ([command(options=[option(), option()])], "0.options"),
    "the required one last": (
        [command(options=[option(), option("b", required=True)])],
        "0.options",
    ),
    "a subcommand beside an option": (
        [command(options=[option(type=1), option("b")])],
        "0.options",
    ),
    "three levels": ([command(options=[nested(2)])], "0.options.0.options"),
    "26 choices": ([command(options=[option(choices=choices(26))])], "0.options.0"),
    "a long choice": (
        [command(options=[option(choices=[{"name": "x" * 101, "value": "a"}])])],
        "0.options.0.choices.0.name",
    ),
    "choices that complete": (
        [command(options=[option(choices=choices(2), autocomplete=True)])],
        "0.options.0",
    ),
    "over 8000 characters": ([heavy()], "0"),
    "a menu with a description": (
        [{"name": "Judge", "type": 3, "description": "x"}],
        "0",
    ),
}
