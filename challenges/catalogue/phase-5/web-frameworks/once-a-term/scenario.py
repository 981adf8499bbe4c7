"""A term at the conservatory, on a database of the case's own."""

from contextlib import contextmanager

from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Session

ANA, BRUNO = ("Ana", "ana@example.org"), ("Bruno", "bruno@example.org")


@contextmanager
def opened(module, *, enrolled=(), courses=("Piano", "Choir")):
    """A session on tables made from the member's classes; who is enrolled in what."""
    engine = create_engine("sqlite://")
    event.listen(
        engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys = ON")
    )
    module.Base.metadata.create_all(engine)
    with Session(engine) as session:
        students, taught = {}, {}
        for title in courses:
            taught[title] = module.Course(title=title, seats=10)
            session.add(taught[title])
        for name, title, term, grade in enrolled:
            if name not in students:
                email = f"{name.lower()}@example.org"
                students[name] = module.Student(name=name, email=email)
                session.add(students[name])
            session.add(
                module.Enrolment(
                    student=students[name], course=taught[title], term=term, grade=grade
                )
            )
        session.commit()
        session.expunge_all()
        yield session
    engine.dispose()


def rows(session, table="enrolments"):
    """How many are left in the table."""
    return session.execute(text(f"SELECT count(*) FROM {table}")).scalar()


def outcome(session):
    """'done', or the name of what the database raised; nothing of it is kept then."""
    try:
        session.commit()
    except Exception as error:
        session.rollback()
        return type(error).__name__
    return "done"


def transcript(module, enrolled, name):
    with opened(module, enrolled=enrolled) as session:
        return module.transcript(session, f"{name.lower()}@example.org")


def overview(module, enrolled, term, courses=("Piano", "Choir")):
    with opened(module, enrolled=enrolled, courses=courses) as session:
        found = module.overview(session, term)
        return [(title, count, rounded(average)) for title, count, average in found]


def rounded(average):
    return None if average is None else round(float(average), 2)


def raw(module, *statements):
    """What each statement came to, on tables with Ana, Bruno and two courses."""
    enrolled = [("Ana", "Piano", "2026-1", None), ("Bruno", "Piano", "2026-1", None)]
    results = []
    with opened(module, enrolled=enrolled) as session:
        for statement in statements:
            try:
                session.execute(text(statement))
            except Exception as error:
                session.rollback()
                results.append(type(error).__name__)
            else:
                results.append(outcome(session))
    return results


def both_ways(module):
    """Both sides of a relationship, before anything is written."""
    student = module.Student(name="Ana", email="ana@example.org")
    course = module.Course(title="Piano", seats=3)
    enrolment = module.Enrolment(student=student, course=course, term="2026-1")
    return [student.enrolments == [enrolment], course.enrolments == [enrolment]]


def student_leaves(module, enrolled, loaded):
    """Ana is deleted: what it came to, and how many enrolments are left."""
    with opened(module, enrolled=enrolled) as session:
        ana = session.query(module.Student).filter_by(name="Ana").one()
        if loaded:
            len(ana.enrolments)
        session.delete(ana)
        return [outcome(session), rows(session), rows(session, "courses")]


def enrolment_taken_out(module, enrolled):
    with opened(module, enrolled=enrolled) as session:
        ana = session.query(module.Student).filter_by(name="Ana").one()
        ana.enrolments.pop()
        return [outcome(session), rows(session)]


def course_deleted(module, enrolled, title, loaded):
    with opened(module, enrolled=enrolled) as session:
        course = session.query(module.Course).filter_by(title=title).one()
        if loaded:
            len(course.enrolments)
        session.delete(course)
        result = outcome(session)
        kept = "SELECT count(*) FROM enrolments WHERE course_id IS NOT NULL"
        left = session.execute(text(kept)).scalar()
        return [result, left, rows(session, "courses")]


def statements(module, function, argument, courses):
    """How many statements the function takes with that many courses, all taken."""
    titles = [f"Course {number:02}" for number in range(courses)]
    enrolled = [("Ana", title, "2026-1", 70) for title in titles]
    with opened(module, enrolled=enrolled, courses=titles) as session:
        seen = []
        event.listen(
            session.get_bind(),
            "before_cursor_execute",
            lambda *call: seen.append(call[2]),
        )
        found = getattr(module, function)(session, argument)
        return [len(found), "a few" if len(seen) <= 3 else f"{len(seen)} statements"]
