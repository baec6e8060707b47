import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import * as library from "../../lib/index.js";
import { derivative, gradient, type Scalar } from "../../lib/index.js";
import * as special from "../../rules/special/index.js";

type Call = (...args: readonly unknown[]) => Scalar;

/** A case of scalars.json, as scalars.py wrote it. */
interface Case {
  readonly args: readonly unknown[];
  /** The operands that are differentiated; absent where all numbers among the arguments are. */
  readonly of?: readonly number[];
  readonly d: readonly (number | "inf" | "-inf")[];
}

/** The elementwise functions of the catalogue; others may have references too. */
const catalogue: readonly string[] = [
  "add sub mul div neg square reciprocal pow fma mod rem",
  "sqrt cbrt exp exp2 exp10 expm1 log log2 log10 log1p sin cos tan sec csc cot asin acos atan atan2 sinh cosh tanh asinh acosh atanh",
  "sinpi cospi sinc hypot deg2rad rad2deg",
  "abs sign max min maximum minimum clip where round floor ceil trunc fround copysign ldexp",
  "sigmoid logit softplus logSigmoid relu leakyRelu elu gelu silu mish softsign xlogx xlogy logaddexp log1mexp logsubexp xlog1py",
  "erf erfc erfinv erfcx gamma lgamma digamma trigamma beta lbeta polygamma besselj0 besselj1 bessely0 bessely1",
  "besseli0 besseli1 besseli0e besseli1e",
].flatMap((names) => names.split(" "));

const references = JSON.parse(readFileSync(resolve(import.meta.dirname, "scalars.json"), "utf8")) as Record<string, readonly Case[]>;
const functions: Record<string, unknown> = { ...library, ...special };

/** How close each result is, relatively. */
const rtol = 1e-13;

/** A result is right when it is as close as that; below 1e-290, near where doubles lose digits, it need only be as small. */
function close(got: number, expected: Case["d"][number]): boolean {
  const want = typeof expected === "number" ? expected : expected === "inf" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return got === want || Math.abs(got - want) <= rtol * Math.abs(want) + 1e-290;
}

type Way = readonly [name: string, slope: (f: (t: Scalar) => Scalar, t: Scalar) => Scalar];

const ways: readonly Way[] = [
  ["nested derivatives", (f, t) => derivative(f, t as number) as Scalar],
  ["nested gradients", (f, t) => gradient(f, t as number)[0] as Scalar],
];

/** The value and the derivatives that the case lists, each by nesting one way of differentiating in itself. */
function computed(f: Call, { args, of }: Case, [, slope]: Way): number[] {
  const moved = of ?? args.flatMap((arg, k) => (typeof arg === "number" ? [k] : []));
  const along =
    (g: Call, k: number): Call =>
    (...point) =>
      slope((t) => g(...point.with(k, t)), point[k] as Scalar);
  const all = [[f]];
  for (let order = 1; order <= 3; order++) all.push((all[order - 1] as Call[]).flatMap((g) => moved.map((k) => along(g, k))));
  return all.flat().map((g) => g(...args) as number);
}

test("every elementwise function of the catalogue has references", () => {
  assert.equal(
    catalogue.filter((name) => !(name in references)),
    [],
  );
});

for (const [name, cases] of Object.entries(references)) {
  for (const way of ways) {
    test(`${name}: ${way[0]} are the references at every point`, () => {
      const f = functions[name] as Call | undefined;
      assert.type(f, "function", `${name} is not exported`);
      const faults = cases.flatMap((c) => {
        const got = computed(f as Call, c, way);
        return c.d.flatMap((want, k) =>
          close(got[k] as number, want) ? [] : [`${name}(${c.args.map((a) => JSON.stringify(a))}) [${k}]: ${got[k]}, not ${want}`],
        );
      });
      assert.ok(cases.length > 0 && cases.every(({ d }) => d.length > 0), `${name} has no references`);
      assert.equal(faults, []);
    });
  }
}

test.run();
