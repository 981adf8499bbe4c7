"""Both languages say everything, and the code asks for nothing that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from bot.chat.command import CommandSpec, Option, OptionKind, Platform
from bot.chat.commands.mentor_session import TOLD
from bot.chat.commands.settings_days import NO_DAY, REST, WEEKDAYS
from bot.chat.discord.permissions import CALL_ROLES, NEEDED
from bot.chat.lacks import LackKind
from bot.chat.pairing_notices import SIDED
from bot.chat.reply import SpanStyle, Words
from bot.chat.slack.scopes import IN_CHANNELS, OPTIONAL, SCOPES, reason_key
from bot.chat.table import COMMANDS
from bot.chat.texts import LANGUAGES, LOCALE_FOLDER, read_catalogue, texts_in
from bot.domain.again import ReturnReason
from bot.domain.audit import AuditAct
from bot.domain.badge import BADGES
from bot.domain.certificate import Revocation
from bot.domain.leaderboard import Period
from bot.domain.leadership import Evidence
from bot.domain.mastery import SkillState
from bot.domain.notice import NoticeKind
from bot.domain.pairing.cost import PairTerm
from bot.domain.pairing.filters import Obstacle
from bot.domain.pairing.hearing import HIGHEST_RATING, LOWEST_RATING, CheckInAnswer
from bot.domain.pairing.life import EndReason
from bot.domain.progression import Way
from bot.domain.review import Decision, RequestKind, ReviewRequestState
from bot.domain.review_queue import Hindrance
from bot.domain.review_rubric import CodeCriterion
from bot.domain.review_worth import Worthless
from bot.domain.score import Term
from bot.domain.streak import DayState
from bot.domain.submission import SubmissionState
from bot.services.leaderboard import Scope
from bot.services.ports.similarities import AlikeAnswer
from runner.report import Reason
from runner.verdict import Verdict

CHAT = Path(LOCALE_FOLDER).parent
# A key as it stands in the code, whole, or the beginning of one that ends in a value.
QUOTED_KEY = re.compile(r'"([a-z]+(?:\.[a-z0-9_]+)+)"')


def sentences(language: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for message in read_catalogue(language):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            texts = message.string or ""
            found[key] = (texts,) if isinstance(texts, str) else tuple(texts)
    return found


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_its_twin(language: str) -> None:
    assert set(sentences(language)) == set(sentences("en"))
    empty = [key for key, texts in sentences(language).items() if not all(texts)]
    assert empty == []


def test_twins_take_the_same_values_and_the_same_plurals() -> None:
    spanish = sentences("es")
    for key, texts in sentences("en").items():
        assert len(texts) == len(spanish[key]), key
        assert {name for one in texts for name in places(one)} == {
            name for one in spanish[key] for name in places(one)
        }, key


def test_no_sentence_was_left_untranslated() -> None:
    spanish = sentences("es")
    alike = {
        key: " ".join(texts)
        for key, texts in sentences("en").items()
        if texts == spanish[key] and re.search(r"[a-z]{4}", " ".join(texts))
    }
    # Words that both languages spell alike, and sentences that are all values.
    spoken = {
        key
        for key, text in alike.items()
        if not re.fullmatch(
            r"(\W|\{\w+\}|base|no|error|Python|Cordada|English|Discord|Slack)*", text
        )
    }
    assert spoken == set()


PAIRING_ENDED = NoticeKind.PAIRING_ENDED
MOVED = (Way.PLACED, Way.PROMOTED)
ANSWERS = ("code", "quiz", "review")


def names_of(spec: CommandSpec) -> Iterator[str]:
    for depth in range(1, len(spec.path) + 1):
        group = "command." + ".".join(spec.path[:depth])
        yield from (f"{group}.name", f"{group}.about")
    for option in spec.options:
        if option.is_listed:
            yield from option_keys(spec, option)
    if spec.takes_message:
        yield "menu." + ".".join(spec.path)


def option_keys(spec: CommandSpec, option: Option) -> Iterator[str]:
    key = f"{spec.key}.option.{option.name}"
    yield from (f"{key}.name", f"{key}.about")
    if option.kind is OptionKind.CHOICE:
        yield from (f"{key}.choice.{choice}" for choice in option.choices)


def built_keys() -> set[str]:
    """Keys that the code puts together from a value."""
    keys = {key for spec in COMMANDS for key in names_of(spec)}
    keys |= {f"verdict.{one}" for one in Verdict}
    keys |= {f"report.{one}" for one in Verdict}
    keys |= {f"reason.{one}" for one in Reason}
    keys |= {f"state.{one}" for one in SubmissionState}
    keys |= {f"streak.day.{one}" for one in DayState}
    keys |= {f"report.term.{one}" for one in Term}
    keys |= {f"roadmap.skill.{one}" for one in SkillState}
    keys |= {f"{at}.{way}" for at in ("report", "news") for way in MOVED}
    keys |= {f"again.why.{one}" for one in ReturnReason}
    parts = ("name", "about")
    keys |= {f"badge.{one.id}.{part}" for one in BADGES for part in parts}
    keys |= {f"evidence.{one}" for one in Evidence}
    told = ("learning", "failing", "fading", "faded")
    keys |= {f"roadmap.count.{one}" for one in told}
    keys |= {f"board.period.{one}" for one in Period}
    for at in ("board.empty", "board.scope"):
        keys |= {f"{at}.{one}" for one in Scope}
    keys |= {f"board.title_{one}" for one in Scope if one is not Scope.COMMUNITY}
    keys |= {f"challenge.difficulty.{one}" for one in range(1, 6)}
    keys |= {f"{at}.submit_{one}" for at in ("button", "form") for one in ANSWERS}
    keys |= {f"browse.state.{one}" for one in ("solved", "open", "closed")}
    keys |= {f"audit.act.{one}" for one in AuditAct}
    keys |= {f"pages.certificate.why.{one}" for one in Revocation}
    keys |= {f"notice.{one}" for one in set(NoticeKind) - SIDED - {PAIRING_ENDED}}
    keys |= set(mentoring_keys())
    keys |= {f"alike.answer.{one}" for one in AlikeAnswer}
    keys |= {f"alike.answered.{one}" for one in AlikeAnswer}
    keys |= {f"refusal.review_{one}" for one in Hindrance if one is not Hindrance.APART}
    keys |= {f"review.worthless.{one}" for one in Worthless}
    for at in ("criterion", "criterion_about"):
        keys |= {f"review.{at}.{one}" for one in CodeCriterion}
    keys |= {f"review.state.{one}" for one in (*ReviewRequestState, "read")}
    keys |= {f"review.told.{one}" for one in ReviewRequestState}
    keys |= {f"review.decision.{one}" for one in Decision}
    for kind in RequestKind:
        keys |= {f"review.form.decision_{kind}.{one}" for one in Decision}
        keys |= {f"review.form.marks_{kind}", f"review.take.how_{kind}"}
    keys |= {f"platform.{one}" for one in Platform}
    keys |= {f"lack.{one}" for one in LackKind}
    keys |= {f"permission.{one}" for one in (*NEEDED, *CALL_ROLES)}
    keys |= {f"settings.language.{one}" for one in LANGUAGES}
    keys |= {f"settings.visibility.{one}" for one in ("shown", "hidden")}
    keys |= {reason_key(one) for one in (*SCOPES, *OPTIONAL, *IN_CHANNELS)}
    keys |= {f"settings.weekday.{one}" for one in (NO_DAY, *WEEKDAYS)}
    keys |= {f"settings.{one}" for one in REST}
    for name in ("reminder", "sharing"):
        keys.add(f"settings.{name}")
        keys |= {f"settings.{name}.{one}" for one in ("on", "off")}
        keys |= {f"settings.{name}.turn_{one}" for one in ("on", "off")}
    return keys


def mentoring_keys() -> Iterator[str]:
    sides = ("mentor", "mentee", "peer")
    for kind in SIDED:
        yield from (f"notice.{kind}.{side}" for side in sides)
    yield from (f"notice.{PAIRING_ENDED}.{why}" for why in (*EndReason, "again"))
    for state in ("active", "stalled"):
        yield from (f"mentor.own.{state}.{side}" for side in sides)
    for side in sides:
        yield from (f"mentor.own.offered.{side}.{who}" for who in ("own", "other"))
    for term in PairTerm:
        yield f"mentor.rule.{term}"
        grades = ("best", "partly", "least")
        yield from (f"mentor.term.{term}.{grade}" for grade in grades)
    yield from (f"mentor.obstacle.{one}" for one in Obstacle)
    for answer in CheckInAnswer:
        yield f"mentor.button.{answer}"
        yield f"mentor.heard.{answer}"
    for event in TOLD:
        yield f"mentor.button.{event}"
        yield f"mentor.session.told.{event}"
    ratings = range(LOWEST_RATING, HIGHEST_RATING + 1)
    yield from (f"mentor.feedback.{one}" for one in ratings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_is_built_from_a_value_is_there(language: str) -> None:
    missing = {key for key in built_keys() if not texts_in(language).has(key)}
    assert missing == set()


def test_every_key_that_the_code_names_is_there() -> None:
    known = set(sentences("en"))
    domains = {key.split(".")[0] for key in known}
    named = {
        key
        for path in CHAT.rglob("*.py")
        for key in QUOTED_KEY.findall(path.read_text())
        if key.split(".")[0] in domains - {"command"}
    }
    assert {key for key in named if key not in known} == set()


def test_no_sentence_is_left_over() -> None:
    written = "\n".join(
        path.read_text()
        for ending in ("py", "html", "js", "svg")
        for path in CHAT.rglob(f"*.{ending}")
    )
    left = {
        key
        for key in set(sentences("en")) - built_keys()
        if key not in written
        # Put together from a value: f"browse.state.{…}", "web.language." ~ code.
        and not re.search(re.escape(key.rsplit(".", 1)[0]) + r'\.(\{|" ~)', written)
    }
    assert left == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_command_names_fit_every_platform(language: str) -> None:
    texts = texts_in(language)
    for spec in COMMANDS:
        for key in names_of(spec):
            if key.endswith(".name"):
                # Discord: lower case, at most 32, no spaces.
                assert re.fullmatch(r"[a-z_]{1,32}", texts(key)), key
            elif key.endswith(".about"):
                assert len(texts(key)) <= 100, key


def test_a_value_can_never_become_mark_up() -> None:
    line = texts_in("en").line("news.solved", name="**x**", title="`y`", points=1)
    assert Words("**x**", SpanStyle.STRONG) in line
    assert Words("`y`", SpanStyle.STRONG) in line


def test_a_missing_key_is_an_error_and_not_a_sentence() -> None:
    with pytest.raises(KeyError):
        texts_in("en")("no.such.key")
