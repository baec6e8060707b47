import { type AnyArray, hessian, hvp, type NdArray, pushforward, type Scalar, withGradient } from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import type { Answer } from "../answer.js";
import { rosenbrockOfArrays } from "../array-forms.js";
import * as hand from "../by-hand/rosenbrock-orders.js";
import { normal } from "../inputs.js";
import { rosenbrock } from "../naive.js";
import type { Program } from "../program.js";
import { floats } from "./array-program.js";

/** The multiples that derivatives of a form of Rosenbrock's function must not exceed. */
interface Limits {
  readonly gradient?: number;
  readonly jvp: number;
  readonly hvp: number;
  readonly hessian: number;
}

function programsOf(form: string, f: (x: AnyArray) => Scalar, n: number, small: number, limits: Limits, binds: boolean): Program[] {
  const [x, v] = [normal(n, 1), normal(n, 2)].map((data) => rowMajor(data, [n])) as [NdArray, NdArray];
  const [p, q] = [normal(small, 3), normal(small, 4)].map((data) => rowMajor(data, [small])) as [NdArray, NdArray];
  const program = (
    what: string,
    size: number,
    byHand: () => Answer,
    rule: () => Answer,
    limit: number | undefined,
    firm: boolean,
  ): Program => ({
    name: `Rosenbrock ${form}, n = ${size}: ${what}`,
    variants: { hand: byHand, rule },
    limit,
    binds: firm,
  });
  return [
    program(
      "gradient",
      n,
      () => hand.gradientOfRosenbrock(floats(x)),
      () => withGradient(f, x),
      limits.gradient,
      false,
    ),
    program(
      "jvp",
      n,
      () => hand.jvpOfRosenbrock(floats(x), floats(v)),
      () => {
        const [value, moved] = pushforward(f, [x], [v]) as readonly [number, number];
        return { value, gradient: [moved] };
      },
      limits.jvp,
      false,
    ),
    program(
      "hvp",
      small,
      () => hand.hvpOfRosenbrock(floats(p), floats(q)),
      () => ({ value: 0, gradient: [hvp(f, p, q)] }),
      limits.hvp,
      binds,
    ),
    program(
      "Hessian",
      small,
      () => hand.hessianOfRosenbrock(floats(p)),
      () => ({ value: 0, gradient: [hessian(f, p)] }),
      limits.hessian,
      binds,
    ),
  ];
}

/** First and second derivatives of Rosenbrock's function: first order in n variables, second order in `small`. */
export function higherPrograms(n: number, small: number): Program[] {
  return [
    ...programsOf("of arrays", rosenbrockOfArrays, n, small, { gradient: 12, jvp: 20, hvp: 90, hessian: 90 }, true),
    ...programsOf("by get", rosenbrock, n, small, { jvp: 60, hvp: 300, hessian: 350 }, false),
  ];
}
