"""A test cell's code, made once for a class and not again for every submission.

To read, rewrite and compile a cell takes longer than most tests take to run. Whoever hands the
cells out does it and sends the code along with the text; what runs them only loads it. Both are
the same Python, so that ``marshal`` serves.
"""

import ast
import base64
import functools
import marshal
import types
from collections.abc import Callable

from IPython.core.inputtransformer2 import TransformerManager

from coursegrade.guard import JUDGES

PRIVATE = "__coursegrade_"


def filename(name: str) -> str:
    """What a test cell is called in tracebacks."""
    return f"<test {name}>"


def parse(source: str, name: str) -> ast.Module:
    """Read a cell, IPython's own syntax included.

    Raises:
        SyntaxError: it cannot be read.
    """
    return ast.parse(TransformerManager().transform_cell(source), filename(name))


def rewrite(tree: ast.Module, is_judge: Callable[[str], bool]) -> dict[str, str]:
    """Let uses of judges go to private names; return those names and what they stand for.

    A judge is a function that decides a test, see ``guard.JUDGES``. One that the cell itself
    assigns to stays as it is.

    Args:
        is_judge: for "torch.testing.assert_close", as it stands in the cell, whether it is one.
    """
    stored = {
        dotted(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
    }
    used: dict[str, str] = {}

    class Replace(ast.NodeTransformer):
        def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
            name = dotted(node)
            if name is None or name in stored or not isinstance(node.ctx, ast.Load):
                return self.generic_visit(node)
            if not is_judge(name):
                return self.generic_visit(node)
            private = PRIVATE + name.replace(".", "_")
            used[private] = name
            return ast.copy_location(ast.Name(private, ast.Load()), node)

    Replace().visit(tree)
    return used


def dotted(node: ast.AST) -> str | None:
    """Return "a.b.c" for such an expression, None for any other."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])


def compiled(tree: ast.Module, name: str) -> tuple[types.CodeType, types.CodeType | None]:
    """Return the cell's code, and that of the expression at its end, whose value it shows."""
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    body = compile(tree, filename(name), "exec")
    if last is None:
        return body, None
    return body, compile(ast.Expression(last.value), filename(name), "eval")


@functools.lru_cache(maxsize=4096)
def prepare(source: str, name: str) -> str | None:
    """Return a test cell's code as text for ``load``, or None: it has to be read on the spot.

    What may be a judge by its name is taken for one. Whether its first part is the module of that
    name, only the notebook's names can tell: ``load`` gives those that have to be looked at.
    """
    try:
        tree = parse(source, name)
        used = rewrite(tree, lambda found: any(judge.endswith(_rest(found)) for judge in JUDGES))
        body, last = compiled(tree, name)
    except SyntaxError:  # its message is the runner's to show
        return None
    return base64.b64encode(marshal.dumps((body, last, used))).decode()


def load(text: str) -> tuple[types.CodeType, types.CodeType | None, dict[str, str]]:
    """Return code, code of the last expression, and the private names with what they stand for."""
    return _loads(_decode(text))


def _rest(name: str) -> str:
    """ ".testing.assert_close" of "torch.testing.assert_close", whatever "torch" is called."""
    return "." + name.partition(".")[2]


_loads, _decode = marshal.loads, base64.b64decode  # a learner's code may exchange the modules'
