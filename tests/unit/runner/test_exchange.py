import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runner import codec
from runner.errors import SandboxFault
from runner.exchange import Answers, order, preface
from runner.harness.frame import BEGUN, PREFACE, STARTED, Preface, framed
from runner.job import Call, Limits, Profile, Run
from runner.sandbox import Work

WORK = Work(
    profile=Profile.BASE, limits=Limits(), source="", actions=(Call(function="f"),)
)
MEASURED: dict[str, object] = {
    "ended": "exit",
    "exit_status": 0,
    "stdout_truncated": False,
    "stderr_truncated": False,
    "cpu_time_s": 0.1,
    "wall_time_s": 0.2,
    "peak_memory_kib": 9000,
}
CLAIM = {"ending": "returned", "value": 3}


def told(result: bytes, **more: object) -> bytes:
    """An answer as a supervisor sends it."""
    parts = [codec.encode({**MEASURED, **more}), b"out", b"err", result]
    return b"".join(map(framed, parts))


def claimed(claim: object) -> bytes:
    return BEGUN + framed(codec.encode(claim))


def ending_of(answer: bytes) -> str:
    answers = Answers(WORK)
    answers.feed(answer)
    [outcome] = answers.outcomes
    return outcome.ending


def test_whose_turn_it_is_stays_outside() -> None:
    work = WORK.model_copy(update={"fair_key": "somebody"})
    assert order(work, alone=True) == order(WORK, alone=True)


def test_an_answer_becomes_an_outcome_however_it_is_cut() -> None:
    answers = Answers(WORK)
    for byte in told(claimed(CLAIM)):
        answers.feed(bytes([byte]))
    [outcome] = answers.outcomes
    assert (outcome.ending, outcome.value, outcome.stdout) == ("returned", 3, "out")
    assert outcome.usage.peak_memory_kib == 9000


@pytest.mark.parametrize(
    ("result", "ending"),
    [
        (BEGUN, "exited"),
        (BEGUN + b"\0", "no_answer"),
        (claimed(CLAIM)[:-1], "no_answer"),
        (claimed(CLAIM) + b"x", "no_answer"),
        (claimed(CLAIM) + claimed(CLAIM), "no_answer"),
        (claimed([]), "no_answer"),
        (claimed({}), "no_answer"),
        (claimed({"ending": "accepted"}), "no_answer"),
        (claimed({"ending": "sandbox_fault"}), "no_answer"),
        (claimed({"ending": "syntax"}), "no_answer"),
        (claimed({"ending": "raised", "error": {"type": 3}}), "no_answer"),
        (claimed({"ending": "raised", "error_bases": [3]}), "no_answer"),
        (claimed({"ending": "returned", "args_after": 3}), "no_answer"),
        (claimed({"ending": "exited", "exit_status": "0"}), "exited"),
        (BEGUN + framed(b"{" * 99_999), "no_answer"),
    ],
)
def test_a_claim_of_another_shape_is_no_answer(result: bytes, ending: str) -> None:
    assert ending_of(told(result)) == ending


@settings(deadline=None)
@given(st.binary())
def test_no_claim_makes_the_host_fail(result: bytes) -> None:
    assert ending_of(told(BEGUN + result)) in {"exited", "no_answer"}


def test_what_the_system_saw_outweighs_the_claim() -> None:
    assert ending_of(told(claimed(CLAIM), exit_status=1)) == "exited"
    assert ending_of(told(claimed(CLAIM), ended="cpu_time")) == "cpu_time"
    assert ending_of(told(claimed(CLAIM), ended="memory")) == "memory"
    died = told(claimed(CLAIM), ended="signal", exit_status=-9)
    assert ending_of(died) == "signalled"


def test_a_child_that_never_started_is_our_fault() -> None:
    with pytest.raises(SandboxFault):
        ending_of(told(b""))


@pytest.mark.parametrize(
    "stream",
    [
        b"\xff" * 100,
        framed(b"no json"),
        framed(codec.encode([])),
        framed(codec.encode({"files": 3})),
        told(BEGUN, ended="accepted"),
        told(BEGUN, exit_status=None),
        told(claimed(CLAIM)) * 2,
    ],
)
def test_what_no_supervisor_writes_is_a_fault(stream: bytes) -> None:
    with pytest.raises(SandboxFault):
        Answers(WORK).feed(stream)


def test_only_before_it_has_begun_a_submission_does_not_compile() -> None:
    assert ending_of(told(claimed({"ending": "syntax"}), exit_status=1)) == "exited"
    assert ending_of(told(STARTED, ended="signal", exit_status=-11)) == "syntax"
    assert ending_of(told(STARTED, ended="cpu_time")) == "cpu_time"


def test_later_cases_that_do_not_begin_are_our_fault() -> None:
    answers = Answers(WORK.model_copy(update={"actions": WORK.actions * 2}))
    answers.feed(told(claimed(CLAIM)))
    with pytest.raises(SandboxFault):
        answers.feed(told(STARTED, exit_status=1))


@pytest.mark.parametrize(
    ("actions", "one"),
    [
        (WORK.actions, True),
        (WORK.actions * 2, False),
        # Only a supervisor within the place reaches its files.
        ((Run(collect=("a",)),), False),
        ((Run(),), True),
    ],
)
def test_a_zygote_is_told_how_many_cases_come(
    actions: tuple[Call | Run, ...],
    one: bool,  # noqa: FBT001
) -> None:
    told = preface(WORK.model_copy(update={"actions": actions}))
    assert Preface(*PREFACE.unpack(told)).one_case is one


def test_source_that_does_not_compile_answers_every_action() -> None:
    work = WORK.model_copy(update={"actions": WORK.actions * 3})
    answers = Answers(work)
    error = {"type": "SyntaxError", "message": "invalid syntax", "line": 1}
    claim = STARTED + framed(codec.encode({"ending": "syntax", "error": error}))
    answers.feed(told(claim, exit_status=1))
    assert answers.complete
    assert [outcome.ending for outcome in answers.outcomes] == ["syntax"] * 3


def test_collected_files_come_by_name() -> None:
    work = WORK.model_copy(update={"actions": (Run(collect=("a", "b")),)})
    answers = Answers(work)
    answers.feed(told(BEGUN, files=["b"]) + framed(b"content"))
    [outcome] = answers.outcomes
    assert outcome.files == {"b": b"content"}


def test_a_job_that_no_sandbox_takes_is_refused() -> None:
    work = WORK.model_copy(update={"data": {"x": bytes(60 << 20)}})
    with pytest.raises(SandboxFault):
        order(work, alone=True)
