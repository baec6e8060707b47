import { type CallOptions, declare, nameOf } from "../calls/declare.js";
import type { Declarable, Differentiable } from "../lifted.js";
import type { AnyFunction, RulePair, Transpose } from "../rule.js";
import { accumulate } from "../tangents/laws.js";
import { project } from "../tangents/project.js";
import { isZero, NoTangent, thunk, unthunk, ZeroTangent } from "../tangents/tangent.js";
import { isDifferentiable } from "../tangents/tangent-space.js";
import { highestLevel } from "../traced/dispatch.js";
import { checkTranspose } from "./linear-rule.js";
import { useLoops } from "./loops.js";
import { holdsNumbers, isSpoilt, keepStrong, strongImage, tellsFinite } from "./strong-image.js";

/** Options of `bilinearRule`. */
export interface BilinearRuleOptions<F extends AnyFunction> extends CallOptions<F> {
  /** (ȳ, a, b, ...static) => [ā, b̄], both in one pass: where that takes little longer than one of them, even if the other is not needed. */
  readonly transposes?: Transpose<Parameters<F>> | undefined;
}

/**
 * The rule of a map that is linear in its first argument and in its second one: matmul, outer, convolution, ….
 *   ẏ = f(ȧ, b) + f(a, ḃ)        ā = transposeLeft(ȳ, a, b),  b̄ = transposeRight(ȳ, a, b)
 * All three are written on plain arrays and return fresh arrays; every order follows, since the three are each other's transposes. What
 * the transposes return is brought to the shape and kind of its operand: broadcasting need not be undone. Tangents and cotangents that hold
 * a NaN are computed again with the strong product: 0 times anything is 0 in them.
 * @param f              (a, b, ...static) => y
 * @param transposeLeft  (ȳ, a, b, ...static) => ā; of a it may use kind and shape, not values
 * @param transposeRight (ȳ, a, b, ...static) => b̄; of b it may use kind and shape, not values
 */
export function bilinearRule<F extends AnyFunction, D extends Declarable<F> = Differentiable<F>>(
  f: F,
  transposeLeft: Transpose<Parameters<F>>,
  transposeRight: Transpose<Parameters<F>>,
  options: BilinearRuleOptions<F> = {},
): D {
  useLoops();
  const name = nameOf("bilinearRule", f, options, "name, replace, byPrimal, transposes, fresh, elementwise, dispatch");
  const { transposes } = options;
  checkTranspose(name, transposeLeft);
  checkTranspose(name, transposeRight);
  if (transposes !== undefined) checkTranspose(name, transposes);
  type Map = (first: unknown, second: unknown) => unknown;
  /** ẏ of a map that is linear in two places: its value at (ṡ, t) plus that at (s, ṫ). */
  const product = (at: Map, s: unknown, ds: unknown, t: unknown, dt: unknown): unknown =>
    accumulate(isZero(ds) ? ZeroTangent : at(ds, t), isZero(dt) ? ZeroTangent : at(s, dt));

  /** A cotangent of the shape and kind of argument k, so that it can stand in that argument's place. */
  const fit = (xbar: unknown, args: readonly unknown[], k: 0 | 1): unknown =>
    isDifferentiable(args[k]) ? project(args[k], xbar, () => `${name}: cotangent of argument ${k + 1}`) : xbar;

  const inPlaceOfOperand = (transpose: unknown, k: 0 | 1): AnyFunction => {
    return (ybar: unknown, ...args: unknown[]) => fit(unthunk((transpose as AnyFunction)(ybar, ...args)), args, k);
  };
  const kernels = [inPlaceOfOperand(transposeLeft, 0), inPlaceOfOperand(transposeRight, 1)] as const;

  /** Both cotangents, where all is plain; in one pass where there is one. */
  const together = (finite: boolean, ybar: unknown, args: readonly unknown[]): readonly unknown[] | undefined => {
    if ((transposes === undefined && !finite) || highestLevel([ybar, ...args]) !== undefined) return undefined;
    const both = transposes === undefined ? undefined : thunk(() => (transposes as AnyFunction)(ybar, ...args));
    const sound = thunk(() => finite && holdsNumbers(ybar));
    const at = (k: 0 | 1): unknown =>
      thunk(() => {
        if (both === undefined) return (sound.value() ? kernels : back)[k](ybar, ...args);
        const xbar = (both.value() as unknown[])[k];
        return sound.value() || !isSpoilt(xbar) ? fit(xbar, args, k) : back[k](ybar, ...args);
      });
    return [at(0), at(1)];
  };

  /** The rule of the map itself, and of its strong form: tangents and cotangents are always images of the strong one. */
  const pairOf = (value: () => AnyFunction) => (): RulePair => ({
    frule: ([, da, db]: readonly unknown[], a: unknown, b: unknown, ...rest: unknown[]) => [
      value()(a, b, ...rest),
      product((p, q) => strong(p, q, ...rest), a, da, b, db),
    ],
    rrule: (a: unknown, b: unknown, ...rest: unknown[]) => {
      const y = value()(a, b, ...rest);
      const finite = tellsFinite(y, a, b);
      return [
        y,
        (ybar: unknown) => [
          NoTangent,
          ...(together(finite, ybar, [a, b, ...rest]) ?? back.map((transpose) => thunk(() => transpose(ybar, a, b, ...rest)))),
          ...rest.map(() => NoTangent),
        ],
      ];
    },
  });

  const shared = { definer: "bilinearRule", freshCotangents: true, zeros: "symbolic" } as const;
  const standing = (k: number): boolean => k > 1;
  const map: F = declare({ ...shared, standing, primal: f, pair: pairOf(() => map) }, options);
  const strong: AnyFunction = declare({ ...shared, standing, primal: strongImage(f, [0, 1]), pair: pairOf(() => strong) }, { name });
  keepStrong(map, strong);

  /** The transpose that gives the cotangent of argument k: linear in ȳ and in the other argument, it moves with those two. */
  const transposeOf = (k: 0 | 1): AnyFunction => {
    const other = 1 - k;
    const own: AnyFunction = declare(
      {
        ...shared,
        primal: strongImage(kernels[k], [0, 2 - k]),
        pair: () => ({
          frule: (tangents: readonly unknown[], ybar: unknown, ...args: unknown[]) => [
            own(ybar, ...args),
            product((p, q) => own(p, ...args.with(other, q)), ybar, tangents[1], args[other], tangents[other + 2]),
          ],
          rrule: (ybar: unknown, ...args: unknown[]) => [
            own(ybar, ...args),
            (zbar: unknown) => {
              const there = args.with(k, zbar);
              const cotangents: unknown[] = [NoTangent, strong(...there), ...args.map(() => NoTangent)];
              cotangents[k + 2] = ZeroTangent;
              cotangents[other + 2] = back[other]?.(ybar, ...there);
              return cotangents;
            },
          ],
        }),
      },
      { name: `${name}Transpose${k === 0 ? "Left" : "Right"}` },
    );
    return own;
  };
  const back = [transposeOf(0), transposeOf(1)] as const;

  return map as AnyFunction as D;
}
