import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.storage.database import create_engine


async def test_a_failed_statement_does_not_tell_what_a_member_wrote(
    database_url: str,
) -> None:
    engine = create_engine(database_url)
    try:
        async with engine.connect() as connection:
            query = text("SELECT * FROM nowhere WHERE source = :source")
            with pytest.raises(DBAPIError) as failed:
                await connection.execute(query, {"source": "print('mine')"})
    finally:
        await engine.dispose()
    assert "nowhere" in str(failed.value)
    assert "mine" not in str(failed.value)
