from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    relationship,
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
    __table_args__ = (CheckConstraint("seats > 0"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    seats: Mapped[int]

    # Grades outlive whoever tidies up the courses: the foreign key refuses.
    enrolments: Mapped[list["Enrolment"]] = relationship(
        back_populates="course", passive_deletes="all"
    )


class Enrolment(Base):
    __tablename__ = "enrolments"
    __table_args__ = (
        UniqueConstraint("student_id", "course_id", "term"),
        CheckConstraint("grade BETWEEN 0 AND 100"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    term: Mapped[str]
    grade: Mapped[int | None]

    student: Mapped[Student] = relationship(back_populates="enrolments")
    course: Mapped[Course] = relationship(back_populates="enrolments")


def transcript(session: Session, email: str) -> list[tuple[str, str, int | None]]:
    student = session.scalar(select(Student).where(Student.email == email))
    if student is None:
        return []
    return sorted(
        ((one.term, one.course.title, one.grade) for one in student.enrolments),
        key=lambda row: row[:2],
    )


def overview(session: Session, term: str) -> list[tuple[str, int, float | None]]:
    found = []
    for course in session.scalars(select(Course).order_by(Course.title)):
        taken = [one for one in course.enrolments if one.term == term]
        grades = [one.grade for one in taken if one.grade is not None]
        average = sum(grades) / len(grades) if grades else None
        found.append((course.title, len(taken), average))
    return found
