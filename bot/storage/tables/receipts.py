"""What was done once for everybody."""

from sqlalchemy import Column, Table

from bot.storage.tables.columns import METADATA, ForeignText, instant

receipt = Table(
    "receipt",
    METADATA,
    Column("key", ForeignText, primary_key=True),
    instant("taken_at"),
    Column("told", ForeignText),
)
