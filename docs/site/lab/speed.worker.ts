import { compare, waysOf } from "../../../perf/lab/measure.js";
import { seedCases } from "../../../perf/lab/seed-cases.js";
import { byHand } from "./by-hand.js";
import { type FromSpeed, seed } from "./messages.js";
import { clockStep, timeInTurns } from "./timing.js";

const send = (message: FromSpeed): void => postMessage(message);

const cases = seedCases(seed);
send({ kind: "begin", names: cases.map(({ name }) => name), clockStep: clockStep() });
for (const [k, labCase] of cases.entries()) {
  const { name } = labCase;
  send({ kind: "progress", name, share: k / cases.length });
  const { rule, ...others } = waysOf(labCase);
  const ways = Object.entries({ hand: byHand(labCase), rule, ...others }).filter(([, run]) => run !== undefined);
  const answer = rule();
  const wrong = ways.map(([way, run]) => ({ way, ...compare(answer, run) })).find(({ same }) => !same);
  if (wrong !== undefined) {
    send({ kind: "disagree", name, way: wrong.way, difference: wrong.difference });
    continue;
  }
  const timings = timeInTurns(
    ways.map(([, run]) => run as () => unknown),
    (share) => send({ kind: "progress", name, share: (k + share) / cases.length }),
  );
  send({ kind: "row", row: { name, ...Object.fromEntries(ways.map(([way], at) => [way, timings[at]])) } as never });
}
send({ kind: "end" });
