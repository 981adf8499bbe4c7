"""A catalogue in which there is something to do in phases 1 to 3."""

from dataclasses import replace

from challenges.catalogue_index import Catalogue
from challenges.challenge import Challenge
from challenges.roadmap import load_roadmap
from tests.fakes.catalogue import ADD, both

PHASE_TWO = ("classes", "errors", "suite")
"""One for each topic of phase 2; a test for phase 3 asks all of them."""


def _like_add(challenge_id: str, topic: str, *skills: str) -> Challenge:
    roadmap = load_roadmap()
    return replace(
        ADD,
        id=challenge_id,
        phase=roadmap.topic(topic).phase,
        topic=topic,
        skills=skills,
        title=both(f"Reto {challenge_id}", f"Challenge {challenge_id}"),
    )


def catalogue_of_phases() -> Catalogue:
    suite = _like_add("suite", "testing-and-quality", "unit-testing")
    return Catalogue(
        (
            ADD,
            # There is something of each topic of phase 1: it can be finished.
            _like_add("sums", "functions-and-modules", "functions", "venv-and-git"),
            _like_add("classes", "object-oriented-programming", "classes-and-solid"),
            _like_add("errors", "errors-and-exceptions", "exception-handling"),
            replace(suite, difficulty=4, requires=("classes",)),
            _like_add("simple-suite", "testing-and-quality", "unit-testing"),
            _like_add("files", "data-handling", "databases"),
        ),
        load_roadmap(),
    )
