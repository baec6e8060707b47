import { test } from "uvu";
import * as assert from "uvu/assert";
import { runCommand } from "../../perf/lab/command.js";
import { defaultSeed, helpText, parseOptions } from "../../perf/lab/options.js";
import { UsageError } from "../../perf/lab/usage-error.js";

const wrong: readonly (readonly [argv: readonly string[], message: string])[] = [
  [["--rows", "0", "--matrix", "a.csv"], '--rows: got "0", expected a positive integer, the length of a segment'],
  [["--rows", "-3"], '--rows: got "-3", expected a positive integer, the length of a segment'],
  [["--cols=2.5"], '--cols: got "2.5", expected a positive integer, the length of a segment'],
  [["--cols", "1e2"], '--cols: got "1e2", expected a positive integer, the length of a segment'],
  [["--rows", "9007199254740993"], '--rows: got "9007199254740993", expected a positive integer, the length of a segment'],
  [["--seed", "-1"], '--seed: got "-1", expected an integer from 0 to 4294967295'],
  [["--seed", "4294967296"], '--seed: got "4294967296", expected an integer from 0 to 4294967295'],
  [["--seed="], "--seed: got no value, expected a number after it"],
  [["--matrix"], "--matrix: got no value, expected the name of a CSV file after it"],
  [["--matrix", "--json"], '--matrix: got no value before "--json", expected the name of a CSV file after it'],
  [["--matrix="], "--matrix: got no value, expected the name of a CSV file after it"],
  [["--only"], "--only: got no value, expected one of seed, countries, descent, matrix after it"],
  [["--only", "Seed"], '--only: got "Seed", expected one of seed, countries, descent, matrix'],
  [["--only", "matrix"], '--only: got "matrix" without a matrix, expected --matrix FILE.csv beside it'],
  [["--only", "seed", "--matrix", "a.csv"], "--matrix: left out by --only, expected --only matrix as well, or no --only"],
  [["--rows", "3"], "--rows: got a segment length without a matrix, expected --matrix FILE.csv beside it"],
  [["--cols", "3"], "--cols: got a segment length without a matrix, expected --matrix FILE.csv beside it"],
  [["--json=yes"], '--json: got the value "yes", expected none; write --json alone'],
  [["--seed", "1", "--seed", "2"], '--seed: got "1" and "2", expected it once'],
  [["--row", "3"], "--row: unknown option, expected one of --matrix, --rows, --cols, --seed, --only, --json, --help"],
  [["-r3"], "-r: unknown option, expected one of --matrix, --rows, --cols, --seed, --only, --json, --help"],
  [["--no-json"], "--no-json: unknown option, expected one of --matrix, --rows, --cols, --seed, --only, --json, --help"],
  [["__proto__"], 'got "__proto__", expected options only; a matrix is given as --matrix FILE.csv'],
  [["--", "--json"], 'got "--json", expected options only; a matrix is given as --matrix FILE.csv'],
];

for (const [argv, message] of wrong) {
  test(`${argv.join(" ")} is refused`, () => {
    assert.throws(
      () => parseOptions(argv),
      (error: Error) => {
        assert.instance(error, UsageError);
        assert.is(error.message, `lab: ${message} (see npm run lab -- --help)`);
        return true;
      },
    );
  });
}

test("without options the three parts of the lab run", () => {
  assert.equal(parseOptions([]), {
    help: false,
    json: false,
    seed: defaultSeed,
    parts: ["seed", "countries", "descent"],
    matrix: undefined,
  });
});

test("a matrix runs alone, in segments of the lab's lengths unless told otherwise", () => {
  const { parts, matrix } = parseOptions(["--matrix", "a.csv", "--cols=7"]);
  assert.equal(parts, ["matrix"]);
  assert.equal(matrix, { file: "a.csv", rows: 3, cols: 7 });
  assert.equal(parseOptions(["--rows", "10", "--matrix=-odd name.csv"]).matrix, { file: "-odd name.csv", rows: 10, cols: 2 });
});

test("--only selects parts, each once, in the program's order", () => {
  assert.equal(parseOptions(["--only", "descent", "--only", "seed", "--only=descent"]).parts, ["seed", "descent"]);
  assert.equal(parseOptions(["--only", "matrix", "--only", "seed", "--matrix", "a.csv"]).parts, ["seed", "matrix"]);
});

test("--seed and --json", () => {
  const { seed, json } = parseOptions(["--seed", "0042", "--json", "--json"]);
  assert.is(seed, 42);
  assert.is(json, true);
  assert.is(parseOptions(["--seed", "4294967295"]).seed, 4294967295);
});

test("help comes before any complaint", () => {
  assert.is(parseOptions(["--rows", "x", "-h", "--what"]).help, true);
  assert.is(parseOptions(["--help"]).help, true);
});

test("the help text names every option and fits 80 columns", () => {
  for (const name of ["--matrix", "--rows", "--cols", "--seed", "--only", "--json", "--help"]) assert.ok(helpText.includes(name), name);
  for (const line of helpText.split("\n")) assert.ok(line.length <= 80, line);
});

/** Runs the program; what it printed, and its exit code. */
async function command(argv: readonly string[], agreed: boolean = true): Promise<{ code: number; out: string; err: string; runs: number }> {
  const out: string[] = [];
  const err: string[] = [];
  let runs = 0;
  const run = () => {
    runs++;
    return agreed;
  };
  const code = await runCommand(argv, run, { write: (text) => out.push(text) }, { write: (text) => err.push(text) });
  return { code, out: out.join(""), err: err.join(""), runs };
}

test("exit codes: 0 agreed, 1 disagreed, 2 wrong, with one message on stderr and nothing on stdout", async () => {
  assert.equal(await command([]), { code: 0, out: "", err: "", runs: 1 });
  assert.equal(await command([], false), { code: 1, out: "", err: "", runs: 1 });
  assert.equal(await command(["--help"]), { code: 0, out: helpText, err: "", runs: 0 });
  const err = 'lab: --seed: got "x", expected an integer from 0 to 4294967295 (see npm run lab -- --help)\n';
  assert.equal(await command(["--seed", "x"]), { code: 2, out: "", err, runs: 0 });
});

test("a bad matrix is refused before anything runs", async () => {
  const { code, out, err, runs } = await command(["--matrix", "no-such.csv"]);
  assert.equal({ code, out, runs }, { code: 2, out: "", runs: 0 });
  assert.match(err, /^no-such\.csv: expected a CSV file, there is no file .*no-such\.csv; check its name\n$/);
});

test("an error that is not the caller's passes through", async () => {
  const broken = () => {
    throw new RangeError("broken");
  };
  const silent = { write: () => true };
  let caught: unknown;
  await runCommand([], broken, silent, silent).catch((error: unknown) => {
    caught = error;
  });
  assert.instance(caught, RangeError);
});

test.run();
