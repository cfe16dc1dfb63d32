"""The built pages in a real browser, with no network: maths, themes, search, small screens."""

import http.server
import os
import shutil
import threading
from functools import partial

import pytest

from tools.paths import BUILD, HTML, chapters, pages

pytestmark = pytest.mark.browser

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
CHROMIUM = os.environ.get("TORCHNOTES_CHROMIUM", CHROMIUM)
PAGES = [
    "book/index.html",
    "book/claims.html",
    "book/glossary.html",
    *(f"book/{chapter}/index.html" for chapter in chapters()),
    *(f"book/{chapter}/{page.stem}.html" for chapter in chapters() for page in pages(chapter)),
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="session")
def site():
    if not (HTML / "index.html").exists():
        pytest.skip("the book is not built: run `make book`")
    handler = partial(Quiet, directory=str(HTML))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install it, or set TORCHNOTES_CHROMIUM to one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield instance
        instance.close()


@pytest.fixture
def open_page(browser, site):
    """Open a page; every request to another host is refused and remembered."""
    contexts = []

    def opened(name, theme="light", width=1280, scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.outside, page.problems = [], []

        def route(route):
            if route.request.url.startswith((site, "data:", "blob:")):
                route.continue_()
            else:
                page.outside.append(route.request.url)
                route.abort()

        page.route("**/*", route)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
        page.goto(f"{site}/{name}")
        if scripts and page.locator(".math").count():
            page.wait_for_selector("mjx-container svg", state="attached", timeout=20_000)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_no_other_host_and_raises_no_error(open_page, name):
    page = open_page(name)
    page.wait_for_load_state("networkidle")
    assert page.outside == []
    assert page.problems == []
    assert page.locator(".merror, [data-mjx-error]").count() == 0, (
        "MathJax could not read a formula"
    )
    assert page.locator("h1:visible").count() == 1


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_does_not_scroll_sideways(open_page, name, width):
    page = open_page(name, width=width)
    page_width, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    extra = page_width - window
    assert extra <= 1, f"{extra} px wider than the window"


def test_formulas_are_typeset(open_page):
    page = open_page("book/autograd/graph.html")
    assert page.locator("mjx-container svg").count() >= page.locator(".math").count() > 0


def test_one_header_and_one_search_box(open_page):
    page = open_page("book/autograd/graph.html")
    assert page.locator(".bd-header-article:visible").count() == 1
    assert page.locator(".search-button-field:visible, .bd-search:visible").count() == 1


CONTRAST = """
() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = color => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const d = canvas.getImageData(0, 0, 1, 1).data;
    return [d[0], d[1], d[2], d[3] / 255];
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3]));
  const linear = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const luminance = c => .2126 * linear(c[0]) + .7152 * linear(c[1]) + .0722 * linear(c[2]);
  const background = element => {
    const stack = [];
    for (let e = element; e; e = e.parentElement)
      stack.push(rgba(getComputedStyle(e).backgroundColor));
    return stack.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const skipped = 'svg, mjx-container, .headerlink, .visually-hidden, script, style';
  const bad = new Map();
  const walker = document.createTreeWalker(
    document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const words = walker.currentNode.textContent.trim();
    if (!words || !element.checkVisibility() || element.closest(skipped)) continue;
    const style = getComputedStyle(element), below = background(element);
    const pair = [luminance(over(rgba(style.color), below)), luminance(below)];
    const ratio = (Math.max(...pair) + .05) / (Math.min(...pair) + .05);
    const size = parseFloat(style.fontSize), bold = parseInt(style.fontWeight) >= 700;
    if (ratio < (size >= 24 || (size >= 18.66 && bold) ? 3 : 4.5))
      bad.set(`${element.tagName}.${element.className}`,
              `${ratio.toFixed(2)} ${words.slice(0, 30)}`);
  }
  return [...bad].map(pair => pair.join(': '));
}
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_text_stands_out_in_both_themes(open_page, name, theme):
    """WCAG 2.2, 1.4.3: a contrast of 4.5 to 1, and 3 to 1 for large text."""
    page = open_page(name, theme=theme)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    assert page.evaluate(CONTRAST) == []


def test_figures_are_inverted_in_the_dark_theme_and_photographs_are_not(open_page):
    page = open_page("book/autograd/graph.html", theme="dark")
    figure = page.locator("main figure img").first
    assert "invert" in figure.evaluate("e => getComputedStyle(e).filter")
    light = open_page("book/autograd/graph.html", theme="light")
    assert (
        light.locator("main figure img").first.evaluate("e => getComputedStyle(e).filter") == "none"
    )


def test_an_answer_unfolds(open_page):
    page = open_page("book/autograd/graph.html")
    answer = page.locator(".predict details").first
    assert not answer.locator("p").last.is_visible()
    answer.locator("summary").click()
    assert answer.locator("p").last.is_visible()


def test_search_finds_a_page(open_page):
    page = open_page("search.html?q=retain_grad")
    page.wait_for_selector("#search-results li a", timeout=20_000)
    found = page.locator("#search-results li a").evaluate_all("links => links.map(a => a.href)")
    assert any("/autograd/graph.html" in link for link in found)


def test_a_claim_s_link_leads_to_its_row_and_back(open_page):
    page = open_page("book/autograd/graph.html")
    page.locator(".claim-box .claim-foot a").first.click()
    page.wait_for_url("**/book/claims.html#claim-grad-03")
    row = page.locator("tr:has(#claim-grad-03)")
    row.locator("a").last.click()
    page.wait_for_url("**/graph.html#claim-grad-03-shown-1")


def test_pages_read_without_scripts(open_page):
    page = open_page("book/autograd/graph.html", scripts=False)
    assert "AccumulateGrad" in page.locator("main").inner_text()


def test_screenshots_are_kept_for_people_to_look_at(open_page):
    folder = BUILD / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        for name in ("book/index.html", "book/autograd/graph.html"):
            target = folder / f"{name.replace('/', '-').removesuffix('.html')}-{theme}.png"
            open_page(name, theme=theme).screenshot(path=target)
            assert target.stat().st_size > 20_000
