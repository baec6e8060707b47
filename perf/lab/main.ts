import type { NdArray } from "../../lib/index.js";
import { endWithPipe, runCommand } from "./command.js";
import { type CountryReport, countryDistances } from "./country-distances.js";
import { type DescentReport, descend } from "./descent.js";
import { poolMatrix } from "./matrix.js";
import { type LabRow, measure } from "./measure.js";
import type { LabOptions, MatrixSource } from "./options.js";
import { printCountries, printDescent, printRows } from "./print.js";
import { progress } from "./progress.js";
import { seedCases } from "./seed-cases.js";

/** The results as JSON has them. */
interface LabResults {
  readonly seed: number;
  functions?: readonly LabRow[];
  countries?: CountryReport;
  descent?: DescentReport;
  matrix?: readonly LabRow[];
  agrees: boolean;
}

const agreement = `Relative differences: forward against reverse, forward against finite differences,
⟨ȳ, Jẋ⟩ against ⟨Jᵀȳ, ẋ⟩, by the rule against traced`;
const times = `Times of value and gradient, the shortest of rounds in which the ways take turns:
traced without a rule, and by the rule. Most rounds: the middle half of single ones.`;
const fullArrays = `Full arrays: the same by loops on a tape that makes an array of full size for each
access, as Zygote does; left out where it would take many seconds.`;

/** Runs the chosen parts; prints each as soon as it is there, or all of them as JSON at the end. */
function runLab(options: LabOptions, matrix: NdArray | undefined): boolean {
  const { seed, parts, json } = options;
  const results: LabResults = { seed, agrees: true };
  const say = (text: string): void => {
    if (!json) process.stdout.write(`${text}\n`);
  };
  for (const part of parts) {
    if (part === "seed") {
      results.functions = measureAll(seed);
      say(
        printRows(
          `The lab's functions on its own inputs, seed ${seed}.\n${agreement}, against full arrays.\n${times}\n${fullArrays}`,
          results.functions,
        ),
      );
    } else if (part === "countries") {
      results.countries = countryDistances(seed);
      say(printCountries(results.countries));
    } else if (part === "descent") {
      results.descent = descend();
      say(printDescent(results.descent));
    } else {
      const source = options.matrix as MatrixSource;
      results.matrix = poolMatrix(matrix as NdArray, source, seed);
      say(printRows(`Pooling ${source.file}.\n${agreement}.\n${times}`, results.matrix));
    }
  }
  const checks = [...(results.functions ?? []), results.countries, results.descent, ...(results.matrix ?? [])];
  results.agrees = checks.every((check) => check === undefined || check.agrees);
  if (json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else say(results.agrees ? "Everything agrees." : "Something disagrees: see the lines that say so.");
  return results.agrees;
}

function measureAll(seed: number): LabRow[] {
  const cases = seedCases(seed);
  const bar = progress("functions", cases.length);
  try {
    return cases.map((labCase, k) => {
      bar.update(k, labCase.name);
      return measure(labCase, { seed });
    });
  } finally {
    bar.clear();
  }
}

endWithPipe();
process.exitCode = await runCommand(process.argv.slice(2), runLab);
