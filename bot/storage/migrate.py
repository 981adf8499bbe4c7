"""Brings a database to the newest schema."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from bot.services.errors import StorageUnavailable
from bot.storage.database import CONNECT_TIMEOUT_S, sqlalchemy_url

# Any number of ours, the same in every release.
LOCK_KEY = 0x636F7264616461


def upgrade(url: str) -> None:
    """One transaction; replicas that start together wait for the first. Blocking.

    Raises StorageUnavailable, with what the driver said, which holds no password.
    """
    config = Config()
    folder = str(files("migrations"))
    # Alembic reads a percent sign as the start of a variable.
    config.set_main_option("script_location", folder.replace("%", "%%"))
    engine = create_engine(
        sqlalchemy_url(url),
        poolclass=NullPool,
        connect_args={"connect_timeout": CONNECT_TIMEOUT_S},
    )
    try:
        with engine.begin() as connection:
            lock = text("SELECT pg_advisory_xact_lock(:key)")
            connection.execute(lock, {"key": LOCK_KEY})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        raise StorageUnavailable(str(error.orig)) from error
