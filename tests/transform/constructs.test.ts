import { suite } from "uvu";
import { constructs, programOf } from "./constructs/index.js";
import { evaluate, unmarked } from "./evaluate.js";
import { checkOrders } from "./orders.js";

const table = suite("each construct");

for (const construct of constructs) {
  table(`${construct.group}: ${construct.name}`, () => {
    const code = programOf(construct);
    const { program } = evaluate<{ program: (...args: unknown[]) => number }>(code);
    const original = unmarked<{ program: (...args: unknown[]) => number }>(
      programOf({ ...construct, code: construct.original ?? construct.code }),
    ).program;
    for (const args of construct.args) checkOrders(program, original, args);
  });
}

table.run();
