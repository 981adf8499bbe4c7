from hypothesis import given
from hypothesis import strategies as st

from bot.domain.progression import PhaseStanding, Roadmap, Share, standing

ROADMAP: Roadmap = {
    1: {"syntax": ("variables", "loops"), "functions": ("functions",)},
    2: {"oop": ("classes", "patterns")},
}
CATALOGUE = {
    "swap-cups": ("variables",),
    "count-steps": ("loops", "variables"),
    "greet-team": ("functions",),
    "rope-class": ("classes",),
}


def at(*solved: str) -> tuple[PhaseStanding, ...]:
    return standing(solved, roadmap=ROADMAP, skills_of=CATALOGUE)


def test_nothing_solved_is_nothing_mastered() -> None:
    first, second = at()
    assert first.share == Share(mastered=0, total=3, open=3)
    assert second.share == Share(mastered=0, total=2, open=1)


def test_one_solved_challenge_masters_each_of_its_skills() -> None:
    first, _ = at("count-steps")
    variables, loops = first.topics[0].skills
    assert (variables.mastered, variables.solved, variables.challenges) == (True, 1, 2)
    assert (loops.mastered, loops.solved, loops.challenges) == (True, 1, 1)
    assert first.topics[0].share.complete
    assert not first.share.complete


def test_a_phase_is_complete_when_each_of_its_topics_is() -> None:
    first, _ = at("count-steps", "greet-team")
    assert first.share.complete
    assert first.share.ratio == 1.0


def test_a_skill_without_a_challenge_keeps_its_phase_exhausted_not_complete() -> None:
    _, second = at("rope-class")
    assert second.share == Share(mastered=1, total=2, open=0)
    assert second.share.exhausted
    assert not second.share.complete


def test_a_topic_without_skills_is_never_complete() -> None:
    (phase,) = standing([], roadmap={1: {"empty": ()}}, skills_of={})
    assert not phase.share.complete
    assert phase.share.ratio == 0.0


def test_a_challenge_that_left_the_catalogue_counts_no_more() -> None:
    assert at("withdrawn", "swap-cups") == at("swap-cups")


@given(st.sets(st.sampled_from(sorted(CATALOGUE))), st.sampled_from(sorted(CATALOGUE)))
def test_solving_one_more_never_lowers_a_share(solved: set[str], more: str) -> None:
    for before, after in zip(at(*solved), at(*solved, more), strict=True):
        assert after.share.mastered >= before.share.mastered
        assert after.share.total == before.share.total
        assert after.share.mastered + after.share.open == (
            before.share.mastered + before.share.open
        )


@given(st.sets(st.sampled_from(sorted(CATALOGUE))))
def test_a_phase_is_the_sum_of_its_topics(solved: set[str]) -> None:
    for phase in at(*solved):
        shares = [topic.share for topic in phase.topics]
        assert phase.share.mastered == sum(share.mastered for share in shares)
        assert phase.share.total == sum(share.total for share in shares)
        assert phase.share.complete is all(share.complete for share in shares)
