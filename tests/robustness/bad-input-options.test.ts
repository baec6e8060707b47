import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Call } from "../support/calls.js";
import { calls, functionOf } from "./public-calls.js";

/** The right calls that end in options, and the place of these. */
const withOptions = Object.entries(calls).flatMap(([name, call]: [string, Call]) => {
  const kinds = call[0].split(" ");
  const place = kinds.indexOf("options");
  return place < 0 ? [] : [{ name, args: call.slice(1), place }];
});

test("many functions have options", () => assert.ok(withOptions.length > 40, `${withOptions.length}`));

for (const { name, args, place } of withOptions) {
  test(`${name}: an option that it does not have is refused by name`, () => {
    const misspelt = args.with(place, { ...(args[place] as object), axsi: 0 });
    assert.throws(
      () => functionOf(name)(...misspelt),
      (e: unknown) => e instanceof TypeError && /^\w+: there is no option "axsi"; the options are \{ \w/.test(e.message),
    );
  });
}

test.run();
