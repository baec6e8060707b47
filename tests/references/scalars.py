"""
Reference numbers for the elementwise functions: values and derivatives, from closed forms that SymPy differentiates and mpmath evaluates
to far more digits than are kept, at the doubles given.

    python3 scalars.py > scalars.json

A record by the function's name. "d" holds the value and the derivatives of order 1 to 3; of a function of several operands its slopes, then
the slopes of each of these, and once more. "of" lists the operands that are differentiated where not all are. Numbers too small or too large
for a double are written 0, "inf" and "-inf".
"""

import json
import math

import mpmath
import sympy as sp

mpmath.mp.dps = 800  # 1 - tanh(800)^2 alone cancels 695 digits
x, y, z = sp.symbols("x y z", real=True)
ends = [0.0, 1e-100, 1e-8, 0.3, 1.0, 2.5, 20.0, 40.0, 800.0, 1e8]
both = sorted({-v for v in ends if v} | set(ends))
moderate = [-40.0, -20.0, -2.5, -0.3, -1e-8, 0.0, 1e-8, 0.3, 1.0, 2.5, 20.0, 40.0]
far = [-800.0, *moderate, 800.0]
positive = [1e-100, 1e-8, 0.3, 1.0, 1.0000001, 2.5, 40.0, 800.0, 1e15]
angles = [-800.0, -20.0, -2.5, -1e-8, 0.0, 1e-8, 0.3, 1.0, 1.5707, 3.0, 40.0, 800.0, 1e8]
regular = [-800.0, -20.0, -2.5, -1e-8, 1e-8, 0.3, 1.0, 3.0, 40.0, 800.0]
inside = [-0.999999, -0.9, -0.3, -1e-8, 0.0, 1e-8, 0.3, 0.9, 0.999999, 1 - 2**-40]
poles = [1e-8, 0.5, 1.3, 3.2, 10.0, 40.0, 170.0, -0.5, -1e-3, -3.3, -20.7]
out = {}


def coded(value):
    value = mpmath.mpf(value)
    if value == 0 or abs(value) < 1e-290:
        return 0
    if abs(value) > 1.7e308:
        return "inf" if value > 0 else "-inf"
    return float(value)


def at(expression, names, point):
    f = sp.lambdify(names, expression, "mpmath")
    value = f(*(mpmath.mpf(v) for v in point))
    assert not isinstance(value, mpmath.mpc) or abs(value.imag) < mpmath.mpf(10) ** -300, (expression, point)
    return coded(value.real if isinstance(value, mpmath.mpc) else value)


def unary(name, expression, points, options=None, digits=800):
    """expression: of x, or a function that gives the one that holds around a point."""
    cases = out.setdefault(name, [])
    with mpmath.workdps(digits):
        for point in points:
            local = expression(point) if callable(expression) else expression
            d = []
            for order in range(4):
                d.append(at(local, [x], [point]))
                local = sp.diff(local, x)
            cases.append({"args": [point, *([options] if options else [])], "d": d})


def several(name, expression, points, of=None, digits=800):
    names = [x, y, z]
    cases = out.setdefault(name, [])
    with mpmath.workdps(digits):
        for point in points:
            local = expression(*point) if callable(expression) else expression
            moved = of if of is not None else list(range(len(point)))
            level, d = [local], []
            for _ in range(4):
                d.extend(at(e, names[: len(point)], point) for e in level)
                level = [sp.diff(e, names[k]) for e in level for k in moved]
            cases.append({"args": list(point), **({"of": of} if of is not None else {}), "d": d})


grid = [(2.5, 0.7), (-3.3, 1.9), (1e-8, 40.0), (-800.0, -0.3), (1e8, -1e-3)]

# Arithmetic
several("add", x + y, grid)
several("sub", x - y, grid)
several("mul", x * y, grid)
several("div", x / y, grid)
several("fma", x * y + z, [(2.5, 0.7, -1.2), (-1e8, 3.3, 1e-3)])
unary("neg", -x, moderate)
unary("square", x**2, both)
unary("reciprocal", 1 / x, regular + [1e-60, 1e15])
several("pow", x**y, [(2.5, 0.7), (0.3, -40.0), (1e-8, 2.2), (800.0, 3.0), (1.0000001, 800.0), (1.0, 5.0), (7.0, 0.0), (1e-140, 1.5)])
several("pow", x**y, [(v, p) for v in (-2.5, -0.3, -800.0) for p in (-3.0, -1.0, 0.0, 1.0, 2.0, 3.0, 7.0)], of=[0])
several("mod", lambda a, b: x - y * math.floor(a / b), [(7.5, 2.2), (-7.5, 2.2), (7.5, -2.2), (1e8, 0.7)])
several("rem", lambda a, b: x - y * math.trunc(a / b), [(7.5, 2.2), (-7.5, 2.2), (7.5, -2.2), (1e8, 0.7)])

# Elementary
unary("sqrt", sp.sqrt(x), positive)
unary("cbrt", lambda v: sp.cbrt(x) if v > 0 else -sp.cbrt(-x), positive + [-v for v in positive])
unary("exp", sp.exp(x), moderate + [-700.0, 700.0, -800.0, 800.0])
unary("exp2", 2**x, moderate + [-900.5, 1000.25])
unary("exp10", 10**x, moderate + [-250.5, 300.25])
unary("expm1", sp.exp(x) - 1, moderate + [-700.0, 700.0, 1e-200])
unary("log", sp.log(x), positive)
unary("log2", sp.log(x) / sp.log(2), positive)
unary("log10", sp.log(x) / sp.log(10), positive)
unary("log1p", sp.log(1 + x), positive + [-1e-8, -0.3, -0.999999, 0.0])
unary("sin", sp.sin(x), angles)
unary("cos", sp.cos(x), angles)
unary("tan", sp.tan(x), angles)
unary("sec", sp.sec(x), angles)
unary("csc", sp.csc(x), regular)
unary("cot", sp.cot(x), regular)
unary("asin", sp.asin(x), inside)
unary("acos", sp.acos(x), inside)
unary("atan", sp.atan(x), both + [1e90])
several("atan2", sp.atan2(x, y), [(2.5, 0.7), (-3.3, 1.9), (1e-8, 40.0), (-800.0, -0.3), (1e-8, -1.0), (0.0, 2.0), (3.0, 0.0), (1e120, 3e120)])
unary("sinh", sp.sinh(x), far + [-700.0, 700.0])
unary("cosh", sp.cosh(x), far + [-700.0, 700.0])
unary("tanh", sp.tanh(x), far + [300.0])
unary("asinh", sp.asinh(x), both + [1e15, -1e15])
unary("acosh", sp.acosh(x), [1.0000001, 1.3, 2.5, 40.0, 800.0, 1e8, 1e15])
unary("atanh", sp.atanh(x), inside)
unary("sinpi", sp.sin(sp.pi * x), [-40.25, -2.5, -0.3, 0.0, 1e-8, 0.25, 0.5, 1.0, 800.0, 12345.75, 1e8 + 0.25])
unary("cospi", sp.cos(sp.pi * x), [-40.25, -2.5, -0.3, 0.0, 1e-8, 0.25, 0.5, 1.0, 800.0, 12345.75, 1e8 + 0.25])
unary("sinc", sp.sin(sp.pi * x) / (sp.pi * x), [-40.25, -2.5, -0.3, -1e-3, 1e-8, 1e-3, 0.1, 0.3, 0.5, 1.0, 1.7, 800.0])
several("hypot", sp.sqrt(x**2 + y**2), [(2.5, 0.7), (-3.3, 1.9), (1e200, 1e200), (1e-90, 3e-90), (0.0, 2.0), (-200.0, 0.03), (0.5, 1e60), (1e-8, 40.0)])
several("hypot", sp.sqrt(x**2 + y**2 + z**2), [(2.5, 0.7, -1.2), (1e200, 1e200, 3e199), (1e-30, 3.0, -1e-9)])
unary("deg2rad", x * sp.pi / 180, moderate)
unary("rad2deg", x * 180 / sp.pi, moderate)

# Piecewise, away from their joints
unary("abs", lambda v: x if v > 0 else -x, regular)
unary("sign", lambda v: sp.Integer(1 if v > 0 else -1), regular)
for name in ("max", "maximum"):
    several(name, lambda a, b: x if a > b else y, grid)
for name in ("min", "minimum"):
    several(name, lambda a, b: x if a < b else y, grid)
several("clip", lambda v, lo, hi: x if lo < v < hi else y if v < lo else z, [(0.3, -1.0, 2.0), (-4.0, -1.0, 2.0), (9.0, -1.0, 2.0)])
several("where", lambda c, a, b: y if c else z, [(1, 2.5, 0.7), (0, 2.5, 0.7)], of=[1, 2])
unary("round", lambda v: sp.Integer(math.floor(v + 0.5)), [-2.7, -0.2, 0.3, 0.8, 1e8 + 0.2])
unary("floor", lambda v: sp.Integer(math.floor(v)), [-2.7, -0.2, 0.3, 0.8, 1e8 + 0.2])
unary("ceil", lambda v: sp.Integer(math.ceil(v)), [-2.7, -0.2, 0.3, 0.8, 1e8 + 0.2])
unary("trunc", lambda v: sp.Integer(math.trunc(v)), [-2.7, -0.2, 0.3, 0.8, 1e8 + 0.2])
unary("fround", x, [-2.75, 0.0, 0.375, 1e8])
several("copysign", lambda a, b: (1 if a > 0 else -1) * (1 if b > 0 else -1) * x, grid)
several("ldexp", x * 2**y, [(2.5, 3), (-3.3, -10), (1e-8, 100)], of=[0])

# Activations and stable forms
logistic = 1 / (1 + sp.exp(-x))
soft = sp.log(1 + sp.exp(x))
unary("sigmoid", logistic, far)
unary("logit", sp.log(x / (1 - x)), [1e-100, 1e-8, 0.3, 0.49999, 0.5, 0.7, 0.999999, 1 - 2**-40])
unary("softplus", soft, far)
unary("logSigmoid", -sp.log(1 + sp.exp(-x)), far)
unary("relu", lambda v: x if v > 0 else sp.Integer(0), regular)
unary("leakyRelu", lambda v: x if v > 0 else x * sp.Float(0.01, 60), regular)
unary("leakyRelu", lambda v: x if v > 0 else x / 4, regular, {"slope": 0.25})
unary("elu", lambda v: x if v > 0 else sp.exp(x) - 1, regular)
unary("elu", lambda v: x if v > 0 else (sp.exp(x) - 1) / 2, regular, {"alpha": 0.5})
unary("gelu", x * sp.erfc(-x / sp.sqrt(2)) / 2, [-36.0, *moderate, -8.0, 8.0])
cubic = sp.sqrt(2 / sp.pi) * (x + sp.Float(0.044715, 60) * x**3)
unary("gelu", x / (1 + sp.exp(-2 * cubic)), [-8.0, -2.5, -0.3, 0.0, 1e-8, 0.3, 1.0, 2.5, 8.0, 40.0], {"approximate": "tanh"})
unary("silu", x * logistic, far)
unary("mish", x * (1 - 2 / ((1 + sp.exp(x)) ** 2 + 1)), far)
unary("softsign", lambda v: x / (1 + x) if v > 0 else x / (1 - x), regular)
unary("xlogx", x * sp.log(x), positive)
several("xlogy", x * sp.log(y), [(2.5, 0.7), (-3.3, 1.9), (1e-8, 40.0), (0.0, 3.0), (800.0, 1e-200)])
several("logaddexp", sp.log(sp.exp(x) + sp.exp(y)), [(2.5, 0.7), (-3.3, 1.9), (800.0, 799.0), (-800.0, -801.5), (40.0, -40.0), (-700.0, 3.0), (2.0, 2.0)])
several("xlog1py", x * sp.log(1 + y), [(2.5, 0.7), (-3.3, 1.9), (1e-8, 40.0), (0.0, 3.0), (800.0, 1e-200), (0.3, -0.999999)])
unary("log1mexp", sp.log(1 - sp.exp(x)), [-1e-100, -1e-8, -0.3, -0.69, -0.7, -1.0, -2.5, -40.0, -600.0])
several("logsubexp", sp.log(sp.exp(x) - sp.exp(y)), [(2.5, 0.7), (1.9, -3.3), (800.0, 799.0), (-800.0, -801.5), (40.0, -40.0), (3.0, -600.0), (1.0, 1 - 2**-40)])

# Special
unary("erf", sp.erf(x), [-26.0, -6.0, -2.5, -1.0, -0.3, 0.0, 1e-200, 1e-8, 0.84, 0.85, 1.24, 1.26, 2.8, 2.9, 6.0, 20.0, 40.0])
unary("erfc", sp.erfc(x), [-26.0, -6.0, -2.5, -1.0, -0.3, 0.0, 1e-8, 0.24, 0.26, 0.84, 0.85, 1.24, 1.26, 2.8, 2.9, 6.0, 20.0, 25.5])
unary("erfinv", sp.erfinv(x), [-0.999999, -0.9, -0.3, 1e-200, 1e-8, 0.3, 0.9, 0.999999, 1 - 2**-40, 1 - 2**-53], digits=80)
unary("erfcx", sp.exp(x**2) * sp.erfc(x), [-25.0, -3.0, -0.3, 0.0, 1e-8, 0.3, 0.9, 1.0, 1.01, 2.5, 5.0, 20.0, 40.0])
unary("gamma", sp.gamma(x), poles, digits=60)
for name, start, first in (("lgamma", -1, lambda v: mpmath.log(abs(mpmath.gamma(v)))), ("digamma", 0, None), ("trigamma", 1, None)):
    with mpmath.workdps(60):
        out[name] = []
        for point in [*poles, 800.0, 1e15]:
            v = mpmath.mpf(point)
            d = [first(v) if first and order == 0 else mpmath.psi(start + order, v) for order in range(4)]
            out[name].append({"args": [point], "d": [coded(value) for value in d]})
with mpmath.workdps(60):
    out["polygamma"] = [
        {"args": [n, v], "of": [1], "d": [coded(mpmath.psi(n + order, mpmath.mpf(v))) for order in range(4)]}
        for n in (0, 1, 2, 3, 7, 30)
        for v in (1e-3, 0.5, 1.3, 10.0, 14.9, 40.0, 800.0, 1e8, -0.5, -3.3, -20.7)
    ]
logs = sp.loggamma(x) + sp.loggamma(y) - sp.loggamma(x + y)
shapes = [(0.3, 2.5), (1.0, 1.0), (40.0, 1e-3), (1e-8, 3.0), (1e-3, 1e8), (20.0, 20.0), (800.0, 0.7), (1e-9, 1e-4)]
several("beta", sp.exp(logs), shapes, digits=60)
several("lbeta", logs, shapes, digits=60)
waves = [1e-8, 0.5, 2.0, 3.4, 3.6, 7.0, 20.0, 100.0, 800.0]
unary("besselj0", sp.besselj(0, x), [-40.0, -3.0, 0.0, *waves], digits=60)
unary("besselj1", sp.besselj(1, x), [-40.0, -3.0, 0.0, *waves], digits=60)
unary("bessely0", sp.bessely(0, x), waves, digits=60)
unary("bessely1", sp.bessely(1, x), waves, digits=60)
steep = [1e-8, 0.5, 2.0, 7.0, 19.9, 20.0, 24.9, 26.0, 30.9, 100.0, 700.0]
unary("besseli0", sp.besseli(0, x), [-40.0, -3.0, 0.0, *steep], digits=60)
unary("besseli1", sp.besseli(1, x), [-40.0, -3.0, 0.0, *steep], digits=60)
for order in (0, 1):
    scaled = lambda v, order=order: sp.exp(-x if v > 0 else x) * sp.besseli(order, x)
    unary(f"besseli{order}e", scaled, [-40.0, -3.0, *steep, 1e4, 1e8], digits=90)

print("{\n" + ",\n".join(
    f'  "{name}": [\n' + ",\n".join(f"    {json.dumps(case)}" for case in cases) + "\n  ]" for name, cases in out.items()
) + "\n}")
