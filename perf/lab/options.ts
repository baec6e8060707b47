import { parseArgs } from "node:util";
import { quote, UsageError } from "./usage-error.js";

/** The parts of the program, in the order in which they run. */
export type LabPart = "seed" | "countries" | "descent" | "matrix";

/** A matrix of the caller's own, and the lengths of the segments that pool its rows and its columns. */
export interface MatrixSource {
  readonly file: string;
  readonly rows: number;
  readonly cols: number;
}

export interface LabOptions {
  readonly help: boolean;
  readonly json: boolean;
  /** Seed of the random inputs. */
  readonly seed: number;
  /** What to run, without repetition. `matrix` is among them exactly when there is a matrix. */
  readonly parts: readonly LabPart[];
  readonly matrix: MatrixSource | undefined;
}

export const defaultSeed: number = 9;
const largestSeed = 2 ** 32 - 1;
/** Segment lengths of the lab's own example. */
const defaultRows = 3;
const defaultCols = 2;

const partNames: readonly LabPart[] = ["seed", "countries", "descent", "matrix"];
const withValue = ["matrix", "rows", "cols", "seed", "only"];
const flags = ["json", "help"];
const known = [...withValue, ...flags].map((name) => `--${name}`);

export const helpText: string = `Usage: npm run lab -- [options]

Differentiates every function of the lab forward and in reverse, checks the two
ways against each other and against finite differences, and times each rule
against the same function traced without its rule, and against the same loops
on a tape that makes a full array for each access to an entry, as Zygote does.

Without options it runs three parts:
  seed        the lab's own inputs: random 100×100 and 10×10, RoPE on 64×512
  countries   Hausdorff distances between the outlines of the world's countries
  descent     gradient descent on the Chamfer distance, one outline onto another

Options:
  --matrix FILE.csv   run the pooling part on this matrix instead: numbers only,
                      commas between them, one row a line, no header line
  --rows N            rows in a segment of that matrix (default ${defaultRows})
  --cols N            columns in a segment of that matrix (default ${defaultCols})
                      (the last segment is shorter where N does not divide)
  --only PART         run this part only: seed, countries, descent or matrix;
                      may be given more than once
  --seed N            seed of the random inputs, 0 to ${largestSeed} (default ${defaultSeed})
  --json              print the results as JSON
  -h, --help          print this text

Examples:
  npm run lab
  npm run lab -- --only seed --seed 42
  npm run lab -- --matrix distances.csv --rows 10 --cols 10
  npm run --silent lab -- --json > lab.json

Exit code: 0 when everything agrees, 1 when anything disagrees, 2 when an option
or a file is wrong (one message on stderr, nothing on stdout).
`;

/**
 * Reads the command line.
 * @param argv the arguments after the program's name
 * @throws {UsageError} naming the option, what came and what was expected; never when help is asked for
 */
export function parseOptions(argv: readonly string[]): LabOptions {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: {
      matrix: { type: "string" },
      rows: { type: "string" },
      cols: { type: "string" },
      only: { type: "string" },
      seed: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const values = new Map<string, string[]>();
  if (tokens.some((token) => token.kind === "option" && token.name === "help")) {
    return { help: true, json: false, seed: defaultSeed, parts: [], matrix: undefined };
  }
  for (const token of tokens) {
    if (token.kind === "positional")
      throw wrong(`got ${quote(token.value)}, expected options only; a matrix is given as --matrix FILE.csv`);
    if (token.kind === "option") record(values, token);
  }
  const matrix = matrixSource(values);
  return {
    help: false,
    json: values.has("json"),
    seed: integer(values, "seed", 0, largestSeed, `an integer from 0 to ${largestSeed}`) ?? defaultSeed,
    parts: selectedParts(values.get("only"), matrix),
    matrix,
  };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function record(values: Map<string, string[]>, { name, rawName, value, inlineValue }: OptionToken): void {
  if (flags.includes(name)) {
    if (value !== undefined) throw wrong(`${rawName}: got the value ${quote(value)}, expected none; write ${rawName} alone`);
    values.set(name, []);
    return;
  }
  if (!withValue.includes(name) || !rawName.startsWith("--"))
    throw wrong(`${rawName}: unknown option, expected one of ${known.join(", ")}`);
  if (value === undefined || value === "" || (inlineValue !== true && value.startsWith("--"))) {
    throw wrong(`${rawName}: got no value${value ? ` before ${quote(value)}` : ""}, expected ${placeholder(name)} after it`);
  }
  const before = values.get(name);
  if (before !== undefined && name !== "only")
    throw wrong(`${rawName}: got ${quote(before[0] as string)} and ${quote(value)}, expected it once`);
  values.set(name, [...(before ?? []), value]);
}

function placeholder(name: string): string {
  if (name === "matrix") return "the name of a CSV file";
  return name === "only" ? `one of ${partNames.join(", ")}` : "a number";
}

function matrixSource(values: Map<string, string[]>): MatrixSource | undefined {
  const length = "a positive integer, the length of a segment";
  const rows = integer(values, "rows", 1, Number.MAX_SAFE_INTEGER, length);
  const cols = integer(values, "cols", 1, Number.MAX_SAFE_INTEGER, length);
  const file = values.get("matrix")?.[0];
  if (file !== undefined) return { file, rows: rows ?? defaultRows, cols: cols ?? defaultCols };
  const orphan = rows !== undefined ? "--rows" : cols !== undefined ? "--cols" : undefined;
  if (orphan !== undefined) throw wrong(`${orphan}: got a segment length without a matrix, expected --matrix FILE.csv beside it`);
  return undefined;
}

function selectedParts(only: readonly string[] | undefined, matrix: MatrixSource | undefined): readonly LabPart[] {
  if (only === undefined) return matrix === undefined ? ["seed", "countries", "descent"] : ["matrix"];
  for (const name of only) {
    if (!(partNames as readonly string[]).includes(name))
      throw wrong(`--only: got ${quote(name)}, expected one of ${partNames.join(", ")}`);
  }
  if (only.includes("matrix") && matrix === undefined)
    throw wrong('--only: got "matrix" without a matrix, expected --matrix FILE.csv beside it');
  if (matrix !== undefined && !only.includes("matrix"))
    throw wrong("--matrix: left out by --only, expected --only matrix as well, or no --only");
  return partNames.filter((name) => only.includes(name));
}

function integer(values: Map<string, string[]>, name: string, least: number, most: number, expected: string): number | undefined {
  const text = values.get(name)?.[0];
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw wrong(`--${name}: got ${quote(text)}, expected ${expected}`);
  return value;
}

function wrong(story: string): UsageError {
  return new UsageError(`lab: ${story} (see npm run lab -- --help)`);
}
