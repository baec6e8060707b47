import { declare } from "../calls/declare.js";
import type { AnyFunction, Rule } from "../rule.js";
import { isZero, NoTangent } from "./tangent.js";

/** What is known of a linear map beside its transpose. */
interface LinearMap {
  readonly primal: AnyFunction;
  readonly stacked?: Rule["stacked"];
  readonly direct?: boolean;
}

/**
 * A map that is linear in its first argument; what stands behind it stands still.
 *   ẏ = map(ẋ, …)                x̄ = transposeFor(x, …)(ȳ)
 * `linearRule` is for rules: it brings the loops, and this is what they are made of.
 * @param transposeFor keeps of x what the transpose needs: its shape, its kind
 */
export function linearMap<F extends AnyFunction>(name: string, map: LinearMap, transposeFor: AnyFunction): F {
  const mapped: AnyFunction = declare(
    {
      ...map,
      definer: "linearRule",
      freshCotangents: true,
      zeros: "symbolic",
      pair: () => ({
        frule: ([, dx]: readonly unknown[], x: unknown, ...rest: unknown[]) => [mapped(x, ...rest), isZero(dx) ? dx : mapped(dx, ...rest)],
        rrule: (x: unknown, ...rest: unknown[]) => {
          const transpose = transposeFor(x, ...rest) as AnyFunction;
          return [
            mapped(x, ...rest),
            function linearPullback(ybar: unknown) {
              return [NoTangent, transpose(ybar), ...rest.map(() => NoTangent)];
            },
          ];
        },
      }),
    },
    { name },
  );
  return mapped as F;
}
