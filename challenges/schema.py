"""The TOML files of a challenge's folder, as FORMAT.md states them."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, field_validator

from challenges.challenge import Bilingual, Kind
from runner.checkers import checker_named
from runner.errors import CheckerError
from runner.job import Limits, Profile
from runner.verdict import Verdict

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MODULE = r"^[a-z][a-z0-9_]*$"
ARTIFACT = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,47}"
Slug = Annotated[StrictStr, Field(pattern=SLUG, max_length=48)]
Text = Annotated[StrictStr, Field(min_length=1)]


class FileModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BothLanguages(FileModel):
    es: Text
    en: Text

    @property
    def bilingual(self) -> Bilingual:
        return Bilingual(es=self.es.strip(), en=self.en.strip())


class GroupTable(FileModel):
    id: Slug
    weight: StrictInt = Field(ge=0, le=1000)
    visible: bool = False
    title: BothLanguages
    feedback: BothLanguages | None = None


class WrongTable(FileModel):
    file: Text
    verdict: Verdict
    fails: tuple[Slug, ...] = Field(min_length=1)


class ImplementationTable(FileModel):
    """A wrong implementation, and the group whose lesson it is."""

    file: Text
    group: Slug


class ChallengeFile(FileModel):
    id: Slug
    kind: Kind
    skills: tuple[Slug, ...] = Field(min_length=1)
    difficulty: StrictInt = Field(ge=1, le=5)
    profile: Profile = Profile.BASE
    tags: tuple[Text, ...] = ()
    requires: tuple[Slug, ...] = ()
    title: BothLanguages
    limits: Limits = Limits()
    group: tuple[GroupTable, ...] = ()
    wrong: tuple[WrongTable, ...] = ()
    artifact: StrictStr | None = None
    module: StrictStr | None = Field(None, pattern=MODULE, max_length=48)
    implementation: tuple[ImplementationTable, ...] = ()
    lesson: Mapping[Slug, BothLanguages] = {}

    @field_validator("artifact")
    @classmethod
    def _must_be_a_plain_name(cls, artifact: str | None) -> str | None:
        if artifact is not None and not re.fullmatch(ARTIFACT, artifact):
            raise ValueError(
                f"`{artifact}` is no plain name of a file, such as `query.sql`,"
                " `Dockerfile` or `crontab`, of 48 characters at most"
            )
        return artifact


class CheckerTable(BaseModel):
    """Besides its name, a checker's options."""

    model_config = ConfigDict(frozen=True, extra="allow")

    name: Text

    @property
    def options(self) -> Mapping[str, Any]:
        return self.model_extra or {}


class CaseTable(FileModel):
    """A case of any kind; `challenges.cases` says which keys go together."""

    group: Slug
    checker: StrictStr | CheckerTable | None = None
    call: StrictStr | None = None
    argv: tuple[StrictStr, ...] = ()
    stdin: StrictStr = ""
    files: Mapping[StrictStr, StrictStr] = {}
    scene: StrictStr | None = None
    shows: StrictStr = ""
    returns: StrictStr | None = None
    raises: StrictStr | None = None
    message: StrictStr | None = None
    prints: StrictStr | None = None
    args_after: tuple[StrictStr, ...] | None = None
    stdout: StrictStr | None = None
    exit_status: StrictInt | None = Field(None, ge=0, le=255)
    writes: Mapping[StrictStr, StrictStr] = {}
    writes_bytes: Mapping[StrictStr, StrictStr] = {}

    @field_validator("checker")
    @classmethod
    def _must_exist(
        cls, checker: str | CheckerTable | None
    ) -> str | CheckerTable | None:
        try:
            if isinstance(checker, CheckerTable):
                checker_named(checker.name, checker.options)
            elif checker is not None:
                checker_named(checker, {})
        except CheckerError as error:
            raise ValueError(f"`{error.checker}`: {error.problem}") from None
        return checker


class CasesFile(FileModel):
    case: tuple[CaseTable, ...] = ()


class ChoiceTable(BothLanguages):
    id: Slug


class QuestionTable(FileModel):
    id: Slug
    answer: Slug
    text: BothLanguages
    why: BothLanguages
    choice: tuple[ChoiceTable, ...] = Field(min_length=2, max_length=5)


class QuizFile(FileModel):
    question: tuple[QuestionTable, ...] = Field(min_length=3, max_length=5)


class CriterionTable(BothLanguages):
    id: Slug
    points: StrictInt = Field(ge=1, le=100)


class RubricFile(FileModel):
    criterion: tuple[CriterionTable, ...] = Field(min_length=1, max_length=12)
