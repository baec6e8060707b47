import { test } from "uvu";
import * as assert from "uvu/assert";
import { add, differentiable } from "../../lib/index.js";
import { evaluate } from "../transform/evaluate.js";

test("where the file was not transformed, differentiable throws and names both cures", () => {
  const model = (x: number): number => x * x;
  assert.throws(
    () => differentiable(model),
    /^differentiable: model was not rewritten, so its operators would lose the derivative; build with the plugin from cotangent\/unplugin, or run node --import cotangent\/register$/,
  );
  assert.throws(() => differentiable(3 as never), /^differentiable: f is .*; give a function/);
});

test("a function that is differentiable already comes back as it is", () => {
  assert.is(differentiable(add), add);
  const { f } = evaluate<{ f: (x: number) => number }>(
    'import { differentiable } from "cotangent";\nexport const f = differentiable((x: number) => x * x);',
  );
  assert.is(differentiable(f), f);
});

test.run();
