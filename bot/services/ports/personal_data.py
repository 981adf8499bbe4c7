"""All that is held of a person, to be handed to them or to go."""

from collections.abc import Mapping, Sequence
from typing import Protocol

Row = Mapping[str, object]
"""What JSON can say."""


class PersonalData(Protocol):
    async def read(self, person_id: int) -> Mapping[str, Sequence[Row]]:
        """By the name of what it is kept in; of all that the person is joined with."""
        ...

    async def delete(self, person_id: int) -> int:
        """Everything, of all accounts that are joined; how many those were.

        What others keep, the organisers' log and the web chat of others, names the
        person no longer. A submission that is being judged meanwhile is not found.
        """
        ...
