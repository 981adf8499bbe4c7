"""What comes of a request when its reviews are there.

Of code, the one review is its outcome. Of evidence, two who agree decide, or one mentor
alone; where two disagree a third is asked, and the majority holds. No average: a three
and a one do not make a two, they make a talk, and somebody has to have it.
"""

from collections import Counter
from collections.abc import Iterable

from bot.domain.review import Decision, Review, ReviewRequest, ReviewState


def decision(request: ReviewRequest, reviews: Iterable[Review]) -> Decision | None:
    """None while it is open: reviews are missing, or those there are disagree."""
    given = [one for one in reviews if one.state is ReviewState.GIVEN and one.opinion]
    mentors = [one.opinion.decision for one in given if one.as_mentor and one.opinion]
    if mentors:
        return mentors[0]
    counted = Counter(one.opinion.decision for one in given if one.opinion)
    if sum(counted.values()) < request.wanted:
        return None
    (first, votes), *others = counted.most_common()
    return None if others and others[0][1] == votes else first
