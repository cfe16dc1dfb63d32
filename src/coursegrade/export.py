"""Grades for learning-management systems, beside nbgrader's own CSV."""

import csv
import io

from coursegrade.course import Course
from coursegrade.gradebook import open_gradebook

FORMATS = ("canvas", "moodle")


def rows(course: Course, name: str) -> list[dict]:
    """Each student's names and score, manual grades included, by id."""
    from nbgrader.api import MissingEntry

    with open_gradebook(course) as book:
        try:
            submissions = book.assignment_submissions(name)
        except MissingEntry:
            submissions = []
        found = [
            {
                "id": s.student.id,
                "first_name": s.student.first_name or "",
                "last_name": s.student.last_name or "",
                "email": s.student.email or "",
                "lms_id": s.student.lms_user_id or "",
                "score": s.score,
                "max_score": s.max_score,
            }
            for s in submissions
        ]
    return sorted(found, key=lambda row: row["id"])


def export(course: Course, name: str, kind: str) -> str:
    """Return the text of a CSV file that Canvas or Moodle takes in.

    Canvas finds a student by ``SIS Login ID`` or ``ID``, Moodle by ``ID number``; the gradebook's
    student id is put there. Missing submissions are left out, not written as 0.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    found = rows(course, name)
    if kind == "canvas":
        writer.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", name])
        most = max((row["max_score"] for row in found), default=0)
        writer.writerow(["    Points Possible", "", "", "", "", f"{most:g}"])
        for row in found:
            who = f"{row['last_name']}, {row['first_name']}".strip(", ") or row["id"]
            writer.writerow(
                [safe(who), row["lms_id"], "", safe(row["id"]), "", f"{row['score']:g}"]
            )
    else:
        writer.writerow(["ID number", "First name", "Last name", "Email address", name])
        for row in found:
            names = [safe(row[key]) for key in ("id", "first_name", "last_name", "email")]
            writer.writerow([*names, f"{row['score']:g}"])
    return text.getvalue()


def safe(text: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
