import { test } from "uvu";
import * as assert from "uvu/assert";
import { add, div, gradient, hvp, mul, neg, odeint, pushforward, type Scalar, sin, square } from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";

// A pendulum with friction: q' = v, v' = −(g / l) sin q − c v, from (q₀, 0), until t = 3.

interface State {
  readonly q: Scalar;
  readonly v: Scalar;
}

interface Setup {
  readonly q0: Scalar;
  readonly g: Scalar;
  readonly l: Scalar;
  readonly c: Scalar;
}

const end = 3;
const setup = { q0: 1.2, g: 9.81, l: 1.5, c: 0.25 };

const slope = ({ q, v }: State, { g, l, c }: Setup): State => ({
  q: v,
  v: neg(add(mul(div(g, l), sin(q)), mul(c, v))),
});

const moved = (y: State, h: Scalar, k: State): State => ({ q: add(y.q, mul(h, k.q)), v: add(y.v, mul(h, k.v)) });

/** The classical Runge–Kutta method, as one writes it. */
function byRungeKutta(p: Setup, steps: number): State {
  const h = end / steps;
  let y: State = { q: p.q0, v: 0 };
  for (let n = 0; n < steps; n++) {
    const k1 = slope(y, p);
    const k2 = slope(moved(y, h / 2, k1), p);
    const k3 = slope(moved(y, h / 2, k2), p);
    const k4 = slope(moved(y, h, k3), p);
    const mean = (a: Scalar, b: Scalar, c: Scalar, d: Scalar): Scalar => mul(1 / 6, add(add(a, d), mul(2, add(b, c))));
    y = moved(y, h, { q: mean(k1.q, k2.q, k3.q, k4.q), v: mean(k1.v, k2.v, k3.v, k4.v) });
  }
  return y;
}

const byOdeint =
  (adjoint: boolean) =>
  (p: Setup): State =>
    (
      odeint((y: State, _: Scalar, own: Setup) => slope(y, own), { q: p.q0, v: 0 }, [0, end], p, { rtol: 1e-9, adjoint }) as State[]
    )[1] as State;

const names = ["q0", "g", "l", "c"] as const;

/**
 * q and v at the end, and their derivatives by the four parameters, in plain numbers: the variational equations, written down by hand and
 * integrated together with the pendulum.
 */
function byVariations(): { q: number; v: number; dq: number[]; dv: number[] } {
  const { q0, g, l, c } = setup;
  const f = (y: number[]): number[] => {
    const [q, v] = y as [number, number];
    const slopes = [v, -(g / l) * Math.sin(q) - c * v];
    const direct = [0, -Math.sin(q) / l, (g * Math.sin(q)) / l ** 2, -v];
    direct.forEach((own, k) => {
      const [sq, sv] = [y[2 + 2 * k] as number, y[3 + 2 * k] as number];
      slopes.push(sv, -(g / l) * Math.cos(q) * sq - c * sv + own);
    });
    return slopes;
  };
  let y = [q0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
  const steps = 3000;
  const h = end / steps;
  const ahead = (t: number, k: number[]): number[] => y.map((entry, n) => entry + t * (k[n] as number));
  for (let n = 0; n < steps; n++) {
    const k1 = f(y);
    const k2 = f(ahead(h / 2, k1));
    const k3 = f(ahead(h / 2, k2));
    const k4 = f(ahead(h, k3));
    y = y.map((entry, m) => entry + (h / 6) * ((k1[m] as number) + 2 * (k2[m] as number) + 2 * (k3[m] as number) + (k4[m] as number)));
  }
  return { q: y[0] as number, v: y[1] as number, dq: [2, 4, 6, 8].map((k) => y[k] as number), dv: [3, 5, 7, 9].map((k) => y[k] as number) };
}

const exact = byVariations();

for (const [name, solve, rtol] of [
  ["Runge and Kutta's method in differentiable functions", (p: Setup) => byRungeKutta(p, 400), 1e-6],
  ["odeint", byOdeint(false), 1e-6],
  ["odeint by its adjoint", byOdeint(true), 1e-6],
] as const) {
  test(`${name}: the pendulum ends where it should, with the derivatives of the variational equations`, () => {
    const { q, v } = solve(setup) as { q: number; v: number };
    assertClose([q, v], [exact.q, exact.v], { rtol });
    for (const [part, expected] of [
      ["q", exact.dq],
      ["v", exact.dv],
    ] as const) {
      const [bar] = gradient((p: Setup) => solve(p)[part], setup) as unknown as [typeof setup];
      assertClose(
        names.map((parameter) => bar[parameter]),
        expected,
        { rtol },
        part,
      );
    }
    names.forEach((parameter, k) => {
      const direction = { q0: 0, g: 0, l: 0, c: 0, [parameter]: 1 };
      const moving = pushforward(solve as never, [setup], [direction])[1] as { q: number; v: number };
      assertClose([moving.q, moving.v], [exact.dq[k], exact.dv[k]], { rtol }, parameter);
    });
  });
}

test("second derivatives of the energy at the end: the three ways agree", () => {
  const energy = (solve: (p: Setup) => State) => (p: Setup) => {
    const { q, v } = solve(p);
    return add(mul(0.5, square(v)), mul(p.g, square(sin(mul(0.5, q)))));
  };
  const direction = { q0: 1, g: -1, l: 0.5, c: 2 };
  const [first, second, third] = [(p: Setup) => byRungeKutta(p, 400), byOdeint(false), byOdeint(true)].map((solve) =>
    hvp(energy(solve) as never, setup, direction),
  );
  assertClose(second, first, { rtol: 1e-5 });
  assertClose(third, first, { rtol: 1e-5 });
});

test("without friction the energy at the end does not depend on anything but the start", () => {
  const energy = (p: Setup): Scalar => {
    const { q, v } = byOdeint(false)(p);
    return add(mul(0.5, square(v)), mul(2 * (setup.g / setup.l), square(sin(mul(0.5, q)))));
  };
  const [bar] = gradient(energy as never, { ...setup, c: 0 }) as unknown as [typeof setup];
  const start = 2 * (setup.g / setup.l) * Math.sin(0.6) * Math.cos(0.6);
  assertClose(bar.q0, start, { rtol: 1e-6 });
  // By the friction it falls: −∫ v² dt < 0.
  assert.ok(bar.c < -1);
});

test.run();
