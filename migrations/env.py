"""Alembic's entry. The connection, and its transaction, are `bot.storage.migrate`'s."""

from alembic import context

from bot.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA
)
context.run_migrations()
