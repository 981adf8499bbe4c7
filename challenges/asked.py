"""Quizzes and reviews: what is asked instead of code."""

from dataclasses import replace
from pathlib import Path

from challenges.challenge import Challenge, Choice, Criterion, Question
from challenges.errors import FaultLog
from challenges.schema import QuizFile, RubricFile
from challenges.toml_file import TomlFile


def with_questions(challenge: Challenge, folder: Path, log: FaultLog) -> Challenge:
    file = TomlFile(folder / "quiz.toml", QuizFile, log)
    if file.model is None:
        return challenge
    _check_answers(file.model, file)
    questions = tuple(
        Question(
            id=table.id,
            text=table.text.bilingual,
            choices=tuple(
                Choice(id=choice.id, text=choice.bilingual) for choice in table.choice
            ),
            answer=table.answer,
            why=table.why.bilingual,
        )
        for table in file.model.question
    )
    return replace(challenge, questions=questions)


def with_rubric(challenge: Challenge, folder: Path, log: FaultLog) -> Challenge:
    file = TomlFile(folder / "rubric.toml", RubricFile, log)
    if file.model is None:
        return challenge
    tables = file.model.criterion
    for number, table in enumerate(tables):
        if table.id in {other.id for other in tables[:number]}:
            file.fault(
                f"two criteria are called `{table.id}`", "criterion", number, "id"
            )
    rubric = tuple(
        Criterion(id=table.id, text=table.bilingual, points=table.points)
        for table in tables
    )
    return replace(challenge, rubric=rubric)


def _check_answers(quiz: QuizFile, file: TomlFile[QuizFile]) -> None:
    seen: set[str] = set()
    for number, table in enumerate(quiz.question):
        if table.id in seen:
            file.fault(
                f"two questions are called `{table.id}`", "question", number, "id"
            )
        seen.add(table.id)
        ids = [choice.id for choice in table.choice]
        if len(set(ids)) < len(ids):
            file.fault("two choices have the same id", "question", number, "choice")
        if table.answer not in ids:
            message = f"the answer `{table.answer}` is no choice"
            file.fault(message, "question", number, "answer")
