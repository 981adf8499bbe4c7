from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from procrastinate.schema import SchemaManager
from sqlalchemy import CheckConstraint, create_engine, inspect, text
from sqlalchemy.schema import SchemaItem

from bot.storage.database import sqlalchemy_url
from bot.storage.embedded import EmbeddedServer
from bot.storage.migrate import upgrade
from bot.storage.tables import METADATA

MIGRATIONS = Path(__file__).parents[3] / "migrations"


def _is_ours(item: SchemaItem, name: str | None, kind: str, *_: object) -> bool:
    return not (kind == "table" and name and name.startswith("procrastinate_"))


def test_models_and_migrations_agree(migrated_url: str) -> None:
    engine = create_engine(sqlalchemy_url(migrated_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": _is_ours, "compare_server_default": True},
        )
        differences = compare_metadata(context, METADATA)
    engine.dispose()
    assert differences == []


def test_models_and_migrations_agree_on_checks(migrated_url: str) -> None:
    # Alembic compares no checks, so a database made from the models stands beside.
    engine = create_engine(sqlalchemy_url(migrated_url))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS models CASCADE"))
        connection.execute(text("CREATE SCHEMA models"))
        connection.execute(text("SET LOCAL search_path TO models"))
        METADATA.create_all(connection)
        inspector = inspect(connection)
        migrated = {
            table: _checks(inspector.get_check_constraints(table, "public"))
            for table in METADATA.tables
        }
        modelled = {
            table: _checks(inspector.get_check_constraints(table, "models"))
            for table in METADATA.tables
        }
        connection.rollback()
    engine.dispose()
    assert migrated == modelled


def _checks(reflected: object) -> set[tuple[str, str]]:
    assert isinstance(reflected, list)
    return {(check["name"], check["sqltext"]) for check in reflected}


def test_every_check_has_a_name() -> None:
    nameless = [
        constraint
        for table in METADATA.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint) and not constraint.name
    ]
    assert nameless == []


def test_replicas_may_migrate_together(embedded_server: EmbeddedServer) -> None:
    url = embedded_server.database("together")
    with ThreadPoolExecutor(4) as replicas:
        list(replicas.map(upgrade, [url] * 4))
    engine = create_engine(sqlalchemy_url(url))
    with engine.connect() as connection:
        version = MigrationContext.configure(connection).get_current_revision()
        connection.execute(text("DELETE FROM member"))
    engine.dispose()
    assert version == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_the_queue_is_of_the_installed_package() -> None:
    """When this fails, see the comment in `0002_queue`: old databases need a script."""
    scripts = Path(SchemaManager.get_migrations_path()).glob("*.sql")
    queue = ScriptDirectory(str(MIGRATIONS)).get_revision("0002")
    assert queue is not None
    assert max(script.name for script in scripts) == queue.module.LAST_SCRIPT
