"""What the five notes teach, one small module per idea, and the helpers that every page uses.

The names imported here are the helpers. Each idea lives in a module of its own and is imported
from there: ``from torchnotes.engine import Tensor``.
"""

from torchnotes.data import load_images, load_text
from torchnotes.devices import device
from torchnotes.plot import use_style
from torchnotes.show import expect_error

__all__ = ["device", "expect_error", "load_images", "load_text", "use_style"]
