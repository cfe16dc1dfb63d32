"""What the autograd note states in its section 2, run."""

import pytest
import torch


@pytest.mark.parametrize("dtype", [torch.float16, torch.float32, torch.float64, torch.complex64])
def test_grad_20(dtype):
    """d(x**2)/dx at 1 is 2; floating point or complex, where torch gives the conjugate of 2 x."""
    x = torch.tensor(1.0, dtype=dtype, requires_grad=True)
    torch.real(x**2).backward() if dtype.is_complex else (x**2).backward()
    assert x.grad.item() == 2.0


@pytest.mark.parametrize("dtype", [torch.int64, torch.bool])
def test_grad_20_refuses_integers(dtype):
    with pytest.raises(RuntimeError, match="Only Tensors of floating point and complex dtype"):
        torch.ones((), dtype=dtype, requires_grad=True)


def test_grad_21():
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    with pytest.raises(RuntimeError) as caught:
        (x**2).backward()
    assert str(caught.value) == "grad can be implicitly created only for scalar outputs"


def test_grad_21_one_real_element_counts_as_scalar():
    x = torch.full((1, 1, 1), 3.0, requires_grad=True)
    (x**2).backward()
    assert x.grad.item() == 6.0
    with pytest.raises(RuntimeError, match="only for real scalar outputs"):
        torch.ones(1, dtype=torch.complex64, requires_grad=True).backward()


def three(x):  # (2,) -> (3,), with the Jacobian [[x1, x0], [2 x0, 0], [0, 3]]
    return torch.stack([x[0] * x[1], x[0] ** 2, 3 * x[1]])


@pytest.mark.parametrize(
    "v", [[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0], [1.0, 1.0, 1.0], [2.0, -1.0, 5]]
)
def test_grad_22(v):
    """The argument has y's shape, and its values are the weights v of v^T J."""
    x, v = torch.tensor([1.0, 2.0], requires_grad=True), torch.tensor(v)
    three(x).backward(v)
    J = torch.tensor([[2.0, 1.0], [2.0, 0.0], [0.0, 3.0]])
    assert x.grad.tolist() == (v @ J).tolist()


def test_grad_22_shape():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with pytest.raises(RuntimeError, match="Mismatch in shape"):
        three(x).backward(torch.ones(2))


def test_grad_22_is_the_downstream_gradient():
    """With L = sum(y**2) behind y, v = dL/dy = 2 y gives what backward from L gives."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    (through,) = torch.autograd.grad((three(x) ** 2).sum(), x)
    (by_hand,) = torch.autograd.grad(three(x), x, 2 * three(x).detach())
    assert through.tolist() == by_hand.tolist()


def gradient(reduce):
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    reduce(x**2)
    return x.grad


def test_grad_23():
    assert (
        str(gradient(lambda y: y.backward(torch.tensor([1.0, 1.0, 1.0])))) == "tensor([2., 4., 6.])"
    )


def test_grad_24():
    """mean() gives a third of the all-ones result, sum() the same."""
    mean, total = gradient(lambda y: y.mean().backward()), gradient(lambda y: y.sum().backward())
    assert str(mean) == "tensor([0.6667, 1.3333, 2.0000])"
    torch.testing.assert_close(3 * mean, total)
    assert total.tolist() == [2.0, 4.0, 6.0]


def test_grad_25():
    x1 = torch.tensor(5.0, requires_grad=True, dtype=torch.float64)
    x2 = torch.tensor(3.0, requires_grad=True, dtype=torch.float64)
    (x1**2 + 2 * x2 + 7).backward()
    assert str(x1.grad) == "tensor(10., dtype=torch.float64)"
    assert str(x2.grad) == "tensor(2., dtype=torch.float64)"


def test_grad_26():
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    y = torch.tensor([4.0, 5.0, 6.0], requires_grad=True)
    z = x * y
    loss = z.sum()
    assert str(z) == "tensor([ 4., 10., 18.], grad_fn=<MulBackward0>)"
    assert str(loss) == "tensor(32., grad_fn=<SumBackward0>)"
    loss.backward()
    assert str(x.grad) == "tensor([4., 5., 6.])"
    assert str(y.grad) == "tensor([1., 2., 3.])"
