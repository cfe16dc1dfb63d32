"""Small helpers with which a cell shows what it promised."""

from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import fill


@contextmanager
def expect_error(kind: type[BaseException], match: str = "", width: int = 240) -> Iterator[None]:
    """Run a block that must raise ``kind`` and print its message.

    A page that promises an error breaks when the error stops coming, instead of showing nothing.

    Args:
        kind: the exception that the block must raise.
        match: text that must occur in the message.
        width: characters after which the printed message is cut.

    Raises:
        AssertionError: the block raised nothing, or the message lacks ``match``.
    """
    try:
        yield
    except kind as error:
        message = " ".join(str(error).split())
        if match not in message:
            raise AssertionError(f"expected {match!r} in the message, got: {message}") from error
        if len(message) > width:
            message = message[:width].rsplit(" ", 1)[0] + " ..."
        print(fill(f"{type(error).__name__}: {message}", 84))  # as wide as a page's code
    else:
        raise AssertionError(f"expected {kind.__name__}, but the block ran to its end")
