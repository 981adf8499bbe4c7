"""`/profile` as a picture."""

from bot.chat.pictures.canvas import HUES, drawn
from bot.chat.pictures.lettering import drawable
from bot.chat.texts import Texts
from bot.chat.web.render import hue
from bot.services.profile import MemberProfile
from challenges.roadmap import Roadmap


def profile_svg(texts: Texts, roadmap: Roadmap, profile: MemberProfile) -> str:
    member = profile.member
    shares = zip(profile.solved_by_phase, profile.challenges_by_phase, strict=True)
    return drawn(
        "profile",
        texts,
        name=member.name,
        hue=HUES[hue(member.name)],
        phase=member.phase,
        phase_name=roadmap.phase(member.phase).name.in_(texts.language),
        figures=(
            (str(profile.points), texts("profile.points")),
            ("–" if profile.rank is None else str(profile.rank), texts("profile.rank")),
            (str(profile.solved), texts("picture.solved")),
            (str(profile.streak.current), texts("picture.streak_days")),
        ),
        shares=[done / total if total else 0 for done, total in shares],
    )


def profile_alt(texts: Texts, profile: MemberProfile) -> str:
    member = profile.member
    return texts(
        "picture.profile.alt",
        name=drawable(member.name),
        phase=member.phase,
        points=profile.points,
        solved=profile.solved,
        streak=profile.streak.current,
    )
