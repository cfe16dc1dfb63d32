"""What this book adds to Sphinx: claims, exercise tables, maths offline, a cache that sees src.

In a page::

    {claim}`GRAD-01`                      marks where a claim is taught

    :::{claim} GRAD-14                    a box that corrects a claim
    :says: optional: the note's words, where the table's are too short
    What running it shows.
    :::

    ```{exercises} autograd/graph         the tasks of a notebook, from the notebook itself
    ```

    ```{claims-table} autograd            every claim of a chapter, linked to where it is shown
    ```
"""

import functools
import json
import sys
from importlib.util import find_spec
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.fileutil import copy_asset
from sphinx.util.nodes import make_refnode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.claims import TO_CORRECT, claims_of, load_claims
from tools.dependencies import digest
from tools.notebooks import load_solution
from tools.paths import CLAIMS, EXERCISES

logger = logging.getLogger(__name__)

CLAIMS_PAGE = "book/claims"
DIGESTS = "page_digests.json"  # beside the cache that it describes


# --- claims ------------------------------------------------------------------------------------


class claim_link(nodes.Inline, nodes.TextElement):
    """The id of a claim, to become a link to its row."""


class claim_places(nodes.Inline, nodes.TextElement):
    """A cell of the table, to become links to the places where the claim is shown."""


def _mark(env: BuildEnvironment, claim_id: str) -> str:
    """Note that the current page shows this claim; return the anchor to put there."""
    places = env.course_claims.setdefault(claim_id, [])
    here = sum(docname == env.docname for docname, _ in places)
    anchor = f"{load_claims()[claim_id].anchor}-shown-{here + 1}"
    places.append((env.docname, anchor))
    return anchor


class ClaimRole(SphinxRole):
    """A small mark at the sentence or cell that shows a claim."""

    def run(self):
        claim = load_claims().get(self.text)
        if claim is None:
            message = self.inliner.reporter.error(f"unknown claim {self.text!r}", line=self.lineno)
            return [], [message]
        anchor = _mark(self.env, claim.id)
        span = nodes.inline("", "", ids=[anchor], classes=["claim-mark", claim.verdict])
        span += claim_link("", claim.id, claim=claim.id)
        return [span], []


class ClaimBox(SphinxDirective):
    """A box: what the note says, and what running it shows."""

    required_arguments = 1
    has_content = True
    option_spec = {"says": directives.unchanged_required}  # noqa: RUF012

    def run(self):
        self.assert_has_content()
        claim = load_claims().get(self.arguments[0])
        if claim is None:
            raise self.error(f"unknown claim {self.arguments[0]!r}")
        if claim.verdict not in TO_CORRECT:
            raise self.error(
                f"{claim.id} is {claim.verdict}: mark it with the role, not with a box"
            )
        box = nodes.admonition(
            classes=["claim-box", claim.verdict], ids=[_mark(self.env, claim.id)]
        )
        title = nodes.title("", "The note says … / Running it shows …")
        box += title
        says = nodes.paragraph(classes=["claim-says"])
        words, messages = self.state.inline_text(self.options.get("says", claim.claim), self.lineno)
        says += [nodes.strong("", "The note says: "), *words]
        box += [says, *messages]
        shows = nodes.container(classes=["claim-shows"])
        self.state.nested_parse(self.content, self.content_offset, shows)
        if shows.children and isinstance(shows[0], nodes.paragraph):
            shows[0].insert(0, nodes.strong("", "Running it shows: "))
        box += shows
        foot = nodes.paragraph(classes=["claim-foot"])
        foot += nodes.inline("", claim.verdict, classes=["claim-verdict", claim.verdict])
        foot += claim_link("", claim.id, claim=claim.id)
        box += foot
        return [box]


class ClaimsTable(SphinxDirective):
    """The claims of one chapter: id, what is stated, verdict, what is right, where it is shown."""

    required_arguments = 1

    def run(self):
        self.env.note_dependency(str(CLAIMS))
        rows = claims_of(self.arguments[0])
        if not rows:
            raise self.error(f"no claims of chapter {self.arguments[0]!r}")
        table = nodes.table(classes=["claims-table"])
        group = nodes.tgroup(cols=5)
        group += [nodes.colspec(colwidth=width) for width in (8, 34, 10, 34, 14)]
        heads = ("Claim", "The note states", "Verdict", "What running it gave", "Shown in")
        head_row = nodes.row()
        head_row += [nodes.entry("", nodes.paragraph("", text)) for text in heads]
        group += nodes.thead("", head_row)
        body = nodes.tbody()
        for claim in rows:
            row = nodes.row(classes=[claim.verdict])
            mark = nodes.inline("", claim.id, ids=[claim.anchor])
            verdict = nodes.inline("", claim.verdict, classes=["claim-verdict", claim.verdict])
            row += nodes.entry("", nodes.paragraph("", "", mark))
            row += nodes.entry("", nodes.paragraph("", claim.claim))
            row += nodes.entry("", nodes.paragraph("", "", verdict))
            row += nodes.entry("", nodes.paragraph("", claim.correct_fact or "as stated"))
            row += nodes.entry("", nodes.paragraph("", "", claim_places("", claim=claim.id)))
            body += row
        group += body
        table += group
        counts = {v: sum(c.verdict == v for c in rows) for v in ("reproduced", *TO_CORRECT)}
        summary = nodes.paragraph(
            "", f"{len(rows)} claims: " + ", ".join(f"{n} {v}" for v, n in counts.items()) + "."
        )
        return [summary, nodes.container("", table, classes=["claims-scroll"])]


def link_claims(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn claim ids into links to the table, and the table's last column into links back."""
    env = app.env
    for node in list(doctree.findall(claim_link)):
        claim = load_claims()[node["claim"]]
        text = nodes.inline("", claim.id)
        link = make_refnode(
            app.builder, docname, CLAIMS_PAGE, claim.anchor, text, f"{claim.verdict}: {claim.claim}"
        )
        node.replace_self(link)
    for node in list(doctree.findall(claim_places)):
        places = env.course_claims.get(node["claim"], [])
        if not places:
            logger.warning("claim %s is shown on no page", node["claim"], location=docname)
        links: list[nodes.Node] = []
        for page in dict.fromkeys(page for page, _ in places):
            anchor = next(a for p, a in places if p == page)
            title = env.titles[page].astext()
            if links:
                links.append(nodes.Text(", "))
            links.append(make_refnode(app.builder, docname, page, anchor, nodes.inline("", title)))
        node.replace_self(links)


def forget_claims(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    for places in env.course_claims.values():
        places[:] = [place for place in places if place[0] != docname]


def merge_claims(app: Sphinx, env: BuildEnvironment, docnames, other: BuildEnvironment) -> None:
    for claim_id, places in other.course_claims.items():
        mine = env.course_claims.setdefault(claim_id, [])
        mine.extend(place for place in places if place[0] in docnames)


def rewrite_table(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The table links to the pages: write it again whenever one of them was read again."""
    return [CLAIMS_PAGE] if CLAIMS_PAGE in env.found_docs else []


# --- exercises ---------------------------------------------------------------------------------


class Exercises(SphinxDirective):
    """A table of a notebook's tasks, and the released notebook to download."""

    required_arguments = 1

    def run(self):
        chapter, name = self.arguments[0].split("/")
        try:
            solution = load_solution(chapter, name)
        except (FileNotFoundError, ValueError) as error:
            raise self.error(str(error)) from error
        self.env.note_dependency(str(solution.path))
        released = EXERCISES / chapter / f"{name}.ipynb"
        intro = nodes.paragraph()
        target = "/" + str(released.relative_to(self.env.srcdir))
        download = addnodes.download_reference(
            "", "", nodes.literal("", f"{chapter}/{name}.ipynb"), reftarget=target
        )
        minutes = sum(task.minutes for task in solution.tasks)
        intro += [
            nodes.Text("Notebook "),
            download,
            nodes.Text(
                f": {len(solution.tasks)} tasks, {solution.points} points, about {minutes} minutes."
            ),
        ]
        table = nodes.table(classes=["exercise-table"])
        group = nodes.tgroup(cols=4)
        group += [nodes.colspec(colwidth=width) for width in (56, 16, 14, 14)]
        head = nodes.row()
        head += [
            nodes.entry("", nodes.paragraph("", text))
            for text in ("Task", "Difficulty", "Minutes", "Points")
        ]
        group += nodes.thead("", head)
        body = nodes.tbody()
        for task in solution.tasks:
            dots = "●" * task.difficulty + "○" * (5 - task.difficulty)
            level = nodes.inline("", dots, classes=["difficulty"])
            spoken = nodes.inline("", f" {task.difficulty} of 5", classes=["visually-hidden"])
            row = nodes.row()
            row += nodes.entry("", nodes.paragraph("", f"{task.number}. {task.title}"))
            row += nodes.entry("", nodes.paragraph("", "", level, spoken))
            row += nodes.entry("", nodes.paragraph("", str(task.minutes)))
            row += nodes.entry("", nodes.paragraph("", str(task.points)))
            body += row
        group += body
        table += group
        return [intro, table]


# --- a cache that notices src/ -----------------------------------------------------------------


def stale_pages(app: Sphinx, env: BuildEnvironment, added, changed, removed) -> list[str]:
    """Read again every page whose modules changed, and drop its cached outputs."""
    # where myst-nb puts it unless told otherwise
    cache = Path(app.config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache")
    now = {doc: digest(Path(env.doc2path(doc))) for doc in env.found_docs}
    _drop_cached_outputs(cache, env, now)
    stale = [doc for doc in now if doc in env.all_docs and env.course_digests.get(doc) != now[doc]]
    env.course_digests = now
    return stale


def _drop_cached_outputs(cache_path: Path, env: BuildEnvironment, now: dict[str, str]) -> None:
    from jupyter_cache import get_cache

    digests = cache_path.parent / DIGESTS
    before = json.loads(digests.read_text()) if digests.exists() else {}
    old = {str(env.doc2path(doc)) for doc in now if before.get(doc) != now[doc]}
    if old and cache_path.exists():
        cache = get_cache(str(cache_path))
        for record in cache.list_cache_records():
            if record.uri in old:
                cache.remove_cache(record.pk)
    # Written before the pages run: what is in the cache from here on was made with this digest.
    digests.parent.mkdir(parents=True, exist_ok=True)
    digests.write_text(json.dumps(now, indent=1, sort_keys=True))


# --- maths without a network -------------------------------------------------------------------


def copy_mathjax(app: Sphinx, exception: Exception | None) -> None:
    """Put MathJax's one self-contained file beside the pages that load it."""
    if exception is None and app.builder.format == "html":
        package = Path(find_spec("sphinx-mathjax-offline").origin).parent
        copy_asset(package / "static/mathjax/tex-svg.js", Path(app.outdir) / "_static" / "mathjax")


def without_thebe(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Jupyter Book always puts Thebe's set-up on a page; this book does not offer it."""
    for kind in ("script_files", "css_files"):
        context[kind] = [
            file
            for file in context.get(kind, [])
            if "thebe" not in f"{file} {getattr(file, 'attributes', '')}".lower()
        ]


def prepare(app: Sphinx) -> None:
    env = app.env
    if not hasattr(env, "course_claims"):
        env.course_claims = {}
    if not hasattr(env, "course_digests"):
        env.course_digests = {}


# --- outputs -----------------------------------------------------------------------------------


def join_streams(outputs: list) -> list:
    """Join what a cell printed in pieces, exactly as it was printed; one piece per stream is left.

    The kernel sends what has been printed so far every 0.2 s, in the middle of a line if need be.
    """
    joined, first = [], {}
    for output in outputs:
        if output["output_type"] != "stream":
            joined.append(output)
        elif output["name"] in first:
            first[output["name"]]["text"] += output["text"]
        else:
            first[output["name"]] = output.copy()
            joined.append(first[output["name"]])
    return joined


def join_streams_before_myst_nb() -> None:
    """myst-nb's own merge ends each piece with a new line: a busy machine would break lines."""
    from myst_nb.core import render

    theirs = render.coalesce_streams
    if not hasattr(theirs, "__wrapped__"):
        ours = functools.wraps(theirs)(lambda outputs: theirs(join_streams(outputs)))
        render.coalesce_streams = ours


def setup(app: Sphinx):
    join_streams_before_myst_nb()
    app.add_role("claim", ClaimRole())
    app.add_directive("claim", ClaimBox)
    app.add_directive("claims-table", ClaimsTable)
    app.add_directive("exercises", Exercises)
    app.connect("builder-inited", prepare)
    app.connect("env-get-outdated", stale_pages)
    app.connect("env-purge-doc", forget_claims)
    app.connect("env-merge-info", merge_claims)
    app.connect("env-updated", rewrite_table)
    app.connect("doctree-resolved", link_claims)
    app.connect("html-page-context", without_thebe, priority=900)  # after those who add files
    app.connect("build-finished", copy_mathjax)
    app.config.mathjax_path = "mathjax/tex-svg.js"
    return {"version": "1", "env_version": 1, "parallel_read_safe": True}
