"""What CONTRIBUTING.md asks of pages, exercises, answers and claims, as far as a script can see."""

import ast
import re
from pathlib import Path

import nbformat

from tools.answers import answers, stub
from tools.claims import TO_CORRECT, claims_of, load_claims
from tools.notebooks import Solution, grade_info, solutions
from tools.paths import ANSWERS, BOOK, ROOT, SOLUTIONS, chapters, pages

PAGE_BYTES = (7_000, 17_000)
CODE_WIDTH = 88
PREAMBLE = (
    "Write each answer, helper functions included, in the cell that says `YOUR CODE HERE`: of what "
    "you hand in, only these cells count, and cells that you add are yours to play in. The cell "
    "below an answer checks it: run both, read the message, try again. The same cell grades your "
    "work later, on more cases than it shows. Before you hand in, restart the kernel and run "
    "everything."
)
IMPORTABLE = {"torchnotes.exercise"}
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```\s*$", re.M | re.S)
BOX = re.compile(r"^:::+\{claim\} +(\S+)", re.M)
MARK = re.compile(r"\{claim\}`([^`]+)`")


def problems() -> list[str]:
    """Everything that is missing, a line each."""
    found: list[str] = []
    for chapter in chapters():
        for page in pages(chapter):
            found += [f"{page.relative_to(ROOT)}: {p}" for p in page_problems(page)]
        found += claim_problems(chapter)
        there = {solution.name for solution in solutions(chapter)}
        expected = {page.stem for page in pages(chapter)}
        found += [
            f"solutions/{chapter}: no notebook for the page {n}" for n in sorted(expected - there)
        ]
        found += [
            f"solutions/{chapter}/{n}.ipynb: no page shows it" for n in sorted(there - expected)
        ]
        for solution in solutions(chapter):
            where = solution.path.relative_to(ROOT)
            found += [f"{where}: {p}" for p in exercise_problems(solution)]
            found += answer_problems(solution)
    found += stray_answers()
    return found


def counts() -> str:
    """How much there is of everything, for the summary."""
    all_solutions = [s for chapter in chapters() for s in solutions(chapter)]
    return (
        f"{sum(len(pages(c)) for c in chapters())} pages, {len(all_solutions)} notebooks, "
        f"{sum(len(s.tasks) for s in all_solutions)} tasks, {len(answers())} answers, "
        f"{sum(len(claims_of(c)) for c in chapters())} claims"
    )


# --- pages ---------------------------------------------------------------------------------------


def page_problems(page: Path) -> list[str]:
    """What a teaching page lacks."""
    if not page.exists():
        return ["named in _toc.yml, but not there"]
    text = page.read_text(encoding="utf-8")
    found = []

    def need(condition: object, what: str) -> None:
        if not condition:
            found.append(what)

    need(
        "format_name: myst" in text.split("\n---\n")[0],
        "front matter without jupytext: not executed",
    )
    need(re.search(r"^# \S", text, re.M), "no title")
    about = re.search(
        r"^:::\{admonition\} About this page\n:class: about\n(.*?)^:::$", text, re.M | re.S
    )
    need(about, "no box 'About this page'")
    if about:
        need("**Mirrors**" in about[1], "the about box does not say which section it mirrors")
        need(
            re.search(r"\*\*Time\*\* about \d+ minutes", about[1]), "no '**Time** about N minutes'"
        )
        need("**Before this**" in about[1], "no '**Before this**'")
        goals = re.findall(r"^- ", about[1].split("You will be able to")[-1], re.M)
        need(3 <= len(goals) <= 5, f"{len(goals)} points after 'You will be able to', not 3 to 5")
    questions = re.findall(r"^::::+\{admonition\} Predict, then run\n:class: predict", text, re.M)
    need(len(questions) >= 2, f"{len(questions)} 'Predict, then run' questions, not 2")
    need(text.count(":::{dropdown} Answer") >= len(questions), "a question without 'Answer'")
    cells = CELL.findall(text)
    figures = [cell for cell in cells if re.search(r"^  figure:", cell, re.M)]
    need(figures, "no figure")
    for cell in figures:
        name = re.search(r"name: (\S+)", cell)
        label = name[1] if name else "a figure"
        need(name, "a figure without name")
        need("caption:" in cell, f"{label}: no caption")
        need(re.search(r"^    alt: \S.{20,}", cell, re.M), f"{label}: no alt text worth the name")
    for cell in cells:
        code = re.sub(r"\A---\n.*?\n---\n", "", cell, flags=re.S)
        for line in code.splitlines():
            if len(line) > CODE_WIDTH:
                found.append(f"a code line of {len(line)} characters: {line.strip()[:50]}...")
    order = [text.find(f"\n## {name}\n") for name in ("Summary", "Exercises", "References")]
    need(-1 not in order and order == sorted(order), "must end in Summary, Exercises, References")
    summary = text[order[0] : order[1]] if -1 not in order else ""
    need(3 <= len(re.findall(r"^- ", summary, re.M)) <= 6, "the summary should have 3 to 6 points")
    need(
        f"```{{exercises}} {page.parent.name}/{page.stem}\n" in text,
        "does not show its exercises with the {exercises} directive",
    )
    low, high = PAGE_BYTES
    size = len(text.encode())
    need(low <= size <= high, f"{size} bytes; a page has {low} to {high}")
    tokens = ("TODO", "FIXME", "allow_errors", "raises-exception")
    need(not any(t in text for t in tokens), f"holds one of {tokens}")
    need(
        not re.search(r"[\u3000-\u9fff]", text), "CJK characters, for which readers may lack a font"
    )
    return found


# --- claims --------------------------------------------------------------------------------------


def shown_claims(chapter: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The chapter's claims that pages correct in a box, and those that they mark, by id."""
    boxes: dict[str, list[str]] = {}
    marks: dict[str, list[str]] = {}
    for page in sorted((BOOK / chapter).glob("*.md")):
        text = page.read_text(encoding="utf-8")
        for claim in BOX.findall(text):
            boxes.setdefault(claim, []).append(page.stem)
        for claim in MARK.findall(text):
            marks.setdefault(claim, []).append(page.stem)
    return boxes, marks


def claim_tests() -> set[str]:
    """The names of all claims' tests."""
    names = set()
    for path in sorted((ROOT / "tests" / "claims").glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names.update(n.name for n in tree.body if isinstance(n, ast.FunctionDef))
    return names


def claim_problems(chapter: str) -> list[str]:
    """Claims that no page shows, that lack their box, or whose verdict no test checks."""
    boxes, marks = shown_claims(chapter)
    tests = claim_tests()
    found = []
    for claim in claims_of(chapter):
        if claim.verdict in TO_CORRECT and claim.id not in boxes:
            found.append(f"{claim.id} is {claim.verdict} and no page corrects it in a box")
        elif claim.id not in boxes and claim.id not in marks:
            found.append(f"{claim.id}: no page shows it")
        name = f"test_{claim.id.lower().replace('-', '_')}"
        tested = any(test == name or test.startswith(f"{name}_") for test in tests)
        if claim.shown == "code" and not tested:
            found.append(f"{claim.id} is shown by code, but there is no {name} in tests/claims")
        if claim.shown not in ("code", "prose"):
            found.append(f"{claim.id}: 'shown' must be code or prose, not {claim.shown!r}")
    known = load_claims()
    found += [f"unknown claim {i} on {p}" for i, p in {**boxes, **marks}.items() if i not in known]
    return found


# --- exercises -----------------------------------------------------------------------------------


def exercise_problems(solution: Solution) -> list[str]:
    """What a solution notebook lacks."""
    found = []
    cells = solution.nb.cells

    def need(condition: object, what: str) -> None:
        if not condition:
            found.append(what)

    need(3 <= len(solution.tasks) <= 6, f"{len(solution.tasks)} tasks, not 3 to 6")
    need(8 <= solution.points <= 12, f"{solution.points} points, not about 10")
    need(
        PREAMBLE in " ".join(cells[0].source.split()),
        "the first cell lacks the standard words on how to work",
    )
    minutes = sum(task.minutes for task in solution.tasks)
    facts = f"{len(solution.tasks)} tasks, {solution.points} points, about {minutes} minutes"
    need(facts in cells[0].source, f"the first cell should say '{facts}'")
    setup = grade_info(cells[1])
    need(setup.get("grade_id") == "setup" and setup.get("locked"), "the second cell is not 'setup'")
    for number, task in enumerate(solution.tasks, 1):
        name = f"task {task.number} ({task.name})"
        source = cells[task.solution].source
        need(task.number == number, f"{name}: numbered {task.number}, but is the {number}th")
        need(
            task.points == task.stated_points,
            f"{name}: says {task.stated_points} points, has {task.points}",
        )
        need(task.tests, f"{name}: no graded cell")
        need(
            len(re.findall(r"<details><summary>Hint \d</summary>", task.text)) == 2,
            f"{name}: not two hints",
        )
        need("### BEGIN SOLUTION" in source, f"{name}: no solution region")
        need(
            re.search(rf"^(def|class) {task.name}\b", source, re.M),
            f"{name}: does not define {task.name}",
        )
        need('"""' in stub(source), f"{name}: the stub has no docstring")
        for index in task.tests:
            test = cells[index].source
            grade_id = grade_info(cells[index])["grade_id"]
            need(
                grade_id.startswith(f"test_{task.name}"),
                f"{name}: its graded cell is called {grade_id}",
            )
            need(grade_info(cells[index]).get("locked"), f"{grade_id}: not locked")
            need("### BEGIN HIDDEN TESTS" in test, f"{grade_id}: no hidden tests")
            visible = test.split("### BEGIN HIDDEN TESTS")[0]
            need(
                "assert" in visible or "raise AssertionError" in visible,
                f"{grade_id}: no visible check",
            )
            need("print(" in visible, f"{grade_id}: the visible check does not say that it passes")
    for cell in cells:
        if cell.cell_type != "code":
            continue
        need(cell.execution_count, "a cell has no stored output: run `make solutions`")
        for module in re.findall(r"^\s*(?:from|import) (torchnotes[\w.]*)", cell.source, re.M):
            need(module in IMPORTABLE, f"imports {module}; an exercise may import {IMPORTABLE}")
        if "NBVAL_IGNORE_OUTPUT" in cell.source:
            need(
                re.search(r"# NBVAL_IGNORE_OUTPUT: \S", cell.source),
                "ignores an output without saying why",
            )
        need(
            not {"raises-exception", "nbval-skip"} & set(cell.metadata.get("tags", [])),
            "a skipping tag",
        )
    return found


def answer_problems(solution: Solution) -> list[str]:
    """Tasks with too few answers, and answers whose points do not fit their task."""
    found = []
    mine = answers(solution.chapter, solution.name)
    for task in solution.tasks:
        of_task = [answer for answer in mine if answer.task == task.name]
        right = sum(answer.right for answer in of_task)
        wrong = len(of_task) - right
        where = f"tests/answers/{solution.chapter}/{solution.name}/{task.name}"
        if wrong < 4 or right < 2:
            found.append(f"{where}: {wrong} wrong and {right} right answers; at least 4 and 2")
        for answer in of_task:
            if answer.points != task.points:
                found.append(
                    f"{where}/{answer.path.name}: of {answer.points}, the task has {task.points}"
                )
            if answer.right != (answer.expected == task.points):
                found.append(f"{where}/{answer.path.name}: its name and its points disagree")
    return found


def stray_answers() -> list[str]:
    """Answer folders that belong to no task."""
    found = []
    for folder in sorted(
        p for p in ANSWERS.glob("*/*/*") if p.is_dir() and p.name != "__pycache__"
    ):
        chapter, notebook, task = folder.relative_to(ANSWERS).parts
        path = SOLUTIONS / chapter / f"{notebook}.ipynb"
        names = []
        if path.exists():
            cells = nbformat.read(path, as_version=4).cells
            names = [grade_info(c).get("grade_id") for c in cells if grade_info(c).get("solution")]
        if task not in names:
            found.append(f"tests/answers/{chapter}/{notebook}/{task}: there is no such task")
    return found
