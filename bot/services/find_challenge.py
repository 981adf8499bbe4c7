"""A challenge by what a person typed, and whether it is open to them."""

from bot.services.errors import ChallengeNotFound, Refused
from bot.services.record import TrackRecord
from challenges.catalogue_index import Catalogue
from challenges.challenge import Challenge
from challenges.errors import UnknownChallenge


def find_challenge(catalogue: Catalogue, challenge_id: str) -> Challenge:
    """Raises ChallengeNotFound, with the ids that look most like it."""
    try:
        return catalogue.get(challenge_id)
    except UnknownChallenge as error:
        raise ChallengeNotFound(challenge_id, tuple(error.near)) from None


def missing_requirements(challenge: Challenge, record: TrackRecord) -> tuple[str, ...]:
    """Ids of the challenges to solve before this one opens."""
    if challenge.id in record.admitted:
        return ()
    return tuple(one for one in challenge.requires if one not in record.solved)


def require_open(challenge: Challenge, record: TrackRecord) -> None:
    """Raises Refused(challenge_closed) while a required challenge is unsolved."""
    missing = missing_requirements(challenge, record)
    if missing:
        raise Refused(
            "challenge_closed", challenge=challenge.id, needs=", ".join(missing)
        )
