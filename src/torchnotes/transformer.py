"""The Transformer that RetNet is compared with, as good as a page of PyTorch allows.

Pre-LayerNorm blocks (Xiong et al. 2020), rotary positions (Su et al. 2021), grouped
queries (Ainslie et al. 2023), PyTorch's fused attention, a preallocated cache of keys
and values. No matrix has a bias and no norm has weights, as in ``torchnotes.retnet``:
with full heads a block has 12 d_model^2 parameters exactly.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchnotes.retnet import FeedForward
from torchnotes.rotary import rotation, turn
from torchnotes.text import sample_token

# from torch 2.5 on, scaled_dot_product_attention repeats the keys of a group by itself
HAS_ENABLE_GQA = tuple(int(n) for n in torch.__version__.split(".")[:2]) >= (2, 5)


class KVCache:
    """The keys and values of the positions a layer has seen, in memory taken once.

    Args:
        batch_size, num_kv_heads, capacity, d_head: B, H_kv, the most positions, d_k.
        dtype, device: of the layer's keys and values.

    Attributes:
        length: positions seen.
    """

    def __init__(
        self,
        batch_size: int,
        num_kv_heads: int,
        capacity: int,
        d_head: int,
        dtype: torch.dtype = torch.float32,
        device: torch.device | str = "cpu",
    ) -> None:
        shape = (batch_size, num_kv_heads, capacity, d_head)
        self.keys = torch.empty(shape, dtype=dtype, device=device)
        self.values = torch.empty_like(self.keys)
        self.length = 0

    def append(self, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
        """Add T positions, (B, H_kv, T, d_k) each; return views of all so far.

        Raises:
            ValueError: more positions than the capacity.
            RuntimeError: the keys want a gradient, which a cache that is overwritten in
                place cannot carry.
        """
        start, end = self.length, self.length + k.shape[2]
        if end > self.keys.shape[2]:
            raise ValueError(f"{end} positions in a cache for {self.keys.shape[2]}")
        if torch.is_grad_enabled() and (k.requires_grad or v.requires_grad):
            raise RuntimeError("a cache is for inference: call the model under no_grad")
        self.keys[:, :, start:end] = k
        self.values[:, :, start:end] = v
        self.length = end
        return self.keys[:, :, :end], self.values[:, :, :end]  # (B, H_kv, length, d_k)

    @property
    def nbytes(self) -> int:
        """Of the positions seen, 2 B H_kv length d_k numbers: a step reads them all."""
        per_position = self.keys[:, :, 0].numel() * self.keys.element_size()
        return 2 * self.length * per_position

    @property
    def allocated_nbytes(self) -> int:
        """Of the whole capacity."""
        return 2 * self.keys.numel() * self.keys.element_size()


def causal_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Return softmax(q k^T / sqrt(d_k)) v, each query blind to what comes later.

    The T queries are the last of S positions: query t sees the first S - T + t + 1 keys
    (Vaswani et al. 2017, Eq. 1).

    Args:
        q: (B, H, T, d_k).
        k: (B, H_kv, S, d_k), S >= T; query head h looks at the keys of h // (H / H_kv).
        v: (B, H_kv, S, d_v).

    Returns:
        (B, H, T, d_v).
    """
    (B, H, T, _), (H_kv, S) = q.shape, k.shape[1:3]
    if T == 1:
        # a group's queries become rows of one head: no key is read twice, or copied
        rows = q.reshape(B, H_kv, H // H_kv, -1)
        return F.scaled_dot_product_attention(rows, k, v).reshape(B, H, 1, -1)
    options = {}
    if H_kv < H and HAS_ENABLE_GQA:
        options["enable_gqa"] = True
    elif H_kv < H:
        k, v = (x.repeat_interleave(H // H_kv, dim=1) for x in (k, v))
    if T == S:
        options["is_causal"] = True  # no mask in memory
    else:  # is_causal would count from the first key, not from the last
        seen = torch.ones(T, S, dtype=torch.bool, device=q.device)
        options["attn_mask"] = seen.tril(S - T)
    return F.scaled_dot_product_attention(q, k, v, **options)


class Attention(nn.Module):
    """Causal self-attention with rotary positions, and with grouped queries if asked.

    Args:
        d_model: width, (B, T, d_model) in and out.
        num_heads: H, a divisor of d_model; d_k = d_v = d_model / H, an even number.
        num_kv_heads: H_kv, a divisor of H, by default H: as many heads of keys and of
            values, each shared by H / H_kv of queries. 1 is multi-query attention
            (Shazeer 2019).

    Raises:
        ValueError: a number that does not divide.
    """

    def __init__(
        self,
        d_model: int,
        num_heads: int,
        num_kv_heads: int | None = None,
    ) -> None:
        super().__init__()
        num_kv_heads = num_heads if num_kv_heads is None else num_kv_heads
        if num_kv_heads < 1 or d_model % (2 * num_heads) or num_heads % num_kv_heads:
            raise ValueError(
                f"2 * num_heads must divide d_model, and num_kv_heads num_heads: "
                f"got {d_model=}, {num_heads=}, {num_kv_heads=}"
            )
        self.num_heads, self.num_kv_heads = num_heads, num_kv_heads
        self.d_head = d_model // num_heads
        # W_Q, W_K and W_V, one below the other: one product in place of three
        rows = (num_heads + 2 * num_kv_heads) * self.d_head
        self.qkv = nn.Linear(d_model, rows, bias=False)
        self.out = nn.Linear(d_model, d_model, bias=False)

    def turns(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        """Return ``rotation`` at the positions, (T,), as the queries and keys need it."""
        dtype = torch.promote_types(self.qkv.weight.dtype, torch.float32)
        return rotation(positions, self.d_head, dtype=dtype)

    def forward(
        self,
        x: Tensor,
        cache: KVCache | None = None,
        turns: tuple[Tensor, Tensor] | None = None,
    ) -> Tensor:
        """Return (B, T, d_model); with a cache, x continues what that has seen.

        Args:
            x: (B, T, d_model).
            cache: of the positions before these.
            turns: the positions' ``rotation``, which all layers share; None: from the
                cache's length, or 0, on.
        """
        H, H_kv = self.num_heads, self.num_kv_heads
        heads = self.qkv(x).unflatten(2, (-1, self.d_head)).transpose(1, 2)
        qk, v = heads.split([H + H_kv, H_kv], dim=1)  # (B, H + H_kv or H_kv, T, d_k)
        if turns is None:
            start = 0 if cache is None else cache.length
            positions = torch.arange(start, start + x.shape[1], device=x.device)
            turns = self.turns(positions)
        q, k = turn(qk, *turns).split([H, H_kv], dim=1)
        if cache is not None:
            k, v = cache.append(k, v)  # keys are kept rotated: their positions stay
        y = causal_attention(q, k, v)  # (B, H, T, d_k)
        return self.out(y.transpose(1, 2).flatten(2))


class Block(nn.Module):
    """x + attention(norm(x)), then x + feed_forward(norm(x)). Made as ``Attention``."""

    def __init__(
        self,
        d_model: int,
        num_heads: int,
        num_kv_heads: int | None = None,
    ) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model, elementwise_affine=False)
        self.attention = Attention(d_model, num_heads, num_kv_heads)
        self.norm_2 = nn.LayerNorm(d_model, elementwise_affine=False)
        self.feed_forward = FeedForward(d_model, 4 * d_model)  # 8 d_model^2

    def forward(
        self,
        x: Tensor,
        cache: KVCache | None = None,
        turns: tuple[Tensor, Tensor] | None = None,
    ) -> Tensor:
        """Return (B, T, d_model); the arguments as in ``Attention.forward``."""
        x = x + self.attention(self.norm_1(x), cache, turns)
        return x + self.feed_forward(self.norm_2(x))


class Transformer(nn.Module):
    """A causal language model (Vaswani et al. 2017; Radford et al. 2019).

    Matrices start as N(0, 1 / fan_in), so that variances stay as they are. Those that
    end a block's branches, ``out`` and ``w_2``, are smaller by sqrt(2 num_layers),
    because that many of them add up (Radford et al. 2019); embeddings are N(0, 1).

    Args:
        vocab_size: V.
        d_model, num_heads, num_kv_heads: as in ``Attention``.
        num_layers: blocks.
    """

    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        num_layers: int,
        num_heads: int,
        num_kv_heads: int | None = None,
    ) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, d_model)  # N(0, 1)
        self.blocks = nn.ModuleList(
            Block(d_model, num_heads, num_kv_heads) for _ in range(num_layers)
        )
        self.norm = nn.LayerNorm(d_model, elementwise_affine=False)
        self.head = nn.Linear(d_model, vocab_size, bias=False)
        for name, module in self.named_modules():
            if isinstance(module, nn.Linear):
                std = module.in_features**-0.5
                if name.endswith(("out", "w_2")):
                    std /= math.sqrt(2 * num_layers)
                nn.init.normal_(module.weight, std=std)

    def new_cache(self, batch_size: int, capacity: int) -> list[KVCache]:
        """Return an empty cache for each layer, in the model's dtype, on its device."""
        weight = self.embedding.weight
        return [
            KVCache(
                batch_size,
                block.attention.num_kv_heads,
                capacity,
                block.attention.d_head,
                weight.dtype,
                weight.device,
            )
            for block in self.blocks
        ]

    def forward(self, tokens: Tensor, cache: list[KVCache] | None = None) -> Tensor:
        """Return the logits of each next token: (B, T) int64 -> (B, T, V).

        Args:
            tokens: any T up to the cache's room; without a cache, any T.
            cache: from ``new_cache``. The tokens continue those that it has seen, and
                join them: the logits are those of one long run.
        """
        start = 0 if cache is None else cache[0].length
        positions = torch.arange(start, start + tokens.shape[1], device=tokens.device)
        turns = self.blocks[0].attention.turns(positions)  # the same in every layer
        x = self.embedding(tokens)  # (B, T, d_model)
        for i, block in enumerate(self.blocks):
            x = block(x, None if cache is None else cache[i], turns)
        return self.head(self.norm(x))

    @torch.no_grad()
    def generate(
        self,
        prompt: Tensor,
        n: int,
        temperature: float = 1.0,
        generator: torch.Generator | None = None,
    ) -> Tensor:
        """Return n tokens that continue a prompt, a pass each: (B, T) -> (B, n) int64.

        Args:
            prompt: (B, T) int64, T >= 1.
            n: tokens to draw.
            temperature, generator: as in ``sample_token``.

        Raises:
            ValueError: an empty prompt.
        """
        if prompt.shape[1] == 0:
            raise ValueError("a prompt has at least one token")
        cache = self.new_cache(len(prompt), prompt.shape[1] + n)
        drawn = prompt.new_empty(len(prompt), n)
        feed = prompt
        for i in range(n):  # the last token drawn is not read
            logits = self(feed, cache)[:, -1]  # (B, V)
            drawn[:, i] = sample_token(logits, temperature, generator)
            feed = drawn[:, i : i + 1]
        return drawn


def cache_nbytes(cache: list[KVCache]) -> int:
    """Return the bytes of all layers together, for the positions seen so far."""
    return sum(layer.nbytes for layer in cache)
