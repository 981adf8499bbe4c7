"""From a folder of files to a Challenge, or to all that is wrong with it.

catalogue/phase-<n>/<topic id>/<challenge id>/     the layout is FORMAT.md's
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from challenges.asked import with_questions, with_rubric
from challenges.catalogue_index import Catalogue
from challenges.challenge import Bilingual, Challenge, Kind
from challenges.coded import suffix_of, with_code
from challenges.errors import FaultLog, InvalidChallenge
from challenges.prose import prose_file, read_hints, read_prose
from challenges.requirements import check_requirements
from challenges.roadmap import Roadmap, load_roadmap
from challenges.schema import ChallengeFile
from challenges.toml_file import TomlFile

CATALOGUE_FOLDER = Path(__file__).parent / "catalogue"

_ASKED = {Kind.QUIZ, Kind.REVIEW}
_TEXTS = {
    f"{stem}.{language}.md"
    for stem in ("statement", "hints", "explanation")
    for language in ("es", "en")
}
_CODE_FILES = {"cases.toml", "cases.py", "scenario.py", "checker.py"} | {
    "data",
    "submissions",
}
_SUITE_FILES = {"implementations", "submissions", "data"}


def load_catalogue(root: Path = CATALOGUE_FOLDER) -> Catalogue:
    """Raises InvalidChallenge with the faults of all challenges."""
    catalogue, faults = read_catalogue(root)
    if faults:
        raise InvalidChallenge(faults.faults)
    return catalogue


def read_catalogue(root: Path = CATALOGUE_FOLDER) -> tuple[Catalogue, FaultLog]:
    """The challenges that are sound, and the faults of those that are not."""
    roadmap = load_roadmap()
    log = FaultLog()
    found: dict[str, Challenge] = {}
    folders: dict[str, Path] = {}
    for folder in challenge_folders(root):
        if folder.name in folders:
            # The id is the folder's name, so two folders are two of one id.
            message = f"`{folder.name}` is also in {folders[folder.name]}"
            log.add(folder / "challenge.toml", message)
            continue
        folders[folder.name] = folder
        try:
            found[folder.name] = load_challenge(folder, roadmap)
        except InvalidChallenge as error:
            log.faults.extend(error.faults)
    check_requirements(found, folders, log)
    return Catalogue(tuple(found.values()), roadmap), log


def challenge_folders(root: Path) -> list[Path]:
    """Folders at the depth of challenges, whatever they hold."""
    return sorted(
        path
        for path in root.glob("phase-*/*/*")
        if path.is_dir() and not path.name.startswith((".", "_"))
    )


def load_challenge(folder: Path, roadmap: Roadmap | None = None) -> Challenge:
    """Raises InvalidChallenge with every fault of the folder."""
    log = FaultLog()
    toml = TomlFile(folder / "challenge.toml", ChallengeFile, log)
    statement = read_prose(folder, "statement", log)
    explanation = read_prose(folder, "explanation", log)
    if toml.model is None:
        raise InvalidChallenge(log.faults)
    _check_place(folder, toml, roadmap or load_roadmap())
    _check_files(folder, toml.model, log)
    _check_titles(statement, folder, log)
    challenge = Challenge(
        id=toml.model.id,
        kind=toml.model.kind,
        phase=_phase_of(folder),
        topic=folder.parent.name,
        skills=toml.model.skills,
        difficulty=toml.model.difficulty,
        title=toml.model.title.bilingual,
        statement=statement or Bilingual(es="", en=""),
        explanation=explanation or Bilingual(es="", en=""),
        hints=() if toml.model.kind is Kind.QUIZ else read_hints(folder, log),
        profile=toml.model.profile,
        limits=toml.model.limits,
        tags=toml.model.tags,
        requires=toml.model.requires,
        digest=_digest(folder),
    )
    challenge = _with_parts(challenge, folder, toml, log)
    if log:
        raise InvalidChallenge(log.faults)
    return challenge


def _with_parts(
    challenge: Challenge, folder: Path, toml: TomlFile[ChallengeFile], log: FaultLog
) -> Challenge:
    kind = challenge.kind
    if kind not in _ASKED:
        return with_code(challenge, folder, toml, log)
    for key in ("group", "wrong", "limits", "artifact", "module", "lesson"):
        if toml.model is not None and key in toml.model.model_fields_set:
            toml.fault(f"{key}: has no meaning for kind {kind}", key)
    if kind is Kind.QUIZ:
        return with_questions(challenge, folder, log)
    return with_rubric(challenge, folder, log)


def _phase_of(folder: Path) -> int:
    found = re.fullmatch(r"phase-([1-9])", folder.parent.parent.name)
    return int(found[1]) if found else 0


def _check_place(folder: Path, toml: TomlFile[ChallengeFile], roadmap: Roadmap) -> None:
    assert toml.model is not None  # noqa: S101 (the caller has a valid file)
    if toml.model.id != folder.name:
        toml.fault(f"id: `{toml.model.id}` is not the folder's name", "id")
    topic = roadmap.topics_by_id.get(folder.parent.name)
    if topic is None:
        toml.fault(f"the folder `{folder.parent.name}` is no topic of the roadmap")
        return
    if topic.phase != _phase_of(folder):
        toml.fault(f"topic `{topic.id}` belongs in phase-{topic.phase}")
    for number, skill_id in enumerate(toml.model.skills):
        if skill_id in {skill.id for skill in topic.skills}:
            continue
        known = skill_id in roadmap.skills_by_id
        problem = (
            f"belongs to topic `{roadmap.topic_of(skill_id).id}`"
            if known
            else (
                f"is not in the roadmap; this topic has "
                f"{', '.join(skill.id for skill in topic.skills)}"
            )
        )
        toml.fault(f"skills: `{skill_id}` {problem}", "skills", number)


def _check_files(folder: Path, file: ChallengeFile, log: FaultLog) -> None:
    """A file that nothing reads is a file whose name is mistyped."""
    kind = file.kind
    allowed = {"challenge.toml"} | _TEXTS
    if kind is Kind.QUIZ:
        allowed = {name for name in allowed if not name.startswith("hints")}
        allowed |= {"quiz.toml"}
    elif kind is Kind.REVIEW:
        allowed |= {"rubric.toml"}
    else:
        allowed |= {f"starter{suffix_of(file)}"}
        allowed |= _SUITE_FILES if kind is Kind.TESTS else _CODE_FILES
    for path in sorted(folder.iterdir()):
        if path.name not in allowed and not path.name.startswith((".", "__")):
            log.add(path, f"is no file of a challenge of kind {kind}")


def _check_titles(statement: Bilingual | None, folder: Path, log: FaultLog) -> None:
    for language in ("es", "en"):
        if statement is not None and statement.in_(language).startswith("# "):
            path = prose_file(folder, "statement", language)
            log.add(path, "has a title; the title stands in challenge.toml")


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in _files(folder):
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    paths: Iterable[Path] = sorted(folder.rglob("*"))
    return (
        path for path in paths if path.is_file() and "__pycache__" not in path.parts
    )
