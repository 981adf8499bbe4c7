"""Who has installed the bot over the web."""

from sqlalchemy import Column, LargeBinary, Table, Text

from bot.storage.tables.columns import METADATA, ForeignText, instant

installation = Table(
    "installation",
    METADATA,
    Column("platform", Text, primary_key=True),
    Column("external_id", ForeignText, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    instant("installed_at"),
    # While one process fetches new tokens, the others leave it to that one.
    instant("claimed_until", nullable=True),
)

oauth_state = Table(
    "oauth_state",
    METADATA,
    Column("state", ForeignText, primary_key=True),
    instant("lasts_until"),
)
