"""The Markdown files of a challenge: each text twice, one file a language."""

import re
from pathlib import Path

from challenges.challenge import LANGUAGES, Bilingual
from challenges.errors import FaultLog

_RULE = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)
MIN_HINTS = 3


def read_prose(folder: Path, stem: str, log: FaultLog) -> Bilingual | None:
    texts = {language: _read(folder, stem, language, log) for language in LANGUAGES}
    if texts["es"] is None or texts["en"] is None:
        return None
    return Bilingual(es=texts["es"], en=texts["en"])


def read_hints(folder: Path, log: FaultLog) -> tuple[Bilingual, ...]:
    both = read_prose(folder, "hints", log)
    if both is None:
        return ()
    ladders = {language: _steps(both.in_(language)) for language in LANGUAGES}
    for language, steps in ladders.items():
        if len(steps) < MIN_HINTS:
            message = f"has {len(steps)} hints; {MIN_HINTS} or more, parted by `---`"
            log.add(prose_file(folder, "hints", language), message)
    if len(ladders["es"]) != len(ladders["en"]):
        counts = f"{len(ladders['es'])} hints in es, {len(ladders['en'])} in en"
        log.add(prose_file(folder, "hints", "en"), f"{counts}: they must match")
        return ()
    pairs = zip(ladders["es"], ladders["en"], strict=True)
    return tuple(Bilingual(es=es, en=en) for es, en in pairs)


def prose_file(folder: Path, stem: str, language: str) -> Path:
    return folder / f"{stem}.{language}.md"


def _read(folder: Path, stem: str, language: str, log: FaultLog) -> str | None:
    path = prose_file(folder, stem, language)
    text = read_text(path, log)
    if text is None:
        return None
    if not text.strip():
        log.add(path, "the file is empty")
        return None
    return text.strip()


def read_text(path: Path, log: FaultLog) -> str | None:
    """None after a fault."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        log.add(path, "the file is missing")
    except UnicodeDecodeError as error:
        log.add(path, f"the file is not UTF-8: byte {error.start}")
    return None


def _steps(text: str) -> list[str]:
    # A rule inside a fence would be code, but no hint needs one.
    return [step.strip() for step in _RULE.split(text) if step.strip()]
