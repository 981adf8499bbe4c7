"""A thousand acts that nobody planned: each is answered, and no rule is broken.

A failure prints the seed (`@seed`) or the blob that plays it again.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    rule,
    run_state_machine_as_test,
)

from bot.chat.table import COMMANDS
from challenges.challenge import Challenge
from tests.acceptance.discord.installation import Installation, code_challenge
from tests.acceptance.discord.wanderer import Wanderer
from tests.fakes.catalogue import RIGHT, WRONG, FakeJudge
from tests.fakes.discord import CannotDo, FakeDiscord

ACTS = 1000
STEPS = 50
# Some acts come to nothing: no form is open, or the client says no.
EXAMPLES = 2 * ACTS // STEPS
PATIENCE_S = 30

HOSTILE = (
    RIGHT,
    WRONG,
    "",
    " ",
    "@everyone @here <@1> <@&1> <#1>",
    "```\n```\n``",
    "||spoiler|| **bold** [link](https://example.org) # title\n> quote",
    "\u202eright to left\u200b",
    "x" * 4000,
    "`" * 1900,
    "\0\x07\x1b[31m",
    "/reto hoy",
    "no-such-challenge",
    "'; DROP TABLE member; --",
    "🎉" * 500,
    "def f(:\n",
)
NUMBERS = st.lists(st.integers(0, 999), min_size=6, max_size=6)
TEXTS = st.sampled_from(HOSTILE) | st.text(max_size=300)
WHO = st.integers(0, 99)


class Stage:
    """Two servers, four members, and one of them in direct messages too."""

    def __init__(self, fake: FakeDiscord, challenge: Challenge) -> None:
        self.loop = asyncio.get_running_loop()
        self.acts: Counter[str] = Counter()
        self.fake = fake
        es = fake.create_channel(fake.create_server("Uno", locale="es-ES"))
        en = fake.create_channel(fake.create_server("Two", locale="en-US"))
        ana = fake.join(es, "ana", locale="es-ES")
        people = (
            (ana, "es"),
            (fake.join(es, "*bob* @here", locale="en-US"), "en"),
            (fake.join(en, "`carla`", locale="es-419"), "es"),
            (fake.join(en, "dan", locale="fr"), "en"),
            (ana.direct(), "es"),
        )
        self.wanderers = [
            Wanderer(fake=fake, person=person, language=language, table=COMMANDS)
            for person, language in people
        ]

    async def act(self, who: int, name: str, numbers: list[int], text: str) -> None:
        wanderer = self.wanderers[who % len(self.wanderers)]
        before = len(self.fake.state.interactions) + len(wanderer.said)
        try:
            await getattr(wanderer, name)(numbers, text)
        except CannotDo:
            self.acts["not possible"] += 1
        else:
            after = len(self.fake.state.interactions) + len(wanderer.said)
            self.acts[name] += after > before or name in {"say", "edit"}
        assert self.fake.violations == []

    def run(self, acting: Coroutine[Any, Any, None]) -> None:
        """From the thread in which the acts are drawn."""
        asyncio.run_coroutine_threadsafe(acting, self.loop).result(PATIENCE_S)


def machine(stage: Stage) -> type[RuleBasedStateMachine]:
    def act_of(name: str) -> Any:
        def act(_: Any, who: int, numbers: list[int], text: str) -> None:
            stage.run(stage.act(who, name, numbers, text))

        return rule(who=WHO, numbers=NUMBERS, text=TEXTS)(act)

    names = ("command", "complete", "use", "fill_in", "menu", "say", "edit")
    rules = {name: act_of(name) for name in names}
    # What is on the screen leads further than what anybody can type.
    rules |= {"use_again": act_of("use"), "fill_in_again": act_of("fill_in")}
    return type("Anything", (RuleBasedStateMachine,), rules)


async def test_a_thousand_acts_are_answered_and_break_no_rule(
    installation: Installation, fake: FakeDiscord
) -> None:
    installation.judge = FakeJudge()
    profile = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        # To find the shortest way would take as many minutes as there are acts.
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        database=None,
    )
    async with installation.running() as bot:
        stage = Stage(fake, code_challenge(bot.parts))
        await asyncio.to_thread(
            run_state_machine_as_test, machine(stage), settings=profile
        )
        await bot.discord.chat.settle()
    assert fake.unacknowledged == []
    assert sum(stage.acts.values()) - stage.acts["not possible"] >= ACTS, stage.acts
