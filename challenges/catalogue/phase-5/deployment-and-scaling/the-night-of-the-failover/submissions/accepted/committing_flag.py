import sqlalchemy as sa


class OutcomeUnknown(RuntimeError):
    pass


def make_engine(connect, *, limit, processes):
    each = max(1, (limit - 1) // processes)
    kept = max(1, each // 2)
    return sa.create_engine(
        "sqlite://",
        creator=connect,
        poolclass=sa.QueuePool,
        pool_size=kept,
        max_overflow=each - kept,
        pool_timeout=0.2,
        pool_pre_ping=True,
        pool_recycle=300,
    )


def run(engine, work):
    left = 3
    while True:
        left -= 1
        committing = False
        try:
            with engine.connect() as connection:
                result = work(connection)
                committing = True
                connection.commit()
                return result
        except sa.exc.DBAPIError as error:
            if not error.connection_invalidated:
                raise
            if committing:
                raise OutcomeUnknown("ask the ledger before paying again") from error
            if not left:
                raise
