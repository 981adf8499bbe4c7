"""Grading: submission → job, report → grade."""

from challenges.grading.build_job import build_job
from challenges.grading.grade import CaseFeedback, Grade
from challenges.grading.grading import grade
from challenges.grading.quiz import grade_quiz

__all__ = ["CaseFeedback", "Grade", "build_job", "grade", "grade_quiz"]
