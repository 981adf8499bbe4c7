"""Brings a database to the newest schema."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy import NullPool, create_engine, text

from bot.storage.database import sqlalchemy_url

# Any number of ours, the same in every release.
LOCK_KEY = 0x636F7264616461


def upgrade(url: str) -> None:
    """One transaction; replicas that start together wait for the first. Blocking."""
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    engine = create_engine(sqlalchemy_url(url), poolclass=NullPool)
    with engine.begin() as connection:
        lock = text("SELECT pg_advisory_xact_lock(:key)")
        connection.execute(lock, {"key": LOCK_KEY})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
