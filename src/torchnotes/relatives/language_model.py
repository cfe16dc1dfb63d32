"""One language model for all relatives: only the layer that mixes tokens differs.

What a comparison of layers needs, and what Sun et al. 2023, section 3.5, did: the same
embedding, feed-forward network, norms, residuals and start of the weights around each.
"""

import math
from collections.abc import Callable

from torch import Tensor, nn

from torchnotes.retnet import FeedForward


class MixerBlock(nn.Module):
    """Y = mixer(LN(X)) + X, then FFN(LN(Y)) + Y, the feed-forward 4 d_model wide.

    Args:
        d_model: features of a token.
        mixer: a layer with ``forward``, (B, T, d_model) in and out, and ``step``.
    """

    def __init__(self, d_model: int, mixer: nn.Module) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model, elementwise_affine=False)
        self.mixer = mixer
        self.norm_2 = nn.LayerNorm(d_model, elementwise_affine=False)
        self.feed_forward = FeedForward(d_model, 4 * d_model)

    def forward(self, x: Tensor) -> Tensor:
        y = x + self.mixer(self.norm_1(x))
        return y + self.feed_forward(self.norm_2(y))

    def step(self, x_t: Tensor, state):
        """Return one token's output, (B, d_model), and the mixer's next state."""
        y, state = self.mixer.step(self.norm_1(x_t), state)
        y = x_t + y
        return y + self.feed_forward(self.norm_2(y)), state


class MixerLM(nn.Module):
    """A language model around any of the relatives: (B, T) tokens to (B, T, V) logits.

    Weights start as in ``torchnotes.retnet.RetNet``; a mixer's own parameters that are
    no matrices stay as it made them.

    Args:
        vocab_size: V.
        d_model: features of a token.
        num_layers: blocks.
        make_mixer: called once per block, with no arguments.
    """

    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        num_layers: int,
        make_mixer: Callable[[], nn.Module],
    ) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, d_model)  # N(0, 1)
        self.blocks = nn.ModuleList(MixerBlock(d_model, make_mixer()) for _ in range(num_layers))
        self.norm = nn.LayerNorm(d_model, elementwise_affine=False)
        self.head = nn.Linear(d_model, vocab_size, bias=False)
        for name, module in self.named_modules():
            # a filter's net is none of the model's projections: it has its own scale
            if isinstance(module, nn.Linear) and ".filter." not in name:
                std = module.in_features**-0.5
                if name.endswith(("out_proj", "w_2")):  # they write to the residual
                    std /= math.sqrt(2 * num_layers)
                nn.init.normal_(module.weight, std=std)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.embedding(tokens)  # (B, T, d_model)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))

    def init_state(self, batch_size: int) -> list:
        """Return each layer's state before the first token."""
        return [block.mixer.init_state(batch_size) for block in self.blocks]

    def step(self, tokens: Tensor, state: list) -> tuple[Tensor, list]:
        """Return the logits after one more token, (B,) -> (B, V), and the next state."""
        x, after = self.embedding(tokens), []
        for block, s in zip(self.blocks, state, strict=True):
            x, s = block.step(x, s)
            after.append(s)
        return self.head(self.norm(x)), after
