"""graded 4/4: displays HTML, SVG and script; the answer is right, and the script stays out."""

from IPython.display import HTML, SVG, Javascript, display

display(HTML("<script>alert('CANARY')</script><img src=http://example.com/CANARY>"))
display(Javascript("alert('CANARY')"))
display(SVG('<svg xmlns="http://www.w3.org/2000/svg"><script>alert("CANARY")</script></svg>'))


class Pretty:
    def _repr_html_(self):
        return "<script>alert('CANARY')</script>"

    def __repr__(self):
        return "pretty"


display(Pretty())


def double(x):
    return 2 * x
