"""Rotary positions against complex multiplication, and xPos's scale against its definition."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from torchnotes.rotary import rotary_angles, rotate, xpos_scale

EXACT = {"rtol": 0, "atol": 1e-10}  # float64
SINGLE = {"rtol": 0, "atol": 1e-5}  # float32


pytestmark = pytest.mark.usefixtures("one_thread")


def test_the_angles_are_those_of_the_formula():
    for dim in (2, 8, 64):
        expected = [10_000 ** (-2 * i / dim) for i in range(dim // 2)]
        torch.testing.assert_close(
            rotary_angles(dim),
            torch.tensor(expected, dtype=torch.float64, device="cpu"),
            **EXACT,
        )
    assert rotary_angles(4, base=100.0).tolist() == pytest.approx([1.0, 0.1])


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float64, EXACT), (torch.float32, SINGLE)])
def test_rotation_multiplies_pairs_by_a_complex_phase(dtype, tolerance):
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(2, 3, 5, 8, dtype=torch.float64, generator=generator)
    positions = torch.tensor([0, 1, 7, 300, 8191])
    theta = 10_000 ** (-torch.arange(0, 8, 2, dtype=torch.float64) / 8)
    phase = torch.exp(1j * positions[:, None] * theta)
    expected = torch.view_as_real(torch.view_as_complex(x.unflatten(-1, (-1, 2))) * phase)
    turned = rotate(x.to(dtype), positions)
    assert turned.dtype == dtype
    torch.testing.assert_close(turned, expected.flatten(-2).to(dtype), **tolerance)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(
    pairs=st.integers(1, 16),
    n=st.integers(0, 5000),
    m=st.integers(0, 5000),
    shift=st.integers(-100, 100_000),
    seed=st.integers(0, 99),
)
def test_norms_stay_and_inner_products_depend_on_the_distance_alone(pairs, n, m, shift, seed):
    generator = torch.Generator().manual_seed(seed)
    q, k = torch.randn(2, 1, 2 * pairs, dtype=torch.float64, generator=generator)

    def product(n, m):
        return (rotate(q, torch.tensor([n])) * rotate(k, torch.tensor([m]))).sum()

    torch.testing.assert_close(product(n, m), product(n + shift, m + shift), **EXACT)
    torch.testing.assert_close(rotate(q, torch.tensor([n])).norm(), q.norm(), **EXACT)


def test_distance_decides_in_float32_too_far_from_the_start():
    generator = torch.Generator().manual_seed(0)
    q, k = torch.randn(2, 1, 64, generator=generator)
    at = [
        (rotate(q, torch.tensor([n])) * rotate(k, torch.tensor([n - 5]))).sum()
        for n in (5, 1_000_000)
    ]
    # a phase in float32 is off by up to 0.03 radians there
    torch.testing.assert_close(at[0], at[1], rtol=0, atol=1e-5)


def test_positions_may_differ_between_sequences():
    x = torch.randn(2, 3, 4, 6, generator=torch.Generator().manual_seed(0))
    positions = torch.tensor([[0, 1, 2, 3], [10, 11, 12, 13]])
    turned = rotate(x, positions[:, None])
    for b in range(2):
        assert torch.equal(turned[b], rotate(x[b], positions[b]))


def test_half_precision_is_turned_in_float32():
    x = torch.randn(7, 16, generator=torch.Generator().manual_seed(0)).bfloat16()
    positions = torch.arange(1000, 1007)
    turned = rotate(x, positions)
    assert turned.dtype == torch.bfloat16
    assert torch.equal(turned, rotate(x.float(), positions).bfloat16())


def test_gradients_are_those_of_finite_differences():
    x = torch.randn(3, 4, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda x: rotate(x, torch.arange(2, 5)), x)


def test_xpos_scales_by_powers_of_zeta_and_fades_with_the_distance():
    positions = torch.arange(-20, 20)
    scale = xpos_scale(positions, 8, scale_base=16.0)
    for i in range(4):
        zeta = (i / 4 + 0.4) / 1.4
        for j, n in enumerate(positions.tolist()):
            assert scale[j, 2 * i].item() == pytest.approx(zeta ** (n / 16), rel=1e-6)
    assert torch.equal(scale[:, 0::2], scale[:, 1::2])
    # a query's factor times a key's: of n - m alone, and 1 for the pair that does not fade
    together = scale[5:] / scale[:-5]
    torch.testing.assert_close(together, together[:1].expand_as(together))
    assert (together < 1).all()


def test_xpos_stays_finite_as_far_as_it_says():
    at = torch.tensor([36_000, 37_000])
    inverse = 1 / xpos_scale(at, 64)
    assert inverse[0].isfinite().all()
    assert not inverse[1].isfinite().all()
    assert math.isclose(xpos_scale(torch.tensor([0]), 64).sum().item(), 64)


@pytest.mark.parametrize("call", [rotary_angles, lambda d: xpos_scale(torch.arange(3), d)])
def test_an_odd_number_of_features_is_refused(call):
    with pytest.raises(ValueError, match="odd"):
        call(7)
