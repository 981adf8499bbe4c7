"""A router that answers at once and judges nothing, behind the table of all commands.

`/everything` draws one of each block; `/fall` is a fault of ours.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.chat.command import Actor, Command, CommandSpec, Message, Place
from bot.chat.reply import (
    Action,
    Banner,
    Bullets,
    Button,
    Buttons,
    ButtonStyle,
    Code,
    Details,
    FieldKind,
    Fields,
    Form,
    FormField,
    Heading,
    Link,
    Moment,
    Picture,
    Reply,
    Select,
    SpanStyle,
    Table,
    Text,
    Tone,
    Visibility,
    Words,
)
from bot.chat.table import COMMANDS
from bot.chat.texts import plain
from bot.domain.member import Community, Member
from tests.fakes.clock import A_MONDAY

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

SOURCE = '''def highest(points: dict[str, int]) -> str:
    """Who leads; the earliest name on a tie."""
    # min over the negated points keeps the order of names
    return min(points, key=lambda name: (-points[name], name))
'''


CHALLENGES = (("north-face", "The north face"), ("south-ridge", "The south ridge"))


def words(*reply_words: str, public: bool = False) -> Reply:
    visibility = Visibility.PUBLIC if public else Visibility.PRIVATE
    return Reply(
        blocks=tuple(Text(plain(one)) for one in reply_words), visibility=visibility
    )


class FakeRouter:
    """Answers by the command's name; keeps what it was asked in `asked`."""

    def __init__(self) -> None:
        self.table: Sequence[CommandSpec] = COMMANDS
        self.asked: list[Command | Message | str] = []
        self.places: list[Place] = []
        self.language: str | None = None
        self._members: dict[str, Member] = {}

    async def enter(self, actor: Actor, place: Place) -> Member:
        known = self._members.get(actor.external_id)
        if known is None:
            number = len(self._members) + 1
            known = Member(
                id=number,
                person_id=number,
                community=Community(
                    id=7, platform="web", external_id=place.community, name="Local"
                ),
                name=actor.name,
                joined_at=A_MONDAY,
            )
            self._members[actor.external_id] = known
        return known

    def language_of(self, member: Member, actor: Actor) -> str:
        return self.language or actor.locale or "en"

    async def run(self, command: Command) -> Reply | Form:
        self.asked.append(command)
        self.places.append(command.place)
        if command.path == ("challenge", "submit"):
            if "code" in command.options:
                return Reply(blocks=(Banner(plain("Judging"), Tone.WAITING),))
            return sheet(command.options.get("challenge", "north-face"))
        return words(" ".join(command.path))

    async def read(self, message: Message) -> Reply | Form:
        self.asked.append(message)
        self.places.append(message.place)
        return words("read")

    async def run_line(self, actor: Actor, place: Place, line: str) -> Reply | Form:
        self.asked.append(line)
        self.places.append(place)
        if line.startswith("/fall"):
            raise RuntimeError("the fake falls")
        if line.startswith("/leaderboard"):
            return board()
        if line.startswith("/challenge submit"):
            return sheet("north-face")
        if line.startswith("/settings"):
            self.language = line.rpartition(":")[2]
        return everything() if line.startswith("/everything") else words(f"ran {line}")

    async def complete(
        self, command: Command, option: str, typed: str
    ) -> Sequence[tuple[str, str]]:
        if option != "challenge":
            return ()
        return [one for one in CHALLENGES if typed in one[0] or typed in one[1].lower()]


def sheet(challenge_id: str) -> Form:
    return Form(
        title="The north face",
        action=Action(("challenge", "submit"), (("challenge", challenge_id),)),
        fields=(
            FormField(
                name="code", label="Your code", kind=FieldKind.CODE, value=SOURCE
            ),
            FormField(
                name="mood",
                label="How was it?",
                kind=FieldKind.CHOICE,
                required=False,
                choices=(("easy", "A walk"), ("hard", "A climb")),
            ),
        ),
        submit="Hand in",
    )


def board() -> Reply:
    return Reply(
        visibility=Visibility.PUBLIC,
        blocks=(
            Heading(plain("Leaderboard")),
            Table(
                header=("#", "Name", "Points", "Solved"),
                rows=(
                    ("1", "Berta Gómez", "1 240", "31"),
                    ("2", "Ana", "980", "25"),
                    ("3", "Wolfeschlegelsteinhausenberger", "20", "1"),
                ),
                caption="This week",
                numeric=(0, 2, 3),
                highlighted=1,
            ),
        ),
    )


def everything() -> Reply:
    """One of each block."""
    at = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
    return Reply(
        blocks=(
            Heading(plain("The north face"), level=1),
            Banner(plain("3 of 4 cases pass"), Tone.BAD),
            Banner(plain("Accepted: 40 points, a streak of 6 days"), Tone.GOOD),
            Banner(plain("Judging…"), Tone.WAITING),
            Banner(plain("The next daily comes at 18:30")),
            Text(
                (
                    Words("A log of a climb has one line a pitch. Write "),
                    Words("highest", SpanStyle.CODE),
                    Words(" that tells "),
                    Words("who", SpanStyle.STRONG),
                    Words(" leads, "),
                    Words("not", SpanStyle.EMPHASIS),
                    Words(" by how much. Read "),
                    Link("the roadmap", "https://example.org/roadmap"),
                    Words(" before "),
                    Moment(at),
                    Words("."),
                )
            ),
            Fields(
                (
                    ("Difficulty", plain("3 of 5")),
                    ("Points", plain("40")),
                    ("Topic", plain("Dictionaries")),
                )
            ),
            Code(SOURCE),
            Bullets((plain("Ties: the earliest name"), plain("No input is empty"))),
            Bullets((plain("Read"), plain("Write")), numbered=True),
            Table(
                header=("Case", "Expected", "Came"),
                rows=(("highest({'Ana': 3})", "'Ana'", "None"),),
            ),
            Details(
                "A hint", (Text(plain("min takes a key too.")), Code("min(a, key=f)"))
            ),
            Picture(PNG, "Ana's week: six days solved", "week.png"),
            Select(
                "Another challenge",
                Action(("challenge", "show")),
                "challenge",
                CHALLENGES,
                chosen="south-ridge",
            ),
            Buttons(
                (
                    Button(
                        "Submit", Action(("challenge", "submit")), ButtonStyle.PRIMARY
                    ),
                    Button("Why", Action(("streak",))),
                    Button(
                        "Give up", Action(("challenge", "solution")), ButtonStyle.DANGER
                    ),
                )
            ),
        )
    )
