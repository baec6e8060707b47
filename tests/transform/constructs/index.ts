import type { Construct } from "./construct.js";
import { arrays, floats, lists } from "./containers.js";
import { maths, operators, tests } from "./operators.js";
import { functions, patterns, statements } from "./statements.js";

export type { Construct } from "./construct.js";

/** The whole table, in the order of the page. */
export const constructs: readonly Construct[] = [
  ...operators,
  ...tests,
  ...maths,
  ...statements,
  ...functions,
  ...patterns,
  ...lists,
  ...floats,
  ...arrays,
];

/** A row as a program that exports `program`. */
export const programOf = ({ code, before = "" }: Construct): string =>
  `import { differentiable } from "cotangent";\n${before}\nexport const program = differentiable(${code});\n`;
