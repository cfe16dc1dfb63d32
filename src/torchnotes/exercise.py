"""What an exercise may import: the course's helpers, and none of its answers.

``from torchnotes.exercise import ...`` stands in every exercise's first cell. From then on,
importing one of torchnotes' other modules fails with a message, in the exercise as in its grading.
This keeps an honest learner from finding the answer by tab completion; it does not hold out
against code that sets out to get round it, which is the sandbox's job.
"""

import sys
from importlib.abc import MetaPathFinder

from torchnotes import device, expect_error, load_images, load_text, use_style

__all__ = ["device", "expect_error", "load_images", "load_text", "use_style"]

HELPERS = {"torchnotes." + name for name in ("data", "devices", "exercise", "plot", "show")}


class _AnswersStayClosed(MetaPathFinder):
    """Refuse every module of torchnotes that is not a helper."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname.startswith("torchnotes.") and fullname not in HELPERS:
            raise ImportError(
                f"{fullname} holds the answer to an exercise: write it yourself here. "
                f"An exercise may import {', '.join(sorted(HELPERS))}."
            )


if not any(isinstance(finder, _AnswersStayClosed) for finder in sys.meta_path):
    sys.meta_path.insert(0, _AnswersStayClosed())
    for _name in [m for m in sys.modules if m.startswith("torchnotes.") and m not in HELPERS]:
        del sys.modules[_name]  # imported earlier in this process
