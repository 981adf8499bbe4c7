"""Two that should differ: solutions of challenges, and the lessons of mistakes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from challenges.challenge import Challenge, Sample
from challenges.errors import FaultLog
from challenges.normalised import tokens
from challenges.toml_lines import line_of, lines_by_path
from runner.verdict import Verdict

Shape = tuple[tuple[str, ...], ...]
Shipped = tuple[Challenge, Sample, Path]


def check_solutions(
    folders: Sequence[tuple[Challenge, Path]], log: FaultLog, ids: Sequence[str] = ()
) -> None:
    """A solution with other names and numbers is no second challenge.

    All are compared, and only those of `ids` told, of all by default.
    """
    by_shape: defaultdict[Shape, list[Shipped]] = defaultdict(list)
    for challenge, folder in folders:
        for sample in challenge.samples:
            if sample.verdict is Verdict.ACCEPTED:
                path = folder / "submissions" / sample.name
                by_shape[_shape(sample)].append((challenge, sample, path))
    for same in by_shape.values():
        for challenge, _, path in same:
            others = [
                f"{other.id}/{sample.name}"
                for other, sample, _ in same
                if other.id != challenge.id
            ]
            if others and (not ids or challenge.id in ids):
                message = f"names and literals aside, the same as {', '.join(others)}"
                log.add(path, message)


def _shape(sample: Sample) -> Shape:
    # In whatever order functions stand.
    return tuple(
        sorted(tuple(one.text for one in unit) for unit in tokens(sample.source))
    )


def check_lessons(challenge: Challenge, folder: Path, log: FaultLog) -> None:
    """Those who hand in two different mistakes should read two different lessons.

    A warning: now and then two plausible mistakes are two ways into one, and a lesson
    of `checker.py` or the error's own message may still part them.
    """
    seen: dict[frozenset[str], str] = {}
    path = folder / "challenge.toml"
    wrong = [one for one in challenge.samples if one.verdict is not Verdict.ACCEPTED]
    lines: Mapping[tuple[str | int, ...], int] = {}
    for number, sample in enumerate(wrong):
        earlier = seen.setdefault(frozenset(sample.fails), sample.name)
        if earlier != sample.name:
            lines = lines or lines_by_path(path.read_text(encoding="utf-8"))
            message = f"{sample.name} fails the same groups as {earlier}"
            log.add_warning(path, message, line_of(lines, ("wrong", number, "fails")))
