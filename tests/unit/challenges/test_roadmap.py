import pytest

from challenges.roadmap import Roadmap, load_roadmap


@pytest.fixture(scope="module")
def roadmap() -> Roadmap:
    return load_roadmap()


def test_all_76_skills_of_25_topics_are_there(roadmap: Roadmap) -> None:
    assert len(list(roadmap.topics)) == 25
    assert len(list(roadmap.skills)) == 76


def test_each_phase_has_its_topics_and_skills(roadmap: Roadmap) -> None:
    counts = {p.number: (len(p.topics), len(p.skills)) for p in roadmap.phases}
    few = (3, 9)
    assert counts == {1: few, 2: few, 3: few, 4: (7, 22), 5: few, 6: few, 7: few}


def test_no_two_skills_or_topics_share_an_id(roadmap: Roadmap) -> None:
    assert len(roadmap.skills_by_id) == 76
    assert len(roadmap.topics_by_id) == 25


def test_every_name_is_written_in_both_languages(roadmap: Roadmap) -> None:
    names = [
        *(phase.name for phase in roadmap.phases),
        *(topic.name for topic in roadmap.topics),
        *(skill.name for skill in roadmap.skills),
    ]
    assert [name.en for name in names if name.es == name.en] == []
    assert all(name.es.strip() and name.en.strip() for name in names)


def test_a_skill_knows_its_topic_and_phase(roadmap: Roadmap) -> None:
    topic = roadmap.topic_of("regex-for-logs")
    assert (topic.id, topic.phase) == ("log-processing", 4)
    assert roadmap.phase(4).number == 4
    assert roadmap.skill("regex-for-logs").name.en.startswith("Parsing logs")
    assert roadmap.topic("log-processing") is topic
