"""RetNet: gated multi-scale retention, its block, a language model, and decoding.

Sun et al. 2023, sections 2.2 and 2.3. No matrix has a bias and no norm has weights (the
matrix after it would absorb them), so that a block has 12 d_model^2 parameters exactly.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.retention import paper_log_gamma, retention
from torchnotes.rotary import rotation, turn
from torchnotes.text import sample_token


class HeadNorm(nn.Module):
    """Normalise each head of each token by itself: (B, H, T, d_v), the same shape out.

    This is the paper's GroupNorm, a head being a group. ``nn.GroupNorm`` on (B,
    channels, T) is not: it takes its mean over time too, and so sees the future.

    Args:
        kind: "layer" takes out the mean and divides by the standard deviation, as
            GroupNorm does; "rms" divides by the root mean square, as the authors'
            torchscale does.
        eps: added to the variance or mean square. 0 makes the result independent of its
            input's scale; any other shows through where that is small.
    """

    def __init__(self, kind: str = "layer", eps: float = 1e-6) -> None:
        super().__init__()
        if kind not in ("layer", "rms"):
            raise ValueError(f"kind is {kind!r}, neither 'layer' nor 'rms'")
        self.kind, self.eps = kind, eps

    def forward(self, y: Tensor) -> Tensor:
        if self.kind == "layer":
            return F.layer_norm(y, y.shape[-1:], eps=self.eps)
        wide = y.to(torch.promote_types(y.dtype, torch.float32))
        mean_square = wide.square().mean(-1, keepdim=True)  # (B, H, T, 1)
        return (wide * torch.rsqrt(mean_square + self.eps)).to(y.dtype)


class MultiScaleRetention(nn.Module):
    """Gated multi-scale retention, (B, T, d_model) in and out (Sun et al. 2023, Eq. 8).

    (swish(X W_G) * Y) W_O, where Y is the heads' outputs, each normalised. With d_v = 2
    d_k it has 8 d_model^2 parameters: W_Q and W_K one d_model^2 each, W_V, W_G and W_O
    two.

    Args:
        d_model: features of a token.
        log_gamma: ln gamma of each head, (H,): ``paper_log_gamma``. Best in float64, of
            which a float64 model keeps all digits and any other float32.
        gate: False leaves out W_G and the swish; 6 d_model^2 parameters are left.
        group_norm: False leaves out the norm of the heads.
        norm, eps: ``kind`` and ``eps`` of ``HeadNorm``.

    Raises:
        ValueError: d_model is no multiple of H, or d_model / H is odd.
    """

    def __init__(
        self,
        d_model: int,
        log_gamma: Tensor,
        *,
        gate: bool = True,
        group_norm: bool = True,
        norm: str = "layer",
        eps: float = 1e-6,
    ) -> None:
        super().__init__()
        self.num_heads = len(log_gamma)
        if d_model % (2 * self.num_heads):
            heads = f"{self.num_heads} heads of d_model {d_model}"
            raise ValueError(f"{heads} have no even number of features each")
        self.w_q = nn.Linear(d_model, d_model, bias=False)
        self.w_k = nn.Linear(d_model, d_model, bias=False)
        self.w_v = nn.Linear(d_model, 2 * d_model, bias=False)
        self.w_g = None
        if gate:
            self.w_g = nn.Linear(d_model, 2 * d_model, bias=False)
        self.w_o = nn.Linear(2 * d_model, d_model, bias=False)
        self.norm = HeadNorm(norm, eps) if group_norm else nn.Identity()
        self._schedule = log_gamma.detach().cpu().double()
        self._place_log_gamma()

    def forward(
        self,
        x: Tensor,
        state: Tensor | None = None,
        *,
        turns: tuple[Tensor, Tensor] | None = None,
        form: str = "parallel",
        chunk_size: int = 64,
        mask: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Return the outputs, (B, T, d_model), and the next state, (B, H, d_k, d_v).

        Args:
            x: (B, T, d_model).
            state: after the positions before these; None at the start.
            turns: the positions' ``rotation``, which all layers share; None, where there
                is no state: 0 to T - 1.
            form, chunk_size, mask: as in ``torchnotes.retention.retention``.

        Raises:
            ValueError: a state without the turns of the positions after it.
        """
        q, k, v = (self._heads(w(x)) for w in (self.w_q, self.w_k, self.w_v))
        if turns is None:
            if state is not None:
                raise ValueError("a state has positions before these: give their turns")
            turns = self.turns(torch.arange(x.shape[1], device=x.device))
        q, k = turn(q, *turns), turn(k, *turns)  # (B, H, T, d_k)
        inputs = q, k, v, self.log_gamma, state, mask
        y, state = retention(*inputs, form=form, chunk_size=chunk_size)
        y = self.norm(y).transpose(1, 2).flatten(2)  # (B, T, 2 * d_model)
        if self.w_g is not None:
            y = F.silu(self.w_g(x)) * y
        return self.w_o(y), state

    def turns(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        """Return ``rotation`` at the positions, (T,), as the queries and keys need it."""
        d_k = self.w_q.out_features // self.num_heads
        return rotation(positions, d_k, dtype=self.log_gamma.dtype)

    def _heads(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)  # (B, H, T, d)

    def _place_log_gamma(self) -> None:
        weight = self.w_q.weight
        dtype = torch.promote_types(weight.dtype, torch.float32)
        self.log_gamma = self._schedule.to(weight.device, dtype)  # (H,)

    def _apply(self, *args, **kwargs):
        # .to, .half and .cuda come through here. A buffer would follow the weights to
        # half precision, where gamma is 1; this follows them to their device alone
        super()._apply(*args, **kwargs)
        self._place_log_gamma()
        return self


class FeedForward(nn.Module):
    """gelu(X W_1) W_2 (Sun et al. 2023, Eq. 9).

    Args:
        d_model: features of a token.
        d_inner: features within: 2 d_model in RetNet, which makes 4 d_model^2
            parameters, and twice as many in a Transformer, whose attention has fewer.
    """

    def __init__(self, d_model: int, d_inner: int) -> None:
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_inner, bias=False)
        self.w_2 = nn.Linear(d_inner, d_model, bias=False)

    def forward(self, x: Tensor) -> Tensor:  # (B, T, d_model)
        return self.w_2(F.gelu(self.w_1(x)))


class RetNetBlock(nn.Module):
    """Y = MSR(LN(X)) + X, then FFN(LN(Y)) + Y: 12 d_model^2 parameters.

    (Sun et al. 2023, Eq. 9.) So it has without the gate, too, its feed-forward network
    then being wider: rows of Table 6 differ in design, not in size.

    Args:
        d_model, log_gamma, options: as in ``MultiScaleRetention``.
    """

    def __init__(
        self,
        d_model: int,
        log_gamma: Tensor,
        **options: bool | str | float,
    ) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model, elementwise_affine=False)
        self.retention = MultiScaleRetention(d_model, log_gamma, **options)
        self.norm_2 = nn.LayerNorm(d_model, elementwise_affine=False)
        # without a gate, its 2 d_model^2 parameters go to the feed-forward network
        d_inner = (2 if options.get("gate", True) else 3) * d_model
        self.feed_forward = FeedForward(d_model, d_inner)

    def forward(
        self,
        x: Tensor,
        state: Tensor | None = None,
        **how,
    ) -> tuple[Tensor, Tensor]:
        """Return the outputs, (B, T, d_model), and the next state.

        Args:
            x, state, how: as in ``MultiScaleRetention.forward``.
        """
        y, state = self.retention(self.norm_1(x), state, **how)
        y = x + y
        return y + self.feed_forward(self.norm_2(y)), state


class RetNetState(NamedTuple):
    """All that decoding needs to know of the past, however long it was."""

    layers: tuple[Tensor, ...]  # (B, H, d_k, d_v) each
    length: int  # positions seen: where the rotation goes on

    @property
    def nbytes(self) -> int:
        """Bytes of all layers' states."""
        return sum(s.numel() * s.element_size() for s in self.layers)


class RetNet(nn.Module):
    """A language model: embedding, blocks, a norm, and a matrix to the vocabulary.

    The weights start as N(0, 1 / fan_in), so that variances stay as they are. W_O and
    W_2 are smaller by sqrt(2 num_layers), because that many of them add up (Radford et
    al. 2019); embeddings are N(0, 1).

    Args:
        vocab_size: V.
        d_model: features of a token.
        num_layers: L; L blocks have 12 L d_model^2 parameters.
        num_heads: H, or None and ``head_dim`` says it.
        head_dim: d_k, and half of d_v; d_model / head_dim heads. 256 in the paper.
        gamma_decay: False makes every gamma 1: nothing is forgotten.
        multi_scale: False makes every gamma 127/128.
        schedule: from the number of heads to ln gamma, (H,): ``paper_log_gamma``, Eq.
            8, or ``experiment_log_gamma``, section 3.1.
        options: ``gate``, ``group_norm``, ``norm``, ``eps`` as in
            ``MultiScaleRetention``.

    ``gate``, ``group_norm``, ``gamma_decay``, ``multi_scale`` and ``head_dim`` are the
    rows of the paper's Table 6.

    Raises:
        ValueError: not exactly one of ``num_heads`` and ``head_dim`` is given, or it
            does not divide d_model into heads of even size.
    """

    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        num_layers: int,
        num_heads: int | None = None,
        *,
        head_dim: int | None = None,
        gamma_decay: bool = True,
        multi_scale: bool = True,
        schedule: Callable[[int, torch.dtype], Tensor] = paper_log_gamma,
        **options: bool | str | float,
    ) -> None:
        super().__init__()
        if (num_heads is None) == (head_dim is None):
            raise ValueError("give num_heads or head_dim, one of the two")
        if num_heads is None:
            if d_model % head_dim:
                raise ValueError(f"{head_dim=} does not divide {d_model=}")
            num_heads = d_model // head_dim
        log_gamma = schedule(num_heads, torch.float64)  # (H,)
        if not multi_scale:
            log_gamma = torch.full_like(log_gamma, math.log1p(-1 / 128))
        if not gamma_decay:
            log_gamma = torch.zeros_like(log_gamma)
        self.embedding = nn.Embedding(vocab_size, d_model)  # N(0, 1)
        self.blocks = nn.ModuleList(
            RetNetBlock(d_model, log_gamma, **options) for _ in range(num_layers)
        )
        self.norm = nn.LayerNorm(d_model, elementwise_affine=False)
        self.head = nn.Linear(d_model, vocab_size, bias=False)
        self._initialise()

    def _initialise(self) -> None:
        for name, module in self.named_modules():
            if isinstance(module, nn.Linear):
                std = module.in_features**-0.5
                if name.endswith(("w_o", "w_2")):  # they write to the residual stream
                    std /= math.sqrt(2 * len(self.blocks))
                nn.init.normal_(module.weight, std=std)

    def forward(
        self,
        tokens: Tensor,
        form: str = "parallel",
        state: RetNetState | None = None,
        *,
        mask: Tensor | None = None,
        chunk_size: int = 64,
        return_state: bool = False,
    ) -> Tensor | tuple[Tensor, RetNetState]:
        """Return the logits of each position's next token; on demand, the next state.

        Args:
            tokens: (B, T) int64, T at least 1.
            form: one of ``torchnotes.retention.FORMS``: the logits are the same.
            state: of the tokens before these, in whatever form it was computed.
            mask: (B, T), False where left padding stands; the logits there mean
                nothing.
            chunk_size: positions per chunk of the chunkwise form.
            return_state: whether to return (logits, state) in place of the logits
                alone.

        Returns:
            logits, (B, T, V).

        Raises:
            ValueError: no such form, or a mask together with a state.
        """
        start = RetNetState((None,) * len(self.blocks), 0)
        before = start if state is None else state
        length = before.length + tokens.shape[1]
        positions = torch.arange(before.length, length, device=tokens.device)
        turns = self.blocks[0].retention.turns(positions)  # the same in every layer
        how = {"turns": turns, "form": form, "chunk_size": chunk_size, "mask": mask}
        x, layers = self.embedding(tokens), []  # (B, T, d_model)
        for block, s in zip(self.blocks, before.layers, strict=True):
            x, s = block(x, s, **how)
            layers.append(s)
        logits = self.head(self.norm(x))  # (B, T, V)
        if return_state:
            return logits, RetNetState(tuple(layers), length)
        return logits

    @torch.no_grad()
    def generate(
        self,
        prompt: Tensor,
        n: int,
        temperature: float = 1.0,
        generator: torch.Generator | None = None,
        *,
        mask: Tensor | None = None,
    ) -> Tensor:
        """Return ``n`` more tokens for each prompt: (B, T) -> (B, n) int64.

        The prompt is read chunkwise, then each token costs the same, however long the
        text has become: the state does not grow.

        Args:
            prompt: (B, T) int64, T at least 1.
            n: tokens to draw.
            temperature, generator: as in ``sample_token``.
            mask: (B, T), False where left padding makes prompts equally long.

        Raises:
            ValueError: an empty prompt.
        """
        if prompt.shape[1] == 0:
            raise ValueError("a prompt has at least one token")
        drawn = prompt.new_empty(len(prompt), n)
        logits, state = self(prompt, "chunkwise", mask=mask, return_state=True)
        for i in range(n):
            drawn[:, i] = sample_token(logits[:, -1], temperature, generator)
            if i + 1 < n:  # the last token is not read
                last = drawn[:, i : i + 1]
                logits, state = self(last, "recurrent", state, return_state=True)
        return drawn
