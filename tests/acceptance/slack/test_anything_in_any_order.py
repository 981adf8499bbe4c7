"""A thousand acts that nobody planned: each is answered, and no rule is broken.

A failure prints the seed (`@seed`) or the blob that plays it again.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    rule,
    run_state_machine_as_test,
)

from bot.chat.table import COMMANDS
from tests.acceptance.discord.test_anything_in_any_order import (
    EXAMPLES,
    NUMBERS,
    PATIENCE_S,
    STEPS,
    TEXTS,
    WHO,
)
from tests.acceptance.slack.installation import RunningOnSlack, SlackSite
from tests.acceptance.slack.wanderer import SlackWanderer
from tests.fakes.catalogue import FakeJudge
from tests.fakes.slack import FakeSlack, NotThere

ACTS = 1000
# Slack's limits are by minute; somebody who does all this takes his time.
BETWEEN_ACTS_S = 15


class Stage:
    """A channel with the bot and one without, and three members."""

    def __init__(self, slack: FakeSlack, bot: RunningOnSlack) -> None:
        self.loop = asyncio.get_running_loop()
        self.acts: Counter[str] = Counter()
        self.slack = slack
        self.bot = bot
        ana = slack.add_person("ana", locale="es-ES")
        bob = slack.add_person("*bob* <!here>", locale="en-US")
        dan = slack.add_person("dan", locale="fr-FR")
        both = slack.add_channel("cordada", ana, bob)
        alone = slack.add_channel("private", bob, dan, with_bot=False, kind="groups")
        places = [(ana, both, "es"), (bob, both, "en"), (bob, alone, "en")]
        places += [(dan, alone, "en"), (ana, ana.direct_channel, "es")]
        self.wanderers = [
            SlackWanderer(
                slack=slack,
                person=person,
                channel=channel,
                language=language,
                table=COMMANDS,
            )
            for person, channel, language in places
        ]

    async def act(self, who: int, name: str, numbers: list[int], text: str) -> None:
        wanderer = self.wanderers[who % len(self.wanderers)]
        try:
            await getattr(wanderer, name)(numbers, text)
        except NotThere:
            self.acts["not possible"] += 1
        else:
            self.acts[name] += 1
        await self.bot.slack.chat.settle()
        await self.slack.acknowledged()
        self.slack.advance(BETWEEN_ACTS_S)
        assert self.slack.violations == []

    def run(self, acting: Coroutine[Any, Any, None]) -> None:
        """From the thread in which the acts are drawn."""
        asyncio.run_coroutine_threadsafe(acting, self.loop).result(PATIENCE_S)


def machine(stage: Stage) -> type[RuleBasedStateMachine]:
    def act_of(name: str) -> Any:
        def act(_: Any, who: int, numbers: list[int], text: str) -> None:
            stage.run(stage.act(who, name, numbers, text))

        return rule(who=WHO, numbers=NUMBERS, text=TEXTS)(act)

    names = ("command", "mistype", "use", "fill_in", "menu", "say", "edit", "home")
    rules = {name: act_of(name) for name in (*names, "close")}
    # What is on the screen leads further than what anybody can type.
    rules |= {"use_again": act_of("use"), "fill_in_again": act_of("fill_in")}
    return type("Anything", (RuleBasedStateMachine,), rules)


async def test_a_thousand_acts_are_answered_and_break_no_rule(
    site: SlackSite, slack: FakeSlack
) -> None:
    site.judge = FakeJudge()
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
    async with site.running() as bot:
        stage = Stage(slack, bot)
        await asyncio.to_thread(
            run_state_machine_as_test, machine(stage), settings=profile
        )
        await bot.slack.chat.settle()
    assert sum(stage.acts.values()) - stage.acts["not possible"] >= ACTS, stage.acts
