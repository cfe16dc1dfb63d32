"""Claims RET-22 to RET-27: section 2.1 of the RetNet note, up to the parallel form."""

import math

import pytest
import torch

from torchnotes.retention import decay, paper_log_gamma, retention_parallel
from torchnotes.rotary import rotary_angles, rotate, turn

T, D_MODEL, D = 20, 6, 4
EXACT = {"rtol": 0, "atol": 1e-10}


@pytest.fixture(autouse=True)
def _float64():
    kind, threads = torch.get_default_dtype(), torch.get_num_threads()
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    torch.manual_seed(0)
    yield
    torch.set_default_dtype(kind)
    torch.set_num_threads(threads)


def turning(pairs):
    """A real matrix with the eigenvalues gamma e^(+-i theta), in a basis that is not orthogonal."""
    A = torch.block_diag(
        *(
            g * torch.tensor([[math.cos(t), -math.sin(t)], [math.sin(t), math.cos(t)]])
            for g, t in pairs
        )
    )
    basis = torch.eye(len(A)) + 0.3 * torch.randn(A.shape)
    return basis @ A @ torch.linalg.inv(basis)


def content():
    """Q and K, (T, D), and one channel v, (T,), projected from some X (Eq. 2)."""
    X = torch.randn(T, D_MODEL)
    return X, torch.randn(D_MODEL, D), torch.randn(D_MODEL, D), X @ torch.randn(D_MODEL)


def recurrence(A, Q, K, v):
    state, outputs = torch.zeros(len(A)), []
    for n in range(len(v)):
        state = A @ state + K[n] * v[n]
        outputs.append(Q[n] @ state)
    return torch.stack(outputs)


def total(score, v):
    """The sum over m <= n of score(n, m) v_m."""
    return torch.stack([sum(score(n, m) * v[m] for m in range(n + 1)) for n in range(len(v))])


def test_ret_22_the_recurrence_is_a_sum_of_powers():
    X, W_Q, W_K, v = content()
    Q, K, A = X @ W_Q, X @ W_K, 0.4 * torch.randn(D, D)
    power = torch.linalg.matrix_power
    by_sum = total(lambda n, m: Q[n] @ power(A, n - m) @ K[m], v)
    torch.testing.assert_close(by_sum, recurrence(A, Q, K, v), **EXACT)
    one_late = total(lambda n, m: Q[n] @ power(A, n - m + 1) @ K[m], v)
    assert (one_late - by_sum).abs().max() > 0.1


def test_ret_23_the_weights_absorb_the_basis():
    X, W_Q, W_K, v = content()
    A = turning([(0.95, 0.7), (0.8, 2.1)])
    lam, Lam = torch.linalg.eig(A)
    Q = X.to(lam) @ (W_Q.to(lam) @ Lam)
    K = X.to(lam) @ (W_K.to(lam) @ torch.linalg.inv(Lam).T)
    o = recurrence(A, X @ W_Q, X @ W_K, v)
    diagonal = total(lambda n, m: (Q[n] * lam ** (n - m)) @ K[m], v)
    eq_3 = total(lambda n, m: (Q[n] * lam**n) @ (K[m] * lam**-m), v)
    for complex_outputs in (diagonal, eq_3):
        torch.testing.assert_close(complex_outputs, o.to(lam), **EXACT)
    assert Q.imag.abs().max() > 0.1, "the weights become complex"


def test_ret_23_a_jordan_block_cannot_be_diagonalised():
    errors, conditions = [], []
    for eps in (1e-2, 1e-8, 0.0):
        block = torch.tensor([[0.9, 1.0], [0.0, 0.9 + eps]])
        lam, Lam = torch.linalg.eig(block)
        rebuilt = (Lam * lam**20) @ torch.linalg.inv(Lam)
        errors.append((rebuilt - torch.linalg.matrix_power(block, 20)).abs().max().item())
        conditions.append(torch.linalg.cond(Lam).item())
    assert errors[0] < 1e-12 < errors[1] < 1e-6
    assert errors[2] == pytest.approx(20 * 0.9**19, rel=1e-3)
    assert conditions[0] < 1e3 and conditions[1] > 1e7 and conditions[2] > 1e14


def test_ret_24_the_factors_overflow_where_their_product_does_not():
    gamma = torch.tensor(31 / 32, dtype=torch.float32)
    n = torch.arange(4096, dtype=torch.float32)
    inverse = gamma**-n
    assert inverse[:2795].isfinite().all() and not inverse[2795:].isfinite().any()
    assert (gamma ** n[4000] * gamma ** -n[4000]).isnan()
    assert decay(4096, gamma.log()[None]).inner.isfinite().all()


def test_ret_24_the_plain_projections_are_no_position_embedding():
    X, W_Q, *_ = content()
    moved = X.roll(3, 0)  # the same content three positions later
    torch.testing.assert_close((X @ W_Q).roll(3, 0), moved @ W_Q)
    lam = torch.polar(torch.tensor(0.95), torch.tensor(0.7))
    n = torch.arange(T)
    with_factor = (X @ W_Q).to(lam) * lam ** n[:, None]
    later = (moved @ W_Q).to(lam) * lam ** n[:, None]
    assert (with_factor.roll(3, 0) - later)[3:].abs().max() > 0.1


def one_gamma():
    """A recurrence with one modulus: its outputs, and what Eq. 4 makes them of."""
    X, W_Q, W_K, v = content()
    A = turning([(0.95, 0.7), (0.95, 2.1)])
    lam, Lam = torch.linalg.eig(A)
    Q = X.to(lam) @ (W_Q.to(lam) @ Lam)
    K = (X.to(lam) @ (W_K.to(lam) @ torch.linalg.inv(Lam).T)).conj().resolve_conj()
    return recurrence(A, X @ W_Q, X @ W_K, v), Q, K, lam.angle(), v


def test_ret_25_a_scalar_gamma_and_the_conjugate_transpose():
    o, Q, K, theta, v = one_gamma()

    def e(n):
        return torch.exp(1j * n * theta)

    eq_4 = total(lambda n, m: 0.95 ** (n - m) * (Q[n] * e(n)) @ (K[m] * e(m)).conj(), v)
    torch.testing.assert_close(eq_4, o.to(eq_4), **EXACT)
    plain = total(lambda n, m: 0.95 ** (n - m) * (Q[n] * e(n)) @ (K[m] * e(m)), v)
    assert (plain - eq_4).abs().max() > 0.1, "without the conjugate it is another function"


def test_ret_25_the_real_part_is_a_rotation_of_pairs():
    o, Q, K, theta, v = one_gamma()
    half = theta > 0
    phase = torch.arange(T)[:, None] * theta[half]
    q, k = (
        turn(torch.view_as_real(x[:, half]).flatten(-2), phase.cos(), phase.sin()) for x in (Q, K)
    )
    by_rotation = total(lambda n, m: 2 * 0.95 ** (n - m) * q[n] @ k[m], v)
    torch.testing.assert_close(by_rotation, o, **EXACT)


def test_ret_25_with_the_angles_of_rope():
    x = torch.randn(T, 8)
    z = torch.view_as_complex(x.unflatten(-1, (-1, 2)))
    phase = torch.exp(1j * torch.arange(T)[:, None] * rotary_angles(8))
    rope = torch.view_as_real(z * phase).flatten(-2)
    torch.testing.assert_close(rotate(x, torch.arange(T)), rope, **EXACT)


def test_ret_26_theta_is_real_and_theta_n_is_conjugated():
    theta = rotary_angles(D)
    assert not theta.is_complex() and torch.equal(theta.conj(), theta)
    q, k = torch.randn(2, D // 2, dtype=torch.complex128)

    def score(n, m, sign):
        return ((q * torch.exp(1j * n * theta)) @ (k * torch.exp(sign * 1j * m * theta))).real

    for n, m, shift in [(5, 2, 1), (9, 4, 10), (3, 3, 100)]:
        conjugated = [score(n, m, -1), score(n + shift, m + shift, -1)]
        torch.testing.assert_close(*conjugated, **EXACT)
        same_sum = [score(n, m, 1), score(n + 2, m - 2, 1)]
        torch.testing.assert_close(*same_sum, **EXACT)
        assert (score(n, m, 1) - score(n + shift, m + shift, 1)).abs() > 1e-3


def test_ret_27_the_parallel_form_is_the_double_loop():
    B, H, d_k, d_v = 2, 3, 4, 8
    q, k = torch.randn(2, B, H, T, d_k)
    v = torch.randn(B, H, T, d_v)
    log_gamma = paper_log_gamma(H, torch.float64)
    loop = torch.zeros(B, H, T, d_v)
    for h in range(H):
        for n in range(T):
            for m in range(n + 1):
                weight = (1 - 2.0 ** (-5 - h)) ** (n - m) / math.sqrt(d_k)
                score = (q[:, h, n] * k[:, h, m]).sum(-1, keepdim=True)
                loop[:, h, n] += weight * score * v[:, h, m]
    torch.testing.assert_close(retention_parallel(q, k, v, log_gamma)[0], loop, **EXACT)
    D = decay(T, log_gamma).inner
    torch.testing.assert_close((q @ k.mT * D) @ v / math.sqrt(d_k), loop, **EXACT)


def test_ret_27_d_is_causal_mask_and_decay():
    D = decay(T, torch.tensor([math.log(0.9)])).inner[0]
    for n in range(T):
        for m in range(T):
            assert D[n, m].item() == pytest.approx(0.9 ** (n - m) if m <= n else 0, abs=1e-14)
    q, k, v = torch.randn(3, 1, 1, T, D_MODEL)

    def reaches_ahead(function):
        J = torch.autograd.functional.jacobian(function, v)
        return bool(J.abs().amax((0, 1, 3, 4, 5, 7)).triu(1).any())

    assert not reaches_ahead(lambda v: retention_parallel(q, k, v, torch.tensor([-0.1]))[0])
    assert reaches_ahead(lambda v: q @ k.mT @ v)


def test_ret_27_filled_carelessly_d_is_not_a_number():
    log_gamma = torch.tensor(math.log(31 / 32), dtype=torch.float32, requires_grad=True)
    n = torch.arange(3000, dtype=torch.float32)
    distance = n[:, None] - n
    raw, mask = torch.exp(log_gamma * distance), distance >= 0
    rows = (raw * mask).isnan().any(1)
    assert rows[:205].all() and not rows[205:].any()
    hidden = torch.where(mask, raw, 0)
    assert hidden.isfinite().all()
    assert torch.autograd.grad(hidden.sum(), log_gamma)[0].isnan()
    right = decay(3000, log_gamma[None]).inner
    assert torch.autograd.grad(right.sum(), log_gamma)[0].isfinite()
    rounded = paper_log_gamma(8, torch.float32).exp().bfloat16() == 1
    assert rounded.tolist() == [False] * 4 + [True] * 4
