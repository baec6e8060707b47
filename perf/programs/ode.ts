import { type AnyArray, mul, odeint, type Scalar, sin, stack, sub, withGradient } from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import type { Program } from "../program.js";

/** The slopes of a pendulum with friction. */
function slopes(angle: Scalar, speed: Scalar, gravity: Scalar): [Scalar, Scalar] {
  return [speed, sub(mul(-1, mul(gravity, sin(angle))), mul(0.25, speed))];
}

/** A pendulum whose state is an array that `stack` builds, against one whose state is a list; by gravity. */
export function pendulumProgram(times: number): Program {
  const ts = Array.from({ length: times }, (_, k) => k / 4);
  const start = rowMajor(Float64Array.of(1, 0), [2]);
  return {
    name: "pendulum by odeint: an array built by stack, against a list",
    variants: {
      hand: () =>
        withGradient((g) => {
          const way = odeint((y: readonly Scalar[], _, p: Scalar) => slopes(y[0] as Scalar, y[1] as Scalar, p), [1, 0] as Scalar[], ts, g);
          return (way.at(-1) as readonly Scalar[])[0] as Scalar;
        }, 2),
      rule: () =>
        withGradient((g) => {
          const way = odeint((y: AnyArray, _, p: Scalar) => stack(slopes(y.get(0), y.get(1), p)) as AnyArray, start, ts, g);
          return (way as AnyArray).get(times - 1, 0);
        }, 2),
    },
    tolerance: 1e-9,
    limit: 1.5,
  };
}
