from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Student(Base):
    __tablename__ = "students"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]


def transcript(session: Session, email: str) -> list[tuple[str, str, int | None]]:
    return []


def overview(session: Session, term: str) -> list[tuple[str, int, float | None]]:
    return []
