"""What a learner writes into a text cell reaches the instructor's browser as text."""

from html.parser import HTMLParser

import nbformat
import pytest
from nbconvert import HTMLExporter

from coursegrade.work import neutralise

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<iframe src='http://evil.example'></iframe>",
    "<svg/onload=alert(1)>",
    "[look](javascript:alert(1))",
    "[look]( JavaScript:alert(1))",
    "[look](&#106;avascript:alert(1))",
    "[look](data:text/html;base64,PHNjcmlwdD4=)",
    "[look][1]\n\n[1]: javascript:alert(1)",
    "![pixel](http://evil.example/pixel.png)",
    "![pixel][1]\n\n[1]: http://evil.example/pixel.png",
    "<javascript:alert(1)>",
    "<http://evil.example>",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "$\\href{javascript:alert(1)}{x}$",
    "$$\n\\href{javascript:alert(1)}{x}\n$$",
    "# title <script>alert(1)</script>",
    "> quoted\n> <img src=x onerror=alert(1)>",
    "| a | b |\n|---|---|\n| <script>1</script> | [x](javascript:1) |",
]


class Found(HTMLParser):
    """The tags with an effect, and addresses, within what a cell was made into."""

    def __init__(self):
        super().__init__()
        self.bad = []

    def handle_starttag(self, tag, attributes):
        if tag in {"script", "img", "iframe", "svg", "object", "embed", "form", "link", "style"}:
            self.bad.append(tag)
        for name, value in attributes:
            address = (value or "").strip()
            own = address.startswith("#")  # a title's link to itself
            if name.startswith("on") or (name in {"href", "src", "action"} and not own):
                self.bad.append(f"{tag} {name}={value}")


def rendered(source):
    """The part of the page that the cell became."""
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(source)])
    exporter = HTMLExporter(template_name="basic")
    return exporter.from_notebook_node(nb)[0]


def effects(source):
    found = Found()
    found.feed(rendered(source))
    return found.bad + (["\\href"] if "\\href" in rendered(source) else [])


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_tag_link_or_picture_is_left(attack):
    assert effects(neutralise(attack)) == []


def test_without_it_most_have_an_effect():
    """Or the test above would prove nothing."""
    assert sum(bool(effects(attack)) for attack in ATTACKS) >= 10


def test_what_was_written_can_still_be_read():
    page = rendered(neutralise("The loss [nats] falls while x < 3, *fast*, see $a_b$."))
    assert "<em>fast</em>" in page and "$a_b$" in page
    assert "&lt; 3" in page and ("[nats]" in page or "&#91;nats]" in page)
