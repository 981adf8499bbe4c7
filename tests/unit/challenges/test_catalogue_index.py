from collections.abc import Callable
from pathlib import Path

import pytest

from challenges.catalogue_index import Catalogue
from challenges.errors import UnknownChallenge
from challenges.loader import load_catalogue

Make = Callable[..., Path]
Replace = Callable[[Path, str, str], None]


@pytest.fixture
def catalogue(root: Path, make: Make, replace_in: Replace) -> Catalogue:
    titles = {
        "parse-line": ("Leer una línea de acceso", "Read an access line"),
        "clean-dates": ("Fechas en un solo formato", "Dates in one format"),
        "count-lines": ("Cuenta y resume", "Count and sum up"),
    }
    for difficulty, (name, (es, en)) in enumerate(titles.items(), start=2):
        toml = make(challenge_id=name) / "challenge.toml"
        replace_in(toml, 'es = "título"', f'es = "{es}"')
        replace_in(toml, 'en = "title"', f'en = "{en}"')
        replace_in(toml, "difficulty = 1", f"difficulty = {6 - difficulty}")
    replace_in(toml, "tags = []", 'tags = ["línea"]')
    return load_catalogue(root)


def test_an_unknown_id_comes_with_near_ones(catalogue: Catalogue) -> None:
    assert catalogue.get("parse-line").id == "parse-line"
    with pytest.raises(UnknownChallenge) as caught:
        catalogue.get("Parse-Lines")
    assert caught.value.challenge_id == "Parse-Lines"
    assert caught.value.near[0] == "parse-line"


def test_a_hostile_id_has_no_near_ones(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownChallenge) as caught:
        catalogue.get("%" * 1_000_000)
    assert caught.value.near == ()


def test_the_easier_come_first(catalogue: Catalogue) -> None:
    ids = ["count-lines", "clean-dates", "parse-line"]
    assert [one.id for one in catalogue.all] == ids
    assert [one.id for one in catalogue.of_phase(4)] == ids
    assert catalogue.of_phase(1) == ()


@pytest.mark.parametrize("text", ["LINEA", "línea", "li\u0301nea"])
def test_accents_and_case_do_not_matter_and_titles_come_first(
    catalogue: Catalogue, text: str
) -> None:
    found = [one.id for one in catalogue.search(text, "es")]
    assert found == ["parse-line", "count-lines"]


def test_every_word_must_be_found(catalogue: Catalogue) -> None:
    assert [one.id for one in catalogue.search("one dates", "en")] == ["clean-dates"]
    assert catalogue.search("dates nowhere", "en") == ()


def test_skills_are_searched_in_both_languages(catalogue: Catalogue) -> None:
    assert len(catalogue.search("expresiones regulares", "en")) == 3
    assert len(catalogue.of_skill("regex-for-logs")) == 3
    assert len(catalogue.search("", "en")) == 3
