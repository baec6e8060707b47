/** What a program weighs that uses the package as an application would: bundled by esbuild, minified, gzipped. */
export interface SizedProgram {
  readonly name: string;
  /** The most that it may weigh, in bytes. */
  readonly limit: number;
  readonly contents: string;
  /** Packages that it must not hold. */
  readonly without: RegExp;
}

const arrays = /node_modules\/ndarray\//;
const others = /node_modules\/(?!cotangent\/|ndarray\/|iota-array\/|is-buffer\/)/;

/** A small program on numbers alone, through the main entry. */
const scalarProgram = `
import { add, gradient, mul, square } from "cotangent";

const [da, db] = gradient((a, b) => add(square(a), mul(3, b)), 2, 4);
if (da !== 4 || db !== 3) throw new Error("wrong gradient");
`;

/** A rule by hand, asked for by nobody. */
const ruleProgram = `
import { defineRule } from "cotangent/core";

const half = defineRule((x) => x / 2, { frule: ([, dx], x) => [x / 2, dx / 2], rrule: (x) => [x / 2, (ybar) => [undefined, ybar / 2]] });
if (half(3) !== 1.5) throw new Error("wrong value");
`;

export const sizedPrograms: readonly SizedProgram[] = [
  {
    name: "NoTangent, from cotangent/core",
    limit: 300,
    contents: 'import { NoTangent } from "cotangent/core";\nif (typeof NoTangent !== "object") throw new Error("no tangent");',
    without: arrays,
  },
  { name: "a rule by defineRule, from cotangent/core", limit: 3_900, contents: ruleProgram, without: arrays },
  {
    name: "zeros, from cotangent",
    limit: 4_000,
    contents: 'import { zeros } from "cotangent";\nif (zeros([2]).get(1) !== 0) throw new Error("not zero");',
    without: others,
  },
  {
    name: "sin, from cotangent/rules/elementwise",
    limit: 14_000,
    contents: 'import { sin } from "cotangent/rules/elementwise";\nif (sin(0) !== 0) throw new Error("wrong value");',
    without: others,
  },
  { name: "a gradient of numbers, from cotangent", limit: 25_900, contents: scalarProgram, without: others },
  {
    name: "the transform, its parser included, from cotangent/transform",
    limit: 83_000,
    contents:
      'import { transform } from "cotangent/transform";\nif (transform("const x = 1;", { file: "x.ts" }).code !== "const x = 1;") throw new Error("changed");',
    without: /node_modules\/(?!cotangent\/)/,
  },
  {
    name: "everything, from cotangent",
    limit: 139_500,
    contents: 'export * from "cotangent";',
    without: others,
  },
];
