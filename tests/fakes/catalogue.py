"""A catalogue of a few challenges, and a judge that knows their answers by heart."""

from dataclasses import replace

from challenges.catalogue_index import Catalogue
from challenges.challenge import (
    Bilingual,
    Challenge,
    Choice,
    Criterion,
    Group,
    Kind,
    Question,
    Sample,
)
from challenges.roadmap import load_roadmap
from runner.job import Call, Case, Expectation, Job
from runner.report import CaseReport, Reason, Report
from runner.verdict import Verdict, overall

RIGHT = "def add(a, b):\n    return a + b\n"
WRONG = "def add(a, b):\n    return a - b\n"
CRASH = "THE JUDGE BREAKS"


def both(es: str, en: str) -> Bilingual:
    return Bilingual(es=es, en=en)


ADD = Challenge(
    id="add-up",
    kind=Kind.FUNCTION,
    phase=1,
    topic="syntax-and-control-flow",
    skills=("types-and-conversions",),
    difficulty=1,
    title=both("Suma de la caja", "Adding up the till"),
    statement=both("Escribe `add`.", "Write `add`."),
    explanation=both("Suma y ya.", "It adds."),
    hints=(both("Pista uno", "Hint one"), both("Pista dos", "Hint two")),
    starter="def add(a, b):\n    ...\n",
    solution=RIGHT,
    groups=(
        Group(
            id="examples",
            title=both("Ejemplos", "Examples"),
            weight=50,
            visible=True,
        ),
        Group(
            id="negative",
            title=both("Negativos", "Negatives"),
            weight=50,
            visible=False,
            feedback=both("Mira los signos.", "Mind the signs."),
        ),
    ),
    cases=(
        Case(
            name="examples-1",
            group="examples",
            visible=True,
            action=Call(function="add", args=(1, 2)),
            expected=Expectation(returns=3, check_returns=True),
        ),
        Case(
            name="negative-1",
            group="negative",
            action=Call(function="add", args=(-71, -4)),
            expected=Expectation(returns=-75, check_returns=True),
        ),
    ),
    samples=(
        Sample(name="right", source=RIGHT, verdict=Verdict.ACCEPTED),
        Sample(name="wrong", source=WRONG, verdict=Verdict.WRONG_ANSWER),
    ),
    digest="d1",
)
NEXT = replace(
    ADD,
    id="add-more",
    difficulty=2,
    title=both("Suma de varias cajas", "Adding up several tills"),
    requires=("add-up",),
)
QUIZ = Challenge(
    id="first-talk",
    kind=Kind.QUIZ,
    phase=7,
    topic="mentoring-and-leadership",
    skills=("mentoring-juniors",),
    difficulty=1,
    title=both("La primera charla", "The first talk"),
    statement=both("Responde.", "Answer."),
    explanation=both("Escucha primero.", "Listen first."),
    questions=(
        Question(
            id="first",
            text=both("¿Qué haces primero?", "What do you do first?"),
            choices=(
                Choice(id="a", text=both("Hablo", "I talk")),
                Choice(id="b", text=both("Escucho", "I listen")),
            ),
            answer="b",
            why=both("Quien escucha entiende.", "Who listens understands."),
        ),
    ),
    digest="d2",
)
REVIEW = Challenge(
    id="open-source",
    kind=Kind.REVIEW,
    phase=7,
    topic="community-contribution",
    skills=("open-source",),
    difficulty=3,
    title=both("Tu aporte", "Your contribution"),
    statement=both("Cuéntalo.", "Tell it."),
    explanation=both("Aporta.", "Contribute."),
    hints=(both("Empieza pequeño", "Start small"),),
    rubric=(Criterion(id="clear", text=both("Claro", "Clear"), points=3),),
    digest="d3",
)


def fake_catalogue() -> Catalogue:
    return Catalogue((ADD, NEXT, QUIZ, REVIEW), load_roadmap())


class FakeJudge:
    """Knows RIGHT and WRONG, and breaks on CRASH; counts how often it was asked."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    async def judge(self, job: Job) -> Report:
        self.jobs.append(job)
        if job.source == CRASH:
            return Report(job_id=job.id, verdict=Verdict.JUDGE_ERROR)
        right = job.source == RIGHT
        cases = tuple(
            CaseReport(
                name=case.name,
                group=case.group,
                visible=case.visible,
                verdict=Verdict.ACCEPTED if right else Verdict.WRONG_ANSWER,
                reason=None if right else Reason.RETURNED_OTHER,
                called=f"add{case.action.args}"
                if isinstance(case.action, Call)
                else "",
                got="0",
                expected=str(case.expected.returns),
            )
            for case in job.cases
        )
        verdict = overall(case.verdict for case in cases)
        return Report(job_id=job.id, verdict=verdict, cases=cases)


def _called(case: Case) -> str:
    return f"add{case.action.args}" if isinstance(case.action, Call) else ""
