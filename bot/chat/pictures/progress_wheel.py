"""`/roadmap` as a picture: a wheel of 25 topics, each as full as it is mastered."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from bot.chat.pictures.canvas import drawn
from bot.chat.texts import Texts
from bot.domain.progression import PhaseStanding
from challenges.roadmap import Roadmap

CENTRE = (252, 400)
INNER, OUTER, LABEL = 74, 196, 220
# Between topics, and between phases, in radians.
GAP, PHASE_GAP = 0.022, 0.07


@dataclass(frozen=True, kw_only=True)
class Wedge:
    rest: str
    done: str
    """Paths; `done` is empty where nothing is mastered yet."""


@dataclass(frozen=True, kw_only=True)
class PhaseMark:
    number: int
    x: float
    y: float
    name: str
    mastered: int
    total: int


def wheel_svg(
    texts: Texts, roadmap: Roadmap, standings: Sequence[PhaseStanding], *, phase: int
) -> str:
    topics = sum(len(one.topics) for one in standings)
    arc = (2 * pi - len(standings) * PHASE_GAP) / topics
    wedges: list[Wedge] = []
    marks: list[PhaseMark] = []
    angle = -pi / 2 + PHASE_GAP / 2
    for one in standings:
        begins = angle
        for topic in one.topics:
            wedges.append(_wedge(angle, angle + arc, topic.share.ratio))
            angle += arc
        x, y = _at((begins + angle) / 2, LABEL)
        marks.append(
            PhaseMark(
                number=one.phase,
                x=x,
                y=y,
                name=roadmap.phase(one.phase).name.in_(texts.language),
                mastered=one.share.mastered,
                total=one.share.total,
            )
        )
        angle += PHASE_GAP
    mastered, total = _sums(standings)
    return drawn(
        "wheel",
        texts,
        wedges=wedges,
        marks=marks,
        phase=phase,
        mastered=mastered,
        total=total,
        centre=CENTRE,
        label=texts("picture.mastered"),
    )


def wheel_alt(texts: Texts, standings: Sequence[PhaseStanding]) -> str:
    mastered, total = _sums(standings)
    phases = ", ".join(
        f"{one.phase}: {one.share.mastered}/{one.share.total}" for one in standings
    )
    return texts("picture.wheel.alt", mastered=mastered, total=total, phases=phases)


def _sums(standings: Sequence[PhaseStanding]) -> tuple[int, int]:
    shares = [one.share for one in standings]
    return sum(one.mastered for one in shares), sum(one.total for one in shares)


def _wedge(begins: float, ends: float, ratio: float) -> Wedge:
    begins, ends = begins + GAP / 2, ends - GAP / 2
    # By area, so that half of the skills look like half.
    reach = (INNER**2 + ratio * (OUTER**2 - INNER**2)) ** 0.5
    return Wedge(
        rest=_ring(begins, ends, OUTER),
        done=_ring(begins, ends, reach) if ratio else "",
    )


def _ring(begins: float, ends: float, reach: float) -> str:
    (ax, ay), (bx, by) = _at(begins, INNER), _at(begins, reach)
    (cx, cy), (dx, dy) = _at(ends, reach), _at(ends, INNER)
    return (
        f"M{ax} {ay}L{bx} {by}A{reach:.1f} {reach:.1f} 0 0 1 {cx} {cy}"
        f"L{dx} {dy}A{INNER} {INNER} 0 0 0 {ax} {ay}Z"
    )


def _at(angle: float, radius: float) -> tuple[float, float]:
    x, y = CENTRE
    return round(x + radius * cos(angle), 1), round(y + radius * sin(angle), 1)
