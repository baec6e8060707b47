/**
 * Random programs by the thousand: node --import tsx tests/transform/fuzz-run.ts [COUNT [FIRST SEED]]. Prints the programs that fail and exits
 * with 1 when there is one.
 */
import { trial } from "./fuzz.js";

const count = Number(process.argv[2] ?? 3000);
const first = Number(process.argv[3] ?? 1);
let smooth = 0;
let failed = 0;
for (let seed = first; seed < first + count; seed++) {
  const result = trial(seed);
  if (result.smooth) smooth++;
  if (result.fault === undefined) continue;
  failed++;
  console.log(`seed ${seed}: ${result.fault}\n${result.code}`);
}
console.log(`${count} programs, ${smooth} of them smooth where they were tried, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
