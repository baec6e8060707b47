import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, add, gradient, pushforward, type Scalar, sum } from "../../lib/index.js";
import { isNdArray } from "../../lib/nd/index.js";
import type { Call } from "../support/calls.js";
import { bad } from "./bad.js";
import { values } from "./bad-values.js";
import { complaintAbout } from "./complaints.js";
import { calls, functionOf } from "./public-calls.js";

/** The sum of all that moves in a result. */
function total(y: unknown): Scalar {
  if (Array.isArray(y)) return y.map(total).reduce((p, q) => add(p, q), 0);
  if (isNdArray(y)) return /int/.test(y.dtype) ? 0 : sum(y as AnyArray);
  return typeof y === "object" || typeof y === "number" ? (y as Scalar) : 0;
}

const moves = /^(operand|array|list|numbers|number|bound|points)$/;
const engines: Readonly<Record<string, (f: (x: never) => Scalar, x: never) => unknown>> = {
  gradient: (f, x) => gradient(f, x),
  pushforward: (f, x) => pushforward(f, [x], [x]),
};

/** The complaints about a function's answers when one argument is bad and another one is traced. */
function faultsOf(name: string, [kinds, ...args]: Call): string[] {
  const faults: string[] = [];
  const each = kinds.split(" ");
  each.forEach((kind, traced) => {
    if (!moves.test(kind)) return;
    for (let position = 0; position < each.length; position++) {
      if (position === traced) continue;
      for (const [label, value] of Object.entries(values)) {
        const f = (x: never): Scalar => total(functionOf(name)(...args.map((arg, k) => (k === position ? value : k === traced ? x : arg))));
        for (const [engine, run] of Object.entries(engines)) {
          try {
            run(f, bad(args[traced]));
          } catch (error) {
            const complaint = complaintAbout(error);
            if (complaint !== "")
              faults.push(`${engine} of ${name} by argument ${traced + 1}, argument ${position + 1} = ${label}: ${complaint}`);
          }
        }
      }
    }
  });
  return faults;
}

const elsewhere = /^(array|zeros|ones|full|eye|arange|toNested|copy|similar|accumulate|range|createRange)$/;
for (const [name, call] of Object.entries(calls)) {
  if (elsewhere.test(name) || !moves.test(call[0].split(" ")[0] as string) || call.length < 3) continue;
  test(`${name}: beside a traced argument too, what cannot be is refused in words`, () => {
    assert.equal(faultsOf(name, call), []);
  });
}

test.run();
