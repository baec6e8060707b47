import { suite } from "uvu";
import * as assert from "uvu/assert";
import { transform } from "../../lib/transform/index.js";
import { evaluate, unmarked } from "./evaluate.js";
import { oddPrograms } from "./odd/programs.js";
import { checkOrders } from "./orders.js";

interface Exported {
  readonly program: (...args: unknown[]) => number;
}

const odd = suite("odd but legal programs");

for (const { name, code, args } of oddPrograms) {
  odd(name, () => {
    const text = `import { differentiable, type int } from "cotangent";\n${code}`;
    const { program } = evaluate<Exported>(text);
    const original = unmarked<Exported>(text).program;
    for (const each of args) checkOrders(program, original, each);
  });
}

odd("transformed twice they are what they are transformed once", () => {
  for (const { name, code } of oddPrograms) {
    const once = transform(`import { differentiable, type int } from "cotangent";\n${code}`, { file: "program.ts" }).code;
    assert.is(transform(once, { file: "program.ts" }).code, once, name);
  }
});

odd.run();
