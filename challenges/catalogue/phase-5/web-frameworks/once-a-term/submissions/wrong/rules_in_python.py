from sqlalchemy import ForeignKey, and_, func, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    relationship,
    validates,
)


class Base(DeclarativeBase):
    pass


class Student(Base):
    __tablename__ = "students"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)

    enrolments: Mapped[list["Enrolment"]] = relationship(
        back_populates="student", cascade="all, delete-orphan"
    )


class Course(Base):
    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    seats: Mapped[int]

    # Grades outlive whoever tidies up the courses: the foreign key refuses.
    enrolments: Mapped[list["Enrolment"]] = relationship(
        back_populates="course", passive_deletes="all"
    )

    @validates("seats")
    def _positive(self, key: str, seats: int) -> int:
        if seats <= 0:
            raise ValueError(key)
        return seats


class Enrolment(Base):
    __tablename__ = "enrolments"

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    term: Mapped[str]
    grade: Mapped[int | None]

    student: Mapped[Student] = relationship(back_populates="enrolments")
    course: Mapped[Course] = relationship(back_populates="enrolments")

    @validates("grade")
    def _within(self, key: str, grade: int | None) -> int | None:
        if grade is not None and not 0 <= grade <= 100:
            raise ValueError(key)
        return grade


def transcript(session: Session, email: str) -> list[tuple[str, str, int | None]]:
    query = (
        select(Enrolment.term, Course.title, Enrolment.grade)
        .join(Enrolment.student)
        .join(Enrolment.course)
        .where(Student.email == email)
        .order_by(Enrolment.term, Course.title)
    )
    return [tuple(row) for row in session.execute(query)]


def overview(session: Session, term: str) -> list[tuple[str, int, float | None]]:
    of_the_term = and_(Enrolment.course_id == Course.id, Enrolment.term == term)
    query = (
        select(Course.title, func.count(Enrolment.id), func.avg(Enrolment.grade))
        .outerjoin(Enrolment, of_the_term)
        .group_by(Course.id)
        .order_by(Course.title)
    )
    return [tuple(row) for row in session.execute(query)]
