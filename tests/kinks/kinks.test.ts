import { test } from "uvu";
import * as assert from "uvu/assert";
import { gradient, jacobian, type NdArray, toNested } from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { at } from "./cases.js";
import { gathered, kinkTable } from "./table.js";

type Call = (...args: readonly unknown[]) => number;
const tolerance = { rtol: 1e-15, atol: 1e-15 };

const kinks = await kinkTable();

test("every line has its cases and functions, in each of its parts", () => {
  for (const { where, names, cases } of kinks) assert.ok(names.length > 0 && cases.length > 0, where);
  assert.ok(kinks.flatMap(({ cases }) => cases).length >= 85, "there were 85 cases once");
});

test("parts of a line are put together, a new line comes behind, and one line says one thing", () => {
  const part = (name: string, where: string, convention: string) =>
    gathered([...kinks, { where, convention, names: [name], cases: [at(`${name}(0)`, (x) => x, 0, 0, 1)] }]);
  const [first] = kinks as readonly [(typeof kinks)[number]];
  const joined = part("rise", first.where, first.convention);
  assert.is(joined.length, kinks.length);
  assert.equal(joined[0]?.names, [...first.names, "rise"]);
  assert.is(joined[0]?.cases.length, first.cases.length + 1);
  assert.is(part("rise", "`rise` at 0", "1").at(-1)?.where, "`rise` at 0");
  assert.throws(() => part("rise", first.where, "1"), /^two conventions for /);
});

for (const { where, cases } of kinks) {
  for (const { shown, f, args, y, slopes } of cases) {
    test(`${where}: ${shown}`, () => {
      const call = f as unknown as Call;
      if (y === "RangeError") {
        assert.throws(
          () => call(...args),
          (error: unknown) => error instanceof RangeError,
        );
        return;
      }
      assertClose(call(...args), y, tolerance, "y");
      if (slopes === undefined) return;
      const reverse = gradient(call as never, ...(args as never[])) as readonly unknown[];
      const forward = args.map((arg, k) =>
        jacobian(((x: NdArray) => call(...args.with(k, x))) as never, arg as never, { mode: "forward" }),
      );
      if (slopes === "finite") {
        for (const slope of [...reverse, ...forward]) assert.ok((toNested(slope as NdArray) as number[][]).flat().every(Number.isFinite));
        return;
      }
      assertClose(reverse, slopes, tolerance, "reverse");
      assertClose(forward, slopes, tolerance, "forward");
    });
  }
}

test.run();
