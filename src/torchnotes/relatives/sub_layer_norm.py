"""Sub-LayerNorm: a second LayerNorm in each sublayer, and the gain that goes with it.

Pre-LayerNorm normalises what enters a sublayer; Sub-LayerNorm also what enters its
output projection, so that the size of the weights before it cancels. Retention took
this over with a GroupNorm: its heads decay at different rates, and each needs its own
scale.
"""

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.relatives.linear_attention import widen


def magneto_gain(num_layers: int) -> float:
    """Return the gain for the weights of a decoder, sqrt(ln(2 M)) (Wang et al. 2022).

    It keeps the size of the model's update, what one step of training does to its
    output, independent of the depth.

    Args:
        num_layers: M, blocks in the network.
    """
    return math.sqrt(math.log(2 * num_layers))


class SubLayerNormState(NamedTuple):
    """The keys and values of all tokens so far."""

    keys: Tensor  # (B, H, t, d_k)
    values: Tensor  # (B, H, t, d_k)


class SubLayerNormBlock(nn.Module):
    """A causal Transformer block with Sub-LayerNorm (Magneto, Wang et al. 2022).

    x + W_O LN(attention(LN(x))), then x + W_2 LN(gelu(W_1 LN(x))). Tokens know no
    position.

    Args:
        d_model: width.
        num_heads: H; d_k = d_model / H.
        num_layers: blocks in the whole network, for the gain.
        sub_norm: False leaves the inner norms and the gain out, for Pre-LayerNorm.

    Raises:
        ValueError: ``num_heads`` does not divide ``d_model``.
    """

    def __init__(
        self, d_model: int, num_heads: int, num_layers: int, sub_norm: bool = True
    ) -> None:
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"{d_model} channels do not split into {num_heads} heads")
        self.heads = (num_heads, d_model // num_heads)
        d_ff = 4 * d_model
        self.attention_norm = nn.LayerNorm(d_model)
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (
            nn.Linear(d_model, d_model) for _ in range(4)
        )
        self.ffn_norm = nn.LayerNorm(d_model)
        self.fc1, self.fc2 = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model)
        self.attention_sub_norm = nn.LayerNorm(d_model) if sub_norm else nn.Identity()
        self.ffn_sub_norm = nn.LayerNorm(d_ff) if sub_norm else nn.Identity()
        self.reset_parameters(magneto_gain(num_layers) if sub_norm else 1.0)

    def reset_parameters(self, gain: float) -> None:
        """Draw Xavier weights, with ``gain`` for all but W_Q and W_K; biases are 0."""
        for layer in (self.q_proj, self.k_proj):  # they only shape the softmax
            nn.init.xavier_normal_(layer.weight)
            nn.init.zeros_(layer.bias)
        for layer in (self.v_proj, self.out_proj, self.fc1, self.fc2):
            nn.init.xavier_normal_(layer.weight, gain)
            nn.init.zeros_(layer.bias)

    def _qkv(self, x: Tensor) -> list[Tensor]:  # (B, T, d_model) -> (B, H, T, d_k) each
        x = self.attention_norm(x)
        layers = (self.q_proj, self.k_proj, self.v_proj)
        return [widen(f(x)).unflatten(-1, self.heads).transpose(1, 2) for f in layers]

    def _output(self, x: Tensor, attended: Tensor) -> Tensor:
        attended = attended.transpose(1, 2).flatten(2).to(x.dtype)  # (B, T, d_model)
        x = x + self.out_proj(self.attention_sub_norm(attended))
        hidden = F.gelu(self.fc1(self.ffn_norm(x)))  # (B, T, 4 d_model)
        return x + self.fc2(self.ffn_sub_norm(hidden))

    def forward(self, x: Tensor) -> Tensor:
        """Return the block's outputs for whole sequences: (B, T, d_model), as ``x``."""
        attended = F.scaled_dot_product_attention(*self._qkv(x), is_causal=True)
        return self._output(x, attended)

    def init_state(self, batch_size: int) -> SubLayerNormState:
        """Return the state before the first token: no keys, no values."""
        num_heads, d_k = self.heads
        none = widen(self.k_proj.weight).new_zeros(batch_size, num_heads, 0, d_k)
        return SubLayerNormState(none, none)

    def step(
        self,
        x_t: Tensor,
        state: SubLayerNormState,
    ) -> tuple[Tensor, SubLayerNormState]:
        """Return the next token's output, (B, d_model), and its state: O(t) work."""
        x = x_t[:, None]  # (B, 1, d_model)
        q, k, v = self._qkv(x)
        keys = torch.cat([state.keys, k], 2)  # (B, H, t + 1, d_k)
        values = torch.cat([state.values, v], 2)
        attended = F.scaled_dot_product_attention(q, keys, values)
        return self._output(x, attended).squeeze(1), SubLayerNormState(keys, values)

    def state_size(self, length: int) -> int:
        """Return the numbers kept per sequence: they grow with ``length``."""
        num_heads, d_k = self.heads
        return 2 * length * num_heads * d_k
