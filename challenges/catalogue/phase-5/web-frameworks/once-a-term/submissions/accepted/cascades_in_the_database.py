import sqlalchemy as sa
from sqlalchemy import orm


class Base(orm.DeclarativeBase):
    pass


class Student(Base):
    __tablename__ = "students"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(80), nullable=False)
    email = sa.Column(sa.String(120), nullable=False, unique=True)
    enrolments = orm.relationship(
        "Enrolment",
        back_populates="student",
        cascade="save-update, merge, delete, delete-orphan",
        passive_deletes=True,
    )


class Course(Base):
    __tablename__ = "courses"
    id = sa.Column(sa.Integer, primary_key=True)
    title = sa.Column(sa.String(80), nullable=False)
    seats = sa.Column(sa.Integer, sa.CheckConstraint("seats >= 1"), nullable=False)
    enrolments = orm.relationship("Enrolment", back_populates="course")


class Enrolment(Base):
    __tablename__ = "enrolments"
    id = sa.Column(sa.Integer, primary_key=True)
    student_id = sa.Column(
        sa.ForeignKey("students.id", ondelete="CASCADE"), nullable=False
    )
    course_id = sa.Column(
        sa.ForeignKey("courses.id", ondelete="RESTRICT"), nullable=False
    )
    term = sa.Column(sa.String(20), nullable=False)
    grade = sa.Column(
        sa.Integer, sa.CheckConstraint("grade IS NULL OR grade >= 0 AND grade <= 100")
    )
    __table_args__ = (sa.Index("once", "student_id", "course_id", "term", unique=True),)
    student = orm.relationship("Student", back_populates="enrolments")
    course = orm.relationship("Course", back_populates="enrolments")


def transcript(session, email):
    loaded = orm.selectinload(Student.enrolments).joinedload(Enrolment.course)
    student = session.scalar(
        sa.select(Student).where(Student.email == email).options(loaded)
    )
    if student is None:
        return []
    return sorted(
        ((one.term, one.course.title, one.grade) for one in student.enrolments),
        key=lambda row: row[:2],
    )


def overview(session, term):
    of_term = sa.select(Enrolment).where(Enrolment.term == term).subquery()
    query = (
        sa.select(
            Course.title, sa.func.count(of_term.c.id), sa.func.avg(of_term.c.grade)
        )
        .join_from(Course, of_term, of_term.c.course_id == Course.id, isouter=True)
        .group_by(Course.id, Course.title)
        .order_by(Course.title)
    )
    return [(title, count, average) for title, count, average in session.execute(query)]
