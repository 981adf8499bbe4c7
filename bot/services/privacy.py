"""What is held of a person: handed to them, or deleted."""

import asyncio
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.member import Member
from bot.services.world import World

EXPORT_VERSION: Final = 1

PLAIN_BYTES: Final = 8 * 1024 * 1024
"""Discord takes ten MiB beside a message: what is more is packed, to about a fifth."""


@dataclass(frozen=True, kw_only=True)
class Export:
    filename: str
    content: bytes


async def export_data(world: World, member: Member) -> Export:
    """Everything in one JSON file, as `deploy/privacy/export.schema.json` has it."""
    async with world.unit_of_work() as unit:
        held = await unit.personal_data.read(member.person_id)
    return await asyncio.to_thread(_written, held, world.now())


async def delete_data(world: World, member: Member) -> int:
    """Everything, of all the person's linked accounts; how many those were."""
    async with world.unit_of_work() as unit:
        await unit.revocations.leave(member.person_id, world.now())
        accounts = await unit.personal_data.delete(member.person_id)
        await unit.commit()
    return accounts


def _written(held: Mapping[str, object], at: datetime) -> Export:
    document = {
        "version": EXPORT_VERSION,
        "exported_at": at.isoformat(),
        "held": held,
    }
    # In ASCII: text of members may hold half a surrogate pair, which UTF-8 cannot.
    content = json.dumps(document, indent=1).encode()
    name = f"cordada-{at.date().isoformat()}.json"
    if len(content) <= PLAIN_BYTES:
        return Export(filename=name, content=content)
    return Export(filename=f"{name}.gz", content=gzip.compress(content))
