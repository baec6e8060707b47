import { test } from "uvu";
import * as assert from "uvu/assert";
import { gradient, jacobian, type NdArray, toNested } from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { kinks } from "./table.js";

type Call = (...args: readonly unknown[]) => number;
const tolerance = { rtol: 1e-15, atol: 1e-15 };

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
