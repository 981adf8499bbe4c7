"""What a verdict led to: another phase, badges, how a placement test goes on."""

from collections.abc import Mapping

from bot.chat.reply import Line
from bot.chat.texts import Texts
from bot.domain.placement import Sitting, SittingState
from bot.domain.progression import Way
from bot.services.judged_submission import JudgedSubmission
from bot.services.world import World


def milestones(
    texts: Texts, world: World, outcome: JudgedSubmission
) -> tuple[Line, ...]:
    lines: list[Line] = []
    if outcome.sitting is not None:
        lines.extend(_placement(texts, outcome, outcome.sitting))
    if outcome.moved is not None:
        lines.append(moved_line(texts, world, outcome.moved.facts, "report"))
    lines.extend(
        texts.line(
            "report.badge",
            name=texts(f"badge.{badge}.name"),
            about=texts(f"badge.{badge}.about"),
        )
        for badge in outcome.badges
    )
    lines.extend(
        texts.line("report.certificate", phase=phase) for phase in outcome.certificates
    )
    return tuple(lines)


def moved_line(
    texts: Texts,
    world: World,
    facts: Mapping[str, str | int],
    where: str,
    **values: str,
) -> Line:
    """`where` it is read: with the verdict ("report"), or in the channel ("news")."""
    phase = int(facts["to"])
    title = world.catalogue.roadmap.phase(phase).name.in_(texts.language)
    return texts.line(
        f"{where}.{Way(str(facts['how']))}",
        None,
        former=int(facts["from"]),
        phase=phase,
        title=title,
        **values,
    )


def _placement(
    texts: Texts, outcome: JudgedSubmission, sitting: Sitting
) -> tuple[Line, ...]:
    state = sitting.state_on(outcome.submission.local_on)
    if state is SittingState.PASSED:
        # The line on the new phase says it.
        return ()
    if state is SittingState.FAILED:
        on = sitting.again_on.isoformat()
        return (texts.line("report.placement_failed", on=on),)
    told = texts.line("report.placement", solved=sitting.solved, needed=sitting.needed)
    task = sitting.task(outcome.submission.challenge_id)
    if task.solved:
        return (told,)
    return (told, texts.line("report.placement_tries", n=task.tries_left))
