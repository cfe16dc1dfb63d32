"""The claims of section 1 of the autograd note: a test per verdict in book/claims.csv."""

import warnings

import pytest
import torch


def leaf(*values):
    return torch.tensor(values or (1.0, 2.0, 3.0), requires_grad=True)


def test_grad_01_backward_fills_grad_and_changes_no_weight():
    x = leaf()
    (x**2).sum().backward()
    assert x.grad.tolist() == [2.0, 4.0, 6.0]
    assert x.tolist() == [1.0, 2.0, 3.0]


def test_grad_02_requires_grad_is_false_by_default_and_true_for_a_parameter():
    assert not torch.zeros(2).requires_grad
    assert torch.nn.Parameter(torch.zeros(2)).requires_grad
    assert not isinstance(torch.nn.Linear(1, 1), torch.Tensor)  # not everything is a tensor
    with pytest.raises(RuntimeError, match="floating point"):
        torch.tensor([1], requires_grad=True)


def test_grad_03_nodes_are_functions():
    x, y = leaf(), leaf()
    loss = (x * y).sum()
    node = loss.grad_fn.next_functions[0][0]
    assert not isinstance(node, torch.Tensor)
    assert node.name() == "MulBackward0"
    names = [fn.name() for fn, _ in node.next_functions]
    assert names == ["torch::autograd::AccumulateGrad"] * 2
    assert node.next_functions[0][0].variable is x


def test_grad_04_operations_are_tracked_only_on_request():
    assert (leaf() * 2).grad_fn is not None
    assert (torch.ones(3) * 2).grad_fn is None


def test_grad_05_in_place_operations_and_views_make_no_new_memory():
    t = torch.zeros(4)
    assert t.add_(1) is t
    assert t.reshape(2, 2).data_ptr() == t.data_ptr()


def test_grad_06_loss_depends_on_z_and_z_on_x_and_y():
    x, y = leaf(), leaf()
    z = x * y
    loss = z.sum()
    assert loss.grad_fn.next_functions[0][0] is z.grad_fn
    assert {fn.variable for fn, _ in z.grad_fn.next_functions} == {x, y}


def test_grad_07_a_leaf_is_a_tensor_without_grad_fn():
    a = torch.ones(3)
    assert (a * 2 + 1).is_leaf  # an operation's result, and it does not require a gradient
    assert leaf().detach().is_leaf
    assert not torch.randn(3, requires_grad=True).double().is_leaf
    with torch.no_grad():
        assert (leaf() * 2).is_leaf


def test_grad_08_leaves_store_gradients_and_others_warn():
    x = leaf()
    h = x**2
    h.sum().backward()
    assert x.grad is not None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert h.grad is None
    assert "not a leaf" in str(caught[0].message)


def test_grad_09_zero_grad_sets_none_by_default():
    x = leaf()
    x.sum().backward()
    x.sum().backward()
    assert x.grad.tolist() == [2.0, 2.0, 2.0]  # nothing cleared it in between
    torch.optim.SGD([x], lr=0.1).zero_grad()
    assert x.grad is None


def test_grad_10_is_leaf_of_the_three():
    x = leaf()
    y = x**2
    assert (x.is_leaf, y.is_leaf, y.sum().is_leaf) == (True, False, False)


def test_grad_11_retain_grad_stores_a_non_leaf_s_gradient():
    x = leaf()
    h = x**2
    h.retain_grad()
    (3 * h).sum().backward()
    assert h.grad.tolist() == [3.0, 3.0, 3.0]


def test_grad_12_backward_frees_what_the_graph_saved_and_no_tensor():
    x = leaf()
    h = x**2
    h.sum().backward()
    assert h.tolist() == [1.0, 4.0, 9.0]
    with pytest.raises(RuntimeError, match="already been freed"):
        _ = h.grad_fn._saved_self
    kept = leaf()
    g = kept**2
    g.sum().backward(retain_graph=True)
    assert g.grad_fn._saved_self is not None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert g.grad is None


def test_grad_13_detach_shares_memory_and_is_untracked():
    x = leaf()
    y = x.detach()
    assert y is not x and not y.requires_grad and y.data_ptr() == x.data_ptr()


def test_grad_14_in_place_edits_of_a_detached_tensor_stop_backward():
    x = leaf()
    h = x**2
    x.detach().add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        h.sum().backward()
    x = leaf()
    h = x**2
    _ = x.detach() + 1  # out of place: harmless
    h.sum().backward()
    assert x.grad.tolist() == [2.0, 4.0, 6.0]


def test_grad_15_data_still_exists():
    assert isinstance(leaf().data, torch.Tensor)


def test_grad_16_the_note_s_print_shows_the_changed_values():
    x = leaf()
    y = x.detach()
    y += 1
    assert x.tolist() == [2.0, 3.0, 4.0]
    x = leaf()
    y = x.detach().clone()
    y += 1
    assert x.tolist() == [1.0, 2.0, 3.0]


def test_grad_17_data_goes_round_the_version_counter():
    x = leaf()
    h = x**2
    x.data.zero_()
    assert x._version == 0
    h.sum().backward()
    assert x.grad.tolist() == [0.0, 0.0, 0.0]  # [2, 4, 6] would be right
    x.detach().add_(1)
    assert x._version == 1


def test_grad_18_an_optimizer_uses_grad():
    x = leaf()
    (x**2).sum().backward()
    torch.optim.SGD([x], lr=0.5).step()
    assert x.tolist() == [0.0, 0.0, 0.0]  # x - 0.5 * 2x


def test_grad_19_it_is_the_gradient_of_the_loss():
    x = leaf()
    loss = (5 * x).sum()
    loss.backward()
    assert x.grad.tolist() == [5.0, 5.0, 5.0]  # dL/dx, not dx/dL = 1/5
