"""What a sound challenge can still lack: checks that need no sandbox.

The loader refuses what breaks the format; this finds what would disappoint a member:
texts left to write or to translate, samples that teach nothing, cases for some seeds
only.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from challenges.alike import check_lessons, check_solutions
from challenges.catalogue_index import Catalogue
from challenges.challenge import LANGUAGES, Bilingual, Challenge
from challenges.errors import FaultLog, InvalidGenerator
from challenges.generated import generated_cases
from challenges.prose import prose_file
from challenges.toml_lines import line_of, lines_by_path
from runner import tables
from runner.job import Call, Profile, Scene

TO_WRITE = "TODO:"

# Spanish takes about a sixth more room than English; beyond these, a part is missing.
MIN_RATIO, MAX_RATIO = 0.75, 1.7
# Shorter texts may well be the same in both languages: a name, a piece of code.
SAME_WORDS = 4
# Too few words tell nothing of their language.
MIN_WORDS = 20
SEEDS = range(1, 6)
WITH_TABLES = frozenset({Profile.DATA, Profile.ML})

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_COMMON_WORDS = {
    "es": set(_WORD.findall("el la los las que una del con para por se y en no es")),
    "en": set(_WORD.findall("the of and is to with for that are an it in on be by")),
}


def lint_catalogue(
    catalogue: Catalogue, root: Path, log: FaultLog, ids: Sequence[str] = ()
) -> None:
    folders = [(one, challenge_folder(one, root)) for one in catalogue.all]
    for challenge, folder in folders:
        if not ids or challenge.id in ids:
            lint_challenge(challenge, folder, log)
    check_solutions(folders, log, ids)


def challenge_folder(challenge: Challenge, root: Path) -> Path:
    return root / f"phase-{challenge.phase}" / challenge.topic / challenge.id


def lint_challenge(challenge: Challenge, folder: Path, log: FaultLog) -> None:
    _check_unwritten(folder, log)
    _check_prose(challenge, folder, log)
    _check_rubric(challenge, folder, log)
    _check_tables(challenge, folder, log)
    _check_samples(challenge, folder, log)
    check_lessons(challenge, folder, log)
    _check_seeds(challenge, folder, log)
    _check_profile(challenge, folder, log)


def _check_unwritten(folder: Path, log: FaultLog) -> None:
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".toml", ".md", ".py"} or not path.is_file():
            continue
        if path.is_relative_to(folder / "data"):
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if TO_WRITE in line:
                rest = line.split(TO_WRITE, 1)[1].strip(" \"'")
                log.add(path, f"still to write: {rest}", number)


def _check_prose(challenge: Challenge, folder: Path, log: FaultLog) -> None:
    texts = {"statement": challenge.statement, "explanation": challenge.explanation}
    for stem, text in texts.items():
        for problem in _twin_problems(text):
            log.add(prose_file(folder, stem, "en"), problem)
        _check_languages(stem, text, folder, log)
    for number, hint in enumerate(challenge.hints, start=1):
        for problem in _twin_problems(hint):
            log.add(prose_file(folder, "hints", "en"), f"hint {number}: {problem}")
    hints = Bilingual(
        es="\n".join(hint.es for hint in challenge.hints),
        en="\n".join(hint.en for hint in challenge.hints),
    )
    _check_languages("hints", hints, folder, log)


def _check_languages(stem: str, text: Bilingual, folder: Path, log: FaultLog) -> None:
    for language in LANGUAGES:
        words = _words(text.in_(language))
        other = "en" if language == "es" else "es"
        own = sum(word in _COMMON_WORDS[language] for word in words)
        foreign = sum(word in _COMMON_WORDS[other] for word in words)
        if len(words) >= MIN_WORDS and foreign > own:
            log.add(prose_file(folder, stem, language), f"reads like {other}")


def _twin_problems(text: Bilingual) -> Iterator[str]:
    words = {language: _words(text.in_(language)) for language in LANGUAGES}
    if words["es"] == words["en"] and len(words["es"]) >= SAME_WORDS:
        yield "es and en are the same text"
    lengths = {lang: sum(map(len, words[lang])) for lang in LANGUAGES}
    if min(map(len, words.values())) < MIN_WORDS:
        return
    ratio = lengths["es"] / lengths["en"]
    if not MIN_RATIO <= ratio <= MAX_RATIO:
        percent = round(ratio * 100)
        yield f"es is {percent} % as long as en: one of them says less"


def _words(text: str) -> list[str]:
    return _WORD.findall(_CODE.sub(" ", text).lower())


def _check_tables(challenge: Challenge, folder: Path, log: FaultLog) -> None:
    texts: list[tuple[str, tuple[str | int, ...], Bilingual]] = [
        ("challenge.toml", ("title",), challenge.title)
    ]
    for number, group in enumerate(challenge.groups):
        texts.append(("challenge.toml", ("group", number, "title"), group.title))
        if group.feedback is not None:
            at = ("group", number, "feedback")
            texts.append(("challenge.toml", at, group.feedback))
    for number, question in enumerate(challenge.questions):
        texts.append(("quiz.toml", ("question", number, "text"), question.text))
        texts.append(("quiz.toml", ("question", number, "why"), question.why))
    for number, criterion in enumerate(challenge.rubric):
        texts.append(("rubric.toml", ("criterion", number), criterion.text))
    for name, key, text in texts:
        for problem in _twin_problems(text):
            path = folder / name
            lines = lines_by_path(path.read_text(encoding="utf-8"))
            log.add(path, f"{key[-1]}: {problem}", line_of(lines, key))


def _check_rubric(challenge: Challenge, folder: Path, log: FaultLog) -> None:
    """Two readers give the same mark where each says what is seen at it."""
    path = folder / "rubric.toml"
    for number, one in enumerate(challenge.rubric):
        missing = [
            f"`{mark}:` in {language}"
            for language in LANGUAGES
            for mark in (one.points, 0)
            if f". {mark}: " not in one.text.in_(language)
        ]
        if missing:
            lines = lines_by_path(path.read_text(encoding="utf-8"))
            at = line_of(lines, ("criterion", number))
            told = ", ".join(missing)
            log.add(path, f"{one.id}: says not what is seen at {told}", at)


def _check_samples(challenge: Challenge, folder: Path, log: FaultLog) -> None:
    names: dict[str, str] = {}
    for sample in challenge.samples:
        path = folder / "submissions" / sample.name
        source = sample.source.strip()
        if source in names:
            log.add(path, f"is the same as {names[source]}")
        names.setdefault(source, sample.name)


def _check_seeds(challenge: Challenge, folder: Path, log: FaultLog) -> None:
    if challenge.generator is None:
        return
    fixed = {case.group for case in challenge.cases}
    needed = {group.id for group in challenge.groups} - fixed
    for seed in SEEDS:
        try:
            cases = generated_cases(
                challenge.generator,
                kind=challenge.kind,
                groups=challenge.groups,
                seed=seed,
            )
        except InvalidGenerator as error:
            log.add(folder / "cases.py", error.problem)
            return
        for group in sorted(needed - {case.group for case in cases}):
            log.add(folder / "cases.py", f"seed {seed} gives `{group}` no case")


def _check_profile(challenge: Challenge, folder: Path, log: FaultLog) -> None:
    if challenge.profile in WITH_TABLES:
        return
    name = "cases.toml" if challenge.generator is None else "cases.py"
    for case in challenge.cases:
        action, expected = case.action, case.expected
        given: list[object] = [action.args] if isinstance(action, Call | Scene) else []
        given += [action.kwargs] if isinstance(action, Call) else []
        if _holds_table([*given, expected.returns, expected.args_after]):
            problem = f"{case.name}: a table needs the profile `data` or `ml`"
            log.add(folder / name, problem)


def _holds_table(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_holds_table, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_holds_table, value))
    return type(value) in tables.KINDS
