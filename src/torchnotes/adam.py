"""Adam and AdamW in full: checks, groups, lazy state and every option, equal to torch's own.

The letters are those of Kingma & Ba (2015), Algorithm 1. The state bears torch's names, so that
checkpoints go both ways: m is ``exp_avg``, v is ``exp_avg_sq``, t is ``step``.
"""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor


class Adam(torch.optim.Optimizer):
    """Adam (Kingma & Ba 2015, Alg. 1) with the options of ``torch.optim.Adam``.

    Args:
        params: an iterable of parameters, of (name, parameter) pairs, or of groups (dicts).
        lr: the size of a step, at most about this per coordinate; a one-element tensor will do.
        betas: what remains of m and of v per step.
        eps: added to the root of v_hat, so that a parameter without gradients stays where it is.
        weight_decay: as an L2 term in the gradient, or decoupled from it (see below).
        amsgrad: divide by the largest v so far (Reddi et al. 2018).
        foreach: update all parameters of a group with one call per operation; ``None``: on CUDA.
        maximize: climb instead of descending.
        decoupled_weight_decay: shrink the weights themselves (Loshchilov & Hutter 2019).

    Raises:
        ValueError: a setting is outside its range.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        decoupled_weight_decay: bool = False,
    ) -> None:
        check_hyperparameters(lr, betas, eps, weight_decay)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "foreach": foreach,
            "maximize": maximize,
            "decoupled_weight_decay": decoupled_weight_decay,
        }
        super().__init__(params, defaults)

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Unpickle or load; give a checkpoint older than an option what it cannot know."""
        super().__setstate__(state)
        for group in self.param_groups:
            group.setdefault("amsgrad", False)
            group.setdefault("foreach", None)
            group.setdefault("maximize", False)
            group.setdefault("decoupled_weight_decay", False)
        for p_state in self.state.values():
            if p_state and not isinstance(p_state["step"], Tensor):  # once it was an int
                p_state["step"] = torch.tensor(float(p_state["step"]), dtype=torch.float32)

    def _state_of(self, p: Tensor, group: dict[str, Any]) -> dict[str, Tensor]:
        """The parameter's state, made when its first gradient arrives."""
        state = self.state[p]  # a defaultdict: empty for a parameter never seen
        if not state:
            # on the CPU, where reading it makes no GPU wait; float32 counts to 2**24
            state["step"] = torch.tensor(0.0, dtype=torch.float32)
            state["exp_avg"] = torch.zeros_like(p)
            state["exp_avg_sq"] = torch.zeros_like(p)
            if group["amsgrad"]:
                state["max_exp_avg_sq"] = torch.zeros_like(p)
        return state

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Update every parameter that has a gradient; return what the closure returns.

        Raises:
            RuntimeError: a gradient is sparse.
        """
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            params = [p for p in group["params"] if p.grad is not None]
            if any(p.grad.is_sparse for p in params):
                raise RuntimeError(
                    "Adam does not support sparse gradients, please consider SparseAdam instead"
                )
            grads = [p.grad for p in params]
            states = [self._state_of(p, group) for p in params]
            foreach = group["foreach"]
            if foreach is None:
                foreach = all(p.is_cuda for p in params)
            if foreach:
                update_together(params, grads, states, group)
            else:
                for p, g, state in zip(params, grads, states, strict=True):
                    update_one(p, g, state, group)
        return loss


class AdamW(Adam):
    """Adam with decoupled weight decay (Loshchilov & Hutter 2019), and torch's defaults for it."""

    def __init__(
        self,
        params: Iterable[Any],
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr,
            betas,
            eps,
            weight_decay,
            amsgrad,
            foreach=foreach,
            maximize=maximize,
            decoupled_weight_decay=True,
        )

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Load; a checkpoint from before the option existed was AdamW's all the same."""
        super().__setstate__(state)
        for group in self.param_groups:
            group["decoupled_weight_decay"] = True


def check_hyperparameters(
    lr: float | Tensor, betas: tuple[float, float], eps: float, weight_decay: float
) -> None:
    """Raise torch's ``ValueError`` for the first setting outside its range.

    Each test negates what is right: NaN fails every comparison, and so it is refused.
    """
    if isinstance(lr, Tensor) and lr.numel() != 1:
        raise ValueError("Tensor lr must be 1-element")
    if not lr >= 0.0:
        raise ValueError(f"Invalid learning rate: {lr}")
    if not eps >= 0.0:
        raise ValueError(f"Invalid epsilon value: {eps}")
    for index in (0, 1):
        if not 0.0 <= betas[index] < 1.0:
            raise ValueError(f"Invalid beta parameter at index {index}: {betas[index]}")
    if not weight_decay >= 0.0:
        raise ValueError(f"Invalid weight_decay value: {weight_decay}")
    if not any(all(isinstance(beta, kind) for beta in betas) for kind in (float, Tensor)):
        raise ValueError("betas must be either both floats or both Tensors")


def update_one(p: Tensor, g: Tensor, state: dict, group: dict) -> None:
    """One step of Adam for one parameter ``p`` with gradient ``g``, in place."""
    lr, weight_decay = float(group["lr"]), group["weight_decay"]
    beta1, beta2 = map(float, group["betas"])
    state["step"] += 1
    t = state["step"].item()

    if group["maximize"]:
        g = -g
    if weight_decay != 0:
        if group["decoupled_weight_decay"]:
            p.mul_(1 - lr * weight_decay)
        else:
            g = g.add(p, alpha=weight_decay)  # a new tensor: p.grad is not ours to change

    p, g, m, v = map(as_real, (p, g, state["exp_avg"], state["exp_avg_sq"]))
    m.lerp_(g, 1 - beta1)  # m = beta1 m + (1 - beta1) g
    v.mul_(beta2).addcmul_(g, g, value=1 - beta2)  # v = beta2 v + (1 - beta2) g²
    if group["amsgrad"]:
        v_max = as_real(state["max_exp_avg_sq"])
        v = torch.maximum(v_max, v, out=v_max)
    denom = (v.sqrt() / (1 - beta2**t) ** 0.5).add_(group["eps"])  # √v_hat + eps
    p.addcdiv_(m, denom, value=-lr / (1 - beta1**t))  # p = p - lr m_hat / denom


def update_together(
    params: list[Tensor], grads: list[Tensor], states: list[dict], group: dict
) -> None:
    """``update_one`` for many parameters, with one call per operation for all of them.

    On a GPU a small parameter costs launches, not arithmetic: few calls make it fast.
    A call takes tensors of one device and type; parameters are sorted by these first.
    """
    lr, weight_decay = float(group["lr"]), group["weight_decay"]
    beta1, beta2 = map(float, group["betas"])
    alike: dict[Any, list[tuple]] = {}
    for p, g, state in zip(params, grads, states, strict=True):
        alike.setdefault((p.device, p.dtype), []).append((p, g, state))

    for triples in alike.values():
        ps, gs, states = map(list, zip(*triples, strict=True))
        torch._foreach_add_([state["step"] for state in states], 1)
        ts = [state["step"].item() for state in states]  # they differ: some skipped a step

        if group["maximize"]:
            gs = torch._foreach_neg(gs)
        if weight_decay != 0:
            if group["decoupled_weight_decay"]:
                torch._foreach_mul_(ps, 1 - lr * weight_decay)
            else:
                gs = torch._foreach_add(gs, ps, alpha=weight_decay)

        ps, gs = [as_real(p) for p in ps], [as_real(g) for g in gs]
        ms = [as_real(state["exp_avg"]) for state in states]
        vs = [as_real(state["exp_avg_sq"]) for state in states]
        torch._foreach_lerp_(ms, gs, 1 - beta1)
        torch._foreach_mul_(vs, beta2)
        torch._foreach_addcmul_(vs, gs, gs, 1 - beta2)
        if group["amsgrad"]:
            v_maxs = [as_real(state["max_exp_avg_sq"]) for state in states]
            torch._foreach_maximum_(v_maxs, vs)
            vs = v_maxs
        denoms = torch._foreach_sqrt(vs)
        torch._foreach_div_(denoms, [(1 - beta2**t) ** 0.5 for t in ts])
        torch._foreach_add_(denoms, group["eps"])
        torch._foreach_addcdiv_(ps, ms, denoms, [-lr / (1 - beta1**t) for t in ts])


def as_real(t: Tensor) -> Tensor:
    """A complex tensor as pairs of real numbers, each with its own v; any other as it is."""
    return torch.view_as_real(t) if t.is_complex() else t
