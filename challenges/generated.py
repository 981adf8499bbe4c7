"""Hidden cases made from a member's seed by an author's `cases.py`.

That file is ours, reviewed like all other code here: it runs in this process. What a
member hands in never does.
"""

import random
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from pydantic import ValidationError

from challenges.cases import build_case
from challenges.challenge import Group, Kind
from challenges.errors import InvalidGenerator
from challenges.schema import CaseTable
from runner.job import Case

# A job takes 500 cases; the fixed ones need room as well.
MAX_GENERATED = 400

Generator = Callable[[random.Random], Iterable[Mapping[str, Any]]]


def generated_cases(
    source: str, *, kind: Kind, groups: Iterable[Group], seed: int
) -> tuple[Case, ...]:
    """The same cases for the same seed. Raises InvalidGenerator."""
    hidden = {group.id for group in groups if not group.visible}
    tables = _tables(source, seed)
    return tuple(
        _case(table, kind=kind, hidden=hidden, number=number)
        for number, table in enumerate(tables, start=1)
    )


def _tables(source: str, seed: int) -> list[Mapping[str, Any]]:
    generator = _generator(source)
    # Not for secrets: the same member must meet the same cases again.
    rng = random.Random(seed)  # noqa: S311
    try:
        tables = list(islice(generator(rng), MAX_GENERATED + 1))
    except Exception as error:
        raise InvalidGenerator(f"cases() raised {error!r} for seed {seed}") from error
    if len(tables) > MAX_GENERATED:
        raise InvalidGenerator(f"cases() gives more than {MAX_GENERATED} cases")
    return tables


def _case(raw: Mapping[str, Any], *, kind: Kind, hidden: set[str], number: int) -> Case:
    where = f"generated case {number}"
    try:
        table = CaseTable.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise InvalidGenerator(f"{where}: {key}: {first['msg']}") from None
    if table.group not in hidden:
        raise InvalidGenerator(f"{where}: `{table.group}` is no hidden group")
    problems: list[str] = []
    case = build_case(
        table,
        kind=kind,
        name=f"{table.group}-generated-{number}",
        visible=False,
        complain=lambda key, problem: problems.append(f"{key}: {problem}".strip(": ")),
    )
    if case is None:
        raise InvalidGenerator(f"{where}: {'; '.join(problems)}")
    return case


@lru_cache(maxsize=1024)
def _generator(source: str) -> Generator:
    namespace: dict[str, Any] = {"__name__": "cases"}
    try:
        exec(compile(source, "cases.py", "exec"), namespace)  # noqa: S102
    except Exception as error:
        raise InvalidGenerator(f"cannot be imported: {error!r}") from error
    generator = namespace.get("cases")
    if not callable(generator):
        raise InvalidGenerator("`def cases(rng)` is missing")
    return generator  # type: ignore[no-any-return]
