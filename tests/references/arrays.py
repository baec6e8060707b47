"""
Reference numbers for the functions of arrays: values, pullbacks, pushforwards and second derivatives by PyTorch, in double precision.

    python3 arrays.py > arrays.json

Needs PyTorch 1.13 or later. Each case holds the arguments as the library takes them; those marked T are differentiated. `ybar` seeds the
pullback, `moves` are the tangents, `xbar` = J^T ybar, `dy` = J moves, and `dxbar` is the movement of xbar along moves.
"""

import json
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
rng = torch.Generator().manual_seed(9)
cases = []


def draw(*shape, low=-3.0, high=3.0):
    """Short decimals, all different and no two of one size, so that nothing is tied."""
    count = 1
    for extent in shape:
        count *= extent
    step = (high - low) / max(count, 1)
    values = low + step * (torch.arange(count) + 0.37)
    values = values[torch.randperm(count, generator=rng)]
    return torch.round(values * 1000).div(1000).reshape(shape)


class T:
    """An argument that is differentiated."""

    def __init__(self, value):
        self.value = value


def ints(values):
    return {"ints": values}


def array(x):
    return {"shape": list(x.shape), "data": x.flatten().tolist()}


def encode(x):
    if isinstance(x, T):
        return encode(x.value)
    if isinstance(x, torch.Tensor):
        x = torch.zeros(x.shape) + x.detach()  # PyTorch's symbolic zeros have no entries
        return x.item() if x.dim() == 0 else array(x)
    if isinstance(x, (list, tuple)):
        return {"list": [encode(part) for part in x]}
    return x


def leaves(x):
    if isinstance(x, T):
        return leaves(x.value)
    if isinstance(x, (list, tuple)):
        return [leaf for part in x for leaf in leaves(part)]
    return [x] if isinstance(x, torch.Tensor) else []


def rebuilt(x, parts):
    """x with its tensors replaced, in order."""
    if isinstance(x, T):
        return rebuilt(x.value, parts)
    if isinstance(x, (list, tuple)):
        return [rebuilt(part, parts) for part in x]
    return next(parts) if isinstance(x, torch.Tensor) else x


def case(name, f, *args, note=""):
    """f takes the arguments marked T, in order."""
    marked = [a for a in args if isinstance(a, T)]
    points = [leaf.clone() for a in marked for leaf in leaves(a)]
    moves = [draw(*p.shape, low=-1.5, high=1.5) if p.dim() else torch.tensor(0.75) for p in points]

    def run(*flat):
        y = f(*[rebuilt(a, iter(part)) for a, part in zip(marked, grouped(marked, flat))])
        return tuple(y) if isinstance(y, (list, tuple)) else (y,)

    several = isinstance(f(*[rebuilt(a, iter(part)) for a, part in zip(marked, grouped(marked, points))]), (list, tuple))
    value = run(*points)
    ybar = [draw(*y.shape, low=-2, high=2) if y.dim() else torch.tensor(1.25) for y in value]

    def pulled(*flat, keep=True):
        ys = run(*flat)
        pairs = [(y, b) for y, b in zip(ys, ybar) if y.requires_grad]
        total = sum((y * b).sum() for y, b in pairs)
        return torch.autograd.grad(total, flat, create_graph=keep, allow_unused=True)

    tracked = [p.clone().requires_grad_(True) for p in points]
    xbar = pulled(*tracked)
    xbar = [torch.zeros_like(p) if g is None else g for p, g in zip(points, xbar)]
    # J moves by two pullbacks: d/du <u, J^T u> ...
    seeds = [torch.zeros_like(y).requires_grad_(True) for y in value]
    ys = run(*tracked)
    pairs = [(y, s) for y, s in zip(ys, seeds) if y.requires_grad]
    back = torch.autograd.grad(sum((y * s).sum() for y, s in pairs), tracked, create_graph=True, allow_unused=True)
    along = sum((g * m).sum() for g, m in zip(back, moves) if g is not None and g.requires_grad)
    dy = torch.autograd.grad(along, seeds, allow_unused=True) if isinstance(along, torch.Tensor) else [None] * len(seeds)
    dy = [torch.zeros_like(y) if g is None else g for y, g in zip(value, dy)]
    # The movement of xbar: Hessian of <ybar, f> times moves, symmetric.
    slope = sum((g * m).sum() for g, m in zip(xbar, moves) if g.requires_grad)
    second = torch.autograd.grad(slope, tracked, allow_unused=True) if isinstance(slope, torch.Tensor) and slope.requires_grad else [None] * len(tracked)
    second = [torch.zeros_like(p) if g is None else g for p, g in zip(points, second)]

    def shaped(flat):
        return [encode(rebuilt(a, iter(part))) for a, part in zip(marked, grouped(marked, flat))]

    cases.append(
        {
            "name": name,
            **({"note": note} if note else {}),
            "args": [encode(a) for a in args],
            "active": [k for k, a in enumerate(args) if isinstance(a, T)],
            "y": encode([v.detach() for v in value]) if several else encode(value[0].detach()),
            "ybar": encode(ybar) if several else encode(ybar[0]),
            "xbar": shaped([g.detach() for g in xbar]),
            "moves": shaped(moves),
            "dy": encode([g.detach() for g in dy]) if several else encode(dy[0].detach()),
            "dxbar": shaped([g.detach() for g in second]),
        }
    )


def grouped(marked, flat):
    """The flat tensors, by the argument that they belong to."""
    groups, at = [], 0
    for a in marked:
        n = len(leaves(a))
        groups.append(list(flat[at : at + n]))
        at += n
    return groups


undefined = {"undefined": True}
m = T(draw(2, 3))
sq = T(draw(3, 3) + 4 * torch.eye(3))
v = T(draw(4))
cube = T(draw(2, 3, 2))
pos = T(draw(2, 3, low=0.2, high=3))


def symmetric(n):
    a = draw(n, n)
    return (a + a.T) / 2


def spd(n):
    a = draw(n, n)
    return torch.round((a @ a.T + n * torch.eye(n)) * 1000) / 1000


# Reductions
for options, dims, keep in [(None, None, False), ({"axis": 0}, 0, False), ({"axis": -1, "keepDims": True}, -1, True)]:
    extra = [] if options is None else [options]
    over = (lambda f, d=dims, k=keep: (lambda x: f(x) if d is None else f(x, d, k)))
    case("sum", over(lambda x, *a: x.sum(*a)), m, *extra)
    case("mean", over(lambda x, *a: x.mean(*a)), m, *extra)
    case("prod", over(lambda x, *a: x.prod(*a)), m, *extra)
    case("max", over(lambda x, *a: x.amax(*a) if a else x.max()), m, *extra)
    case("min", over(lambda x, *a: x.amin(*a) if a else x.min()), m, *extra)
    case("logsumexp", lambda x, d=dims, k=keep: torch.logsumexp(x, (0, 1) if d is None else d, k), m, *extra)
    case("variance", lambda x, d=dims, k=keep: torch.var(x, (0, 1) if d is None else d, unbiased=False, keepdim=k), m, *extra)
    case("std", lambda x, d=dims, k=keep: torch.std(x, (0, 1) if d is None else d, unbiased=False, keepdim=k), m, *extra)
    case("norm", lambda x, d=dims, k=keep: torch.linalg.vector_norm(x, 2, d, k), m, *extra)
case("sum", lambda x: x.sum((0, 2)), cube, {"axis": [0, 2]})
# Written out: PyTorch's own prod is wrong in its second derivative at zeros.
case("prod", lambda x: x[0] * x[1] * x[2], T(torch.tensor([1.5, 0.0, -2.0])), note="one zero")
case("prod", lambda x: x[0] * x[1] * x[2], T(torch.tensor([0.0, 0.0, -2.0])), note="two zeros")
case("variance", lambda x: torch.var(x, 1, unbiased=True), m, {"axis": 1, "ddof": 1})
case("std", lambda x: torch.std(x, 0, unbiased=True), T(draw(3, 2)), {"axis": 0, "ddof": 1})
case("norm", lambda x: torch.linalg.vector_norm(x, 1), m, {"ord": 1})
case("norm", lambda x: torch.linalg.vector_norm(x, 3, 1), m, {"ord": 3, "axis": 1})
case("norm", lambda x: x.abs().amax(1), m, {"ord": {"infinity": 1}, "axis": 1})
case("norm", lambda x: x.abs().amin(1), m, {"ord": {"infinity": -1}, "axis": 1})
case("norm", lambda x: torch.linalg.matrix_norm(x), m, {"ord": "fro"})
case("median", lambda x: x.sort().values[2], T(draw(5)))
case("median", lambda x: x.sort(0).values[1:3].mean(0), T(draw(4, 2)), {"axis": 0}, note="an even count")
case("quantile", lambda x: torch.quantile(x, 0.3), T(draw(6)), 0.3)
case("quantile", lambda x: torch.quantile(x, 0.85, dim=1, keepdim=True), T(draw(2, 4)), 0.85, {"axis": 1, "keepDims": True})
for axis in (0, 1):
    case("cumsum", lambda x, a=axis: x.cumsum(a), m, {"axis": axis})
    case("cumprod", lambda x, a=axis: x.cumprod(a), m, {"axis": axis})
    case("logcumsumexp", lambda x, a=axis: torch.stack([torch.logsumexp(x.narrow(a, 0, k + 1), a) for k in range(x.shape[a])], a), m, {"axis": axis})
    case("cummax", lambda x, a=axis: x.cummax(a).values, m, {"axis": axis})
    case("cummin", lambda x, a=axis: x.cummin(a).values, m, {"axis": axis})
case("cumprod", lambda x: torch.stack([x[0], x[0] * x[1], x[0] * x[1] * x[2], x[0] * x[1] * x[2] * x[3]]), T(torch.tensor([1.5, 0.0, -2.0, 0.0])), note="zeros")
case("diff", lambda x: torch.diff(x), m)
case("diff", lambda x: torch.diff(x, n=2, dim=0), T(draw(4, 2)), {"n": 2, "axis": 0})
case("trapz", lambda y: torch.trapezoid(y), v)
case("trapz", lambda y, x: torch.trapezoid(y, x), v, T(torch.tensor([0.0, 0.5, 2.0, 2.25])))

# Shaping
case("transpose", lambda x: x.T, m)
case("transpose", lambda x: x.permute(2, 0, 1), cube, [2, 0, 1])
case("reshape", lambda x: x.reshape(3, 2), m, [3, -1])
case("moveaxis", lambda x: x.movedim(0, -1), cube, 0, -1)
case("swapaxes", lambda x: x.transpose(0, 2), cube, 0, 2)
case("squeeze", lambda x: x.squeeze(1), T(draw(3, 1, 2)), {"axis": 1})
case("expandDims", lambda x: x.unsqueeze(1), m, 1)
case("broadcastTo", lambda x: x.expand(2, 2, 3), T(draw(2, 1, 3)), [2, 2, 3])
case("ravel", lambda x: x.flatten(), m)
case("flip", lambda x: x.flip(1), m, {"axis": 1})
case("flip", lambda x: x.flip(0, 1), m)
case("roll", lambda x: x.roll(2, 1), m, 2, {"axis": 1})
case("roll", lambda x: x.roll(-1), m, -1)
case("rot90", lambda x: torch.rot90(x), m)
case("rot90", lambda x: torch.rot90(x, 3), m, {"k": 3})
case("tile", lambda x: x.tile(2, 1), m, [2, 1])
case("repeat", lambda x: x.repeat_interleave(2, 0), m, 2, {"axis": 0})
case("pad", lambda x: F.pad(x, (1, 0, 2, 1)), m, [[2, 1], [1, 0]])
case("concat", lambda xs: torch.cat(xs), T([draw(2, 3), draw(1, 3)]))
case("concat", lambda xs: torch.cat(xs, 1), T([draw(2, 1), draw(2, 3)]), {"axis": 1})
case("stack", lambda xs: torch.stack(xs, 1), T([draw(3), draw(3)]), {"axis": 1})
case("split", lambda x: x.split([1, 3]), v, [1, 3])
case("split", lambda x: x.split([2, 1], 1), m, [2, 1], {"axis": 1})
case("tril", lambda x: x.tril(), sq)
case("triu", lambda x: x.triu(1), sq, {"k": 1})
case("diag", lambda x: x.diag(), v)
case("diag", lambda x: x.diag(-1), sq, {"k": -1})
case("diagonal", lambda x: x.diagonal(dim1=0, dim2=2), cube, {"axis1": 0, "axis2": 2})
case("trace", lambda x: x.trace(), sq)
case("linspace", lambda a, b: a + (b - a) * torch.arange(5) / 4, T(torch.tensor(-1.0)), T(torch.tensor(2.5)), 5)

# Indexing
case("slice", lambda x: x[1, 0:3:2], m, [1, [0, undefined, 2]])
case("slice", lambda x: x.flip(1)[:, :2], m, [None, [undefined, 0, -1]])
case("take", lambda x: x[:, [2, 0, 2]], m, ints([2, 0, 2]), {"axis": 1})
case("takeAlongAxis", lambda x: x.gather(1, torch.tensor([[2, 0], [1, 1]])), m, {"ints": [2, 0, 1, 1], "shape": [2, 2]}, {"axis": 1})
case("gather", lambda x: x[[0, 1, 0], [2, 1, 2]], m, ints([0, 1, 0]), ints([2, 1, 2]))
mask = torch.tensor([[1, 0, 1], [0, 0, 1]], dtype=torch.bool)
coded = {"ints": mask.flatten().int().tolist(), "shape": [2, 3]}
case("maskSelect", lambda x: x[mask], m, coded)
case("maskFill", lambda x, c: torch.where(mask, c, x), m, coded, T(torch.tensor(1.5)))
case("scatterAdd", lambda b, u: b.index_add(0, torch.tensor([1, 0, 1]), u), T(draw(2, 3)), ints([1, 0, 1]), T(draw(3, 3)))
case("scatterAdd", lambda b, u: b.index_put((torch.tensor([0, 1, 0]), torch.tensor([2, 0, 2])), u, accumulate=True), m, {"lists": [[0, 1, 0], [2, 0, 2]]}, T(draw(3)))
case("scatterSet", lambda b, u: b.index_copy(0, torch.tensor([2, 0]), u), T(draw(3, 2)), ints([2, 0]), T(draw(2, 2)))
case("segmentSum", lambda x: torch.zeros(3, 2).index_add(0, torch.tensor([0, 2, 0, 2]), x), T(draw(4, 2)), ints([0, 2, 0, 2]), 3)
case("sort", lambda x: x.sort().values, m)
case("sort", lambda x: x.sort(0, descending=True).values, T(draw(4, 2)), {"axis": 0, "descending": True})
case("topk", lambda x: x.topk(2).values, m, 2)
case("topk", lambda x: x.topk(2, 0, largest=False).values, T(draw(4, 2)), 2, {"axis": 0, "largest": False})

# Products
case("dot", lambda a, b: a @ b, v, T(draw(4)))
case("inner", lambda a, b: torch.inner(a, b), m, T(draw(4, 3)))
case("outer", lambda a, b: torch.outer(a, b), v, T(draw(2)))
case("matmul", lambda a, b: a @ b, m, T(draw(3, 2)))
case("matmul", lambda a, b: a @ b, T(draw(2, 2, 3)), T(draw(3, 2)), note="a batch")
case("matmul", lambda a, b: a @ b, T(draw(2, 1, 2, 2)), T(draw(3, 2, 1)), note="batches that broadcast")
case("tensordot", lambda a, b: torch.tensordot(a, b, 2), T(draw(2, 3, 2)), T(draw(3, 2, 2)), 2)
case("tensordot", lambda a, b: torch.tensordot(a, b, ([0, 2], [1, 0])), T(draw(2, 3, 2)), T(draw(2, 2)), {"lists": [[0, 2], [1, 0]]})
case("einsum", lambda a, b: torch.einsum("ij,jk->ik", a, b), "ij,jk->ik", m, T(draw(3, 2)))
case("einsum", lambda a: torch.einsum("ii->i", a), "ii->i", sq)
case("einsum", lambda a, b, c: torch.einsum("bi,ij,bj->b", a, b, c), "bi,ij,bj->b", T(draw(2, 3)), T(draw(3, 2)), T(draw(2, 2)))
case("einsum", lambda a, b: torch.einsum("...ij,...j->...i", a, b), "...ij,...j->...i", T(draw(2, 2, 3)), T(draw(3)))
case("einsum", lambda a: torch.einsum("ij->", a), "ij->", m)
case("kron", lambda a, b: torch.kron(a, b), T(draw(2, 2)), T(draw(1, 3)))
case("cross", lambda a, b: torch.cross(a, b, dim=-1), T(draw(2, 3)), T(draw(2, 3)))
case("polyval", lambda c, x: ((c[0] * x + c[1]) * x + c[2]) * x + c[3], v, T(draw(3)))
case("polyval", lambda c, x: ((c[0] * x + c[1]) * x + c[2]) * x + c[3], v, T(torch.tensor(0.7)))


def convolved(a, b, low, high):
    n = a.numel() + b.numel() - 1
    full = torch.stack([sum(a[k] * b[t - k] for k in range(a.numel()) if 0 <= t - k < b.numel()) for t in range(n)])
    return full[low : n - high]


case("convolve", lambda a, b: convolved(a, b, 0, 0), T(draw(5)), T(draw(3)))
case("convolve", lambda a, b: convolved(a, b, 1, 1), T(draw(5)), T(draw(3)), {"mode": "same"})
case("convolve", lambda a, b: convolved(a, b, 2, 2), T(draw(5)), T(draw(3)), {"mode": "valid"})

# Linear algebra
a3 = T(draw(3, 3) + 5 * torch.eye(3))
case("inv", torch.linalg.inv, a3)
case("inv", torch.linalg.inv, T(draw(2, 2, 2) + 4 * torch.eye(2)), note="a batch")
case("solve", torch.linalg.solve, a3, T(draw(3)))
case("solve", torch.linalg.solve, a3, T(draw(3, 2)))
case("solveTriangular", lambda a, b: torch.linalg.solve_triangular(a.tril(), b, upper=False), a3, T(draw(3, 2)))
case("solveTriangular", lambda a, b: torch.linalg.solve_triangular(a.triu(), b, upper=True), a3, T(draw(3, 2)), {"lower": False})
case("solveTriangular", lambda a, b: torch.linalg.solve_triangular(a.tril().T, b, upper=True), a3, T(draw(3, 2)), {"transposed": True})
case("solveTriangular", lambda a, b: torch.linalg.solve_triangular(a.tril(-1) + torch.eye(3), b, upper=False), a3, T(draw(3, 2)), {"unitDiagonal": True})
case("det", torch.linalg.det, a3)
singular = torch.tensor([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [1.0, 0.0, -1.0]])


def leibniz(a):
    return (
        a[0, 0] * (a[1, 1] * a[2, 2] - a[1, 2] * a[2, 1])
        - a[0, 1] * (a[1, 0] * a[2, 2] - a[1, 2] * a[2, 0])
        + a[0, 2] * (a[1, 0] * a[2, 1] - a[1, 1] * a[2, 0])
    )


case("det", leibniz, T(singular), note="singular")
case("det", leibniz, T(torch.tensor([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [-1.0, -2.0, -3.0]])), note="rank 1")
case("logdet", lambda a: torch.linalg.slogdet(a)[1], a3)
case("slogdet", lambda a: list(torch.linalg.slogdet(a)), T(draw(3, 3) - 5 * torch.eye(3)))
case("cholesky", lambda a: torch.linalg.cholesky((a + a.T) / 2), T(spd(3)))
lower = T(draw(3, 3, low=-1, high=1) + 3 * torch.eye(3))
case("choleskySolve", lambda l, b: torch.cholesky_solve(b, l.tril()), lower, T(draw(3, 2)))


def positive_qr(a):
    q, r = torch.linalg.qr(a)
    s = torch.sign(torch.diagonal(r)).detach()
    return [q * s, s[:, None] * r]


case("qr", positive_qr, T(draw(4, 3)))
case("svdvals", torch.linalg.svdvals, T(draw(3, 2)))
case("eigvalsh", lambda a: torch.linalg.eigvalsh((a + a.T) / 2), T(symmetric(3)))
case("lstsq", lambda a, b: torch.linalg.solve(a.T @ a, a.T @ b), T(draw(4, 2)), T(draw(4)))
case("lstsq", lambda a, b: torch.linalg.solve(a.T @ a, a.T @ b), T(draw(4, 2)), T(draw(4, 2)))
case("pinv", lambda a: torch.linalg.solve(a.T @ a, a.T), T(draw(3, 2)))
case("expm", torch.linalg.matrix_exp, T(draw(3, 3, low=-1, high=1)))


def exponential(a):
    """By its series: PyTorch's own does not differentiate twice."""
    a = a / 64
    total = term = torch.eye(a.shape[0])
    for k in range(1, 25):
        term = term @ a / k
        total = total + term
    for _ in range(6):
        total = total @ total
    return total


case("expm", exponential, T(draw(3, 3)))
case("matrixPower", lambda a: torch.linalg.matrix_power(a, 3), sq, 3)
case("matrixPower", lambda a: torch.linalg.matrix_power(torch.linalg.inv(a), 2), a3, -2)
case("matrixPower", lambda a: torch.eye(3) + 0 * a, sq, 0)
case("matrixNorm", lambda a: torch.linalg.matrix_norm(a), m)
case("matrixNorm", lambda a: torch.linalg.svdvals(a).sum(), m, {"ord": "nuc"})
case("matrixNorm", lambda a: a.abs().sum(0).max(), m, {"ord": 1})
case("matrixNorm", lambda a: torch.linalg.svdvals(a)[0], m, {"ord": 2})
case("matrixNorm", lambda a: a.abs().sum(1).max(), m, {"ord": {"infinity": 1}})
case("multiDot", lambda xs: torch.linalg.multi_dot(xs), T([draw(2, 3), draw(3, 2), draw(2, 2)]))


def sylvester(a, b, c):
    n, k = c.shape
    system = torch.kron(a, torch.eye(k)) + torch.kron(torch.eye(n), b.T.contiguous())
    return torch.linalg.solve(system, c.flatten()).reshape(n, k)


case("sylvester", sylvester, a3, T(draw(2, 2, low=0.1, high=1)), T(draw(3, 2)))
case("lu", lambda a: list(torch.linalg.lu(a)), a3)

# Networks
case("softmax", lambda x: F.softmax(x, -1), m)
case("softmax", lambda x: F.softmax(x, 0), T(800 * torch.tensor([[1.0, -1.0], [1.0, 1.0]])), {"axis": 0}, note="at ±800")
case("logSoftmax", lambda x: F.log_softmax(x, -1), m)
case("logSoftmax", lambda x: F.log_softmax(x, 0), m, {"axis": 0})
x1, w1, b1 = T(draw(2, 2, 6)), T(draw(3, 2, 3)), T(draw(3))
case("conv1d", lambda x, w: F.conv1d(x, w), x1, w1)
case("conv1d", lambda x, w, b: F.conv1d(x, w, b, stride=2, padding=1, dilation=2), x1, w1, b1, {"stride": 2, "padding": 1, "dilation": 2})
case("conv1d", lambda x, w: F.conv1d(x, w, groups=2), T(draw(1, 4, 5)), T(draw(2, 2, 2)), undefined, {"groups": 2})
case("conv2d", lambda x, w, b: F.conv2d(x, w, b), T(draw(1, 2, 4, 4)), T(draw(2, 2, 2, 3)), T(draw(2)))
case("conv2d", lambda x, w: F.conv2d(x, w, stride=(2, 1), padding=(1, 0)), T(draw(1, 2, 4, 4)), T(draw(1, 2, 3, 2)), undefined, {"stride": [2, 1], "padding": [1, 0]})
case("convTranspose1d", lambda x, w: F.conv_transpose1d(x, w), T(draw(1, 2, 3)), T(draw(2, 2, 3)))
case("convTranspose1d", lambda x, w: F.conv_transpose1d(x, w, stride=2, padding=1), T(draw(1, 2, 3)), T(draw(2, 1, 3)), {"stride": 2, "padding": 1})
case("maxPool1d", lambda x: F.max_pool1d(x, 2), x1, {"kernel": 2})
case("maxPool1d", lambda x: F.max_pool1d(x, 3, 2, 1), x1, {"kernel": 3, "stride": 2, "padding": 1})
case("maxPool2d", lambda x: F.max_pool2d(x, (2, 3), (1, 2)), T(draw(1, 2, 4, 5)), {"kernel": [2, 3], "stride": [1, 2]})
case("avgPool1d", lambda x: F.avg_pool1d(x, 3, 2, 1), x1, {"kernel": 3, "stride": 2, "padding": 1})
case("avgPool1d", lambda x: F.avg_pool1d(x, 3, 2, 1, count_include_pad=False), x1, {"kernel": 3, "stride": 2, "padding": 1, "countIncludePad": False})
case("avgPool2d", lambda x: F.avg_pool2d(x, (2, 2)), T(draw(1, 2, 4, 4)), {"kernel": [2, 2]})
case("layerNorm", lambda x: F.layer_norm(x, (3,)), m)
case("layerNorm", lambda x, w, b: F.layer_norm(x, (3, 2), w, b, 1e-3), cube, T(draw(3, 2)), T(draw(3, 2)), {"shape": [3, 2], "eps": 1e-3})
case("batchNorm", lambda x, w, b: F.batch_norm(x, None, None, w, b, True), T(draw(4, 2)), T(draw(2)), T(draw(2)))
case("rmsNorm", lambda x, w: x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-3) * w, m, T(draw(3)), {"eps": 1e-3})
labels = torch.tensor([2, 0])
case("crossEntropy", lambda x: F.cross_entropy(x, labels), m, ints([2, 0]))
case("crossEntropy", lambda x: F.cross_entropy(x, labels, reduction="sum", label_smoothing=0.1), m, ints([2, 0]), {"reduction": "sum", "labelSmoothing": 0.1})
case("crossEntropy", lambda x, p: F.cross_entropy(x, p), m, T(torch.tensor([[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]])))
case("nllLoss", lambda x: F.nll_loss(x, labels), m, ints([2, 0]))
case("bceWithLogits", lambda x, t: F.binary_cross_entropy_with_logits(x, t), m, T(draw(2, 3, low=0, high=1)))
case("mse", F.mse_loss, m, T(draw(2, 3)))
case("huber", lambda a, b: F.huber_loss(a, b), m, T(draw(2, 3)))
case("huber", lambda a, b: F.huber_loss(a, b, delta=0.5), m, T(draw(2, 3)), {"delta": 0.5})
case("klDiv", lambda p, q: (p * (p.log() - q.log())).sum(), pos, T(draw(2, 3, low=0.2, high=3)))
case("cosineSimilarity", lambda a, b: F.cosine_similarity(a, b, 0), v, T(draw(4)))
case("normalize", lambda x: x / x.norm(), m)
case("normalize", lambda x: F.normalize(x, dim=1), m, {"axis": 1})


def attended(q, k, v, causal=False, scale=None):
    s = q @ k.transpose(-1, -2) * (q.shape[-1] ** -0.5 if scale is None else scale)
    if causal:
        s = s.masked_fill(torch.ones(s.shape[-2:], dtype=torch.bool).triu(1), -torch.inf)
    return F.softmax(s, -1) @ v


case("attention", attended, T(draw(3, 2)), T(draw(4, 2)), T(draw(4, 3)))
case("attention", lambda q, k, v: attended(q, k, v, True, 0.5), T(draw(2, 3, 2)), T(draw(2, 3, 2)), T(draw(2, 3, 2)), {"causal": True, "scale": 0.5})

# Distances
case("cdist", lambda a, b: (a[:, None] - b[None]).norm(dim=-1), T(draw(3, 2)), T(draw(2, 2)))
case("pairwiseSqdist", lambda a, b: ((a[:, None] - b[None]) ** 2).sum(-1), T(draw(3, 2)), T(draw(2, 2)))
c = T(draw(3, 4, low=0, high=5))
case("hausdorffDistance", lambda c: torch.maximum(c.amin(0).max(), c.amin(1).max()), c)
case("chamferDistance", lambda c: c.amin(0).mean() + c.amin(1).mean(), c)
case("chamferDistance", lambda c: c.amin(0).sum() + c.amin(1).sum(), c, {"reduction": "sum"})

json.dump(cases, sys.stdout, separators=(",", ":"))
sys.stdout.write("\n")
