"""What an assignment's results say: the distribution, each task, and what to look at."""

import html
import io
import statistics
from dataclasses import dataclass
from pathlib import Path

from coursegrade.course import Assignment, Course, Trouble, info
from coursegrade.records import Record, Records, write_atomically


@dataclass(frozen=True)
class Item:
    """One graded cell.

    Attributes:
        share: mean of points / maximum: 1 if everybody solved it.
        discrimination: correlation with the rest of the score; near 0 or below, the task does not
            tell who knows the matter. None where it is not defined.
    """

    notebook: str
    task: str
    points: float
    share: float
    discrimination: float | None


def items(records: list[Record], assignment: Assignment) -> list[Item]:
    """Difficulty and discrimination of every graded cell."""
    found = []
    graded = [r for r in records if r.state != "refused"]
    for name, master in assignment.notebooks.items():
        for cell in master.nb.cells:
            if not info(cell).get("grade"):
                continue
            task, worth = info(cell)["grade_id"], float(info(cell)["points"])
            scores = [r.notebooks[name]["scores"].get(task) for r in graded]
            known = [(s, r.score - s) for s, r in zip(scores, graded, strict=True) if s is not None]
            if not known or not worth:
                continue
            got, rest = zip(*known, strict=True)
            found.append(
                Item(name, task, worth, statistics.fmean(got) / worth, _correlation(got, rest))
            )
    return found


def _correlation(x, y) -> float | None:
    try:
        return statistics.correlation(x, y)
    except statistics.StatisticsError:  # fewer than two, or all the same
        return None


def text(records: list[Record], assignment: Assignment) -> str:
    """The report for a terminal."""
    graded = [r for r in records if r.state != "refused"]
    scores = [r.score for r in graded]
    lines = [f"{assignment.name}: {len(records)} submissions, {len(graded)} graded"]
    if scores:
        lines.append(
            f"mean {statistics.fmean(scores):.1f}, median {statistics.median(scores):g}, "
            f"from {min(scores):g} to {max(scores):g} of {assignment.points:g}"
        )
    lines += ["", f"{'task':40}  points  solved  discrimination"]
    for item in items(records, assignment):
        known = "     -" if item.discrimination is None else f"{item.discrimination:6.2f}"
        name = f"{item.notebook}/{item.task}"
        lines.append(f"{name:40}  {item.points:6g}  {item.share:6.0%}  {known}")
    lines += ["", "To look at:"]
    lines += [f"  {who}: {what}" for who, what in concerns(records)] or ["  nothing"]
    return "\n".join(lines)


def concerns(records: list[Record]) -> list[tuple[str, str]]:
    """Submissions that were refused, hit a limit or changed what tests rely on."""
    found = []
    for record in records:
        if record.state != "graded":
            first = record.remarks[:1] or [""]
            found.append((record.student, f"{record.state}: {first[0]}"))
        found += [(record.student, f"changed {flag}") for flag in record.flags[:5]]
        if len(record.flags) > 5:
            found.append((record.student, f"... and {len(record.flags) - 5} more"))
    return found


def figure(records: list[Record], assignment: Assignment) -> str:
    """The distribution of the scores, as SVG."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    drawing = Figure(figsize=(6.4, 2.8), layout="constrained")
    FigureCanvasSVG(drawing)
    axes = drawing.add_subplot()
    scores = [r.score for r in records if r.state != "refused"]
    axes.hist(scores, bins=min(20, max(5, int(assignment.points))), range=(0, assignment.points))
    axes.set(xlabel="points", ylabel="submissions")
    out = io.BytesIO()
    drawing.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue().decode()


def write(course: Course, name: str) -> tuple[Path, str]:
    """Write ``records/<assignment>/report.html``; return its path and the text for a terminal.

    Raises:
        Trouble: nothing has been graded yet.
    """
    assignment = course.assignment(name)
    records = Records(course.records, name).all()
    if not records:
        raise Trouble(f"Nothing of {name!r} has been graded yet: coursegrade grade {name}")
    shown = text(records, assignment)
    svg = figure(records, assignment)
    page = (
        f"<!doctype html><meta charset=utf-8><title>{html.escape(name)}</title>"
        "<style>body{font:15px/1.5 system-ui;max-width:60em;margin:2em auto}</style>"
        f"<h1>{html.escape(name)}</h1>{svg[svg.index('<svg') :]}<pre>{html.escape(shown)}</pre>"
    )
    path = course.records / name / "report.html"
    write_atomically(path, page)
    return path, shown
