"""The guides quote `cold-chain` as it is: a quotation that drifted would mislead."""

import re

import pytest

from challenges.loader import CATALOGUE_FOLDER, load_challenge
from runner.verdict import Verdict

FOLDER = CATALOGUE_FOLDER / "phase-1/syntax-and-control-flow/cold-chain"
GUIDES = {
    language: (CATALOGUE_FOLDER.parent / f"GUIDE.{language}.md").read_text("utf-8")
    for language in ("es", "en")
}
QUOTED = re.compile(r"```(?:toml|python|markdown)\n(.*?)```", re.DOTALL)
ROW = re.compile(r"^\| `(\w+\.py)` \|.*\| (.*) \|$", re.MULTILINE)


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
def test_what_a_guide_quotes_stands_in_the_challenge(guide: str) -> None:
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    texts = [path.read_text("utf-8") for path in files]
    quotations = QUOTED.findall(guide)
    assert len(quotations) == 6
    lost = [one for one in quotations if not any(one in text for text in texts)]
    assert lost == []


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
def test_the_mistakes_of_a_guide_fail_what_it_says(guide: str) -> None:
    wrong = {
        sample.name.removeprefix("wrong/"): sample.fails
        for sample in load_challenge(FOLDER).samples
        if sample.verdict is not Verdict.ACCEPTED
    }
    told = {
        name: tuple(re.findall(r"`([\w-]+)`", groups))
        for name, groups in ROW.findall(guide)
    }
    assert told == wrong
