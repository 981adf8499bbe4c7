"""All challenges, found by id, phase or words."""

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from challenges.challenge import Challenge
from challenges.errors import UnknownChallenge
from challenges.roadmap import Roadmap

NEAR_IDS = 3


@dataclass(frozen=True)
class Catalogue:
    challenges: tuple[Challenge, ...]
    roadmap: Roadmap

    def get(self, challenge_id: str) -> Challenge:
        """Raises UnknownChallenge."""
        found = self._by_id.get(challenge_id)
        if found is None:
            asked = challenge_id[:100].lower()
            near = difflib.get_close_matches(asked, self._by_id, n=NEAR_IDS)
            raise UnknownChallenge(challenge_id, tuple(near))
        return found

    def has(self, challenge_id: str) -> bool:
        return challenge_id in self._by_id

    @property
    def all(self) -> tuple[Challenge, ...]:
        """In the roadmap's order, the easier first."""
        return self._sorted

    def of_phase(self, number: int) -> tuple[Challenge, ...]:
        return tuple(one for one in self.all if one.phase == number)

    def of_skill(self, skill_id: str) -> tuple[Challenge, ...]:
        return tuple(one for one in self.all if skill_id in one.skills)

    def search(self, text: str, language: str) -> tuple[Challenge, ...]:
        """Challenges that hold every word, accents and case aside; titles first."""
        words = _folded(text).split()
        found = [
            one for one in self.all if all(word in self._text(one) for word in words)
        ]

        def is_elsewhere(one: Challenge) -> bool:
            title = _folded(one.title.in_(language))
            return not all(word in title for word in words)

        return tuple(sorted(found, key=is_elsewhere))

    def _text(self, challenge: Challenge) -> str:
        return self._texts[challenge.id]

    @cached_property
    def _by_id(self) -> Mapping[str, Challenge]:
        return {challenge.id: challenge for challenge in self.challenges}

    @cached_property
    def _sorted(self) -> tuple[Challenge, ...]:
        places = {topic.id: place for place, topic in enumerate(self.roadmap.topics)}
        return tuple(
            sorted(
                self.challenges,
                key=lambda one: (places[one.topic], one.difficulty, one.id),
            )
        )

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        """Both languages: a member may know a thing by either name."""
        return {one.id: self._searchable(one) for one in self.challenges}

    def _searchable(self, challenge: Challenge) -> str:
        skills = [self.roadmap.skill(skill_id) for skill_id in challenge.skills]
        names = [challenge.title, *(skill.name for skill in skills)]
        words = [challenge.id, *challenge.tags, *challenge.skills]
        words += [text for name in names for text in (name.es, name.en)]
        return _folded(" ".join(words))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return bare.casefold()
