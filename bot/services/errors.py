"""Why a use case says no. Facts only: the chat layer has the sentences.

ServiceError
├── ChallengeNotFound
├── SubmissionNotFound
├── MemberNotFound
├── EntryNotFound
├── StillWaiting        a member asks for a mentor once at a time
├── ReviewNotFound     no such review or request, or it is not theirs to see
├── StorageUnavailable  the database does not answer; the same again later may work
└── Refused            a rule says no; `reason` is a key for the catalogue of texts
"""

from collections.abc import Mapping


class ServiceError(Exception):
    pass


class ChallengeNotFound(ServiceError):
    def __init__(self, challenge_id: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(challenge_id)
        self.challenge_id = challenge_id
        self.near = near


class SubmissionNotFound(ServiceError):
    pass


class MemberNotFound(ServiceError):
    pass


class EntryNotFound(ServiceError):
    pass


class StillWaiting(ServiceError):
    pass


class ReviewNotFound(ServiceError):
    pass


class StorageUnavailable(ServiceError):
    pass


class Refused(ServiceError):
    def __init__(self, reason: str, **facts: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts: Mapping[str, str | int] = facts
