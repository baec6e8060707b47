import { disagreements } from "./agreement.js";
import * as p from "./programs.js";
import { variantNames } from "./program.js";
const pools = p.poolSumPrograms(100);
const all = [p.f1Program(), p.maximumProgram(100, true), p.maximumProgram(1000, false), pools.library, pools.views, pools.elements, ...p.distancePrograms(100, 10), p.rotaryProgram(64, 512, false), p.rotaryProgram(32, 256, true), p.chainProgram(10000), p.rosenbrockProgram(1000)];
let sink: unknown;
const only = process.argv[2];
for (const prog of all) {
  if (only && !prog.name.includes(only)) continue;
  console.log(prog.name, disagreements(prog));
  const meds: Record<string, number> = {};
  for (const v of variantNames) {
    const f = prog.variants[v]; if (!f) continue;
    let t = performance.now(); sink = f(); const once = performance.now() - t;
    const n = Math.max(1, Math.min(20000, Math.floor(10 / once)));
    const ts: number[] = [];
    for (let r = 0; r < (once > 200 ? 1 : 25); r++) { t = performance.now(); for (let i = 0; i < n; i++) sink = f(); ts.push((performance.now() - t) / n * 1e3); }
    ts.sort((a, b) => a - b); meds[v] = ts[ts.length >> 1]!;
    console.log("   ", v.padEnd(9), meds[v]!.toFixed(2), "us", (meds[v]! / meds["hand"]!).toFixed(2));
  }
}
export { sink };
