import { check } from "../../../perf/lab/measure.js";
import { seedCases } from "../../../perf/lab/seed-cases.js";
import { type FromCrossCheck, seed } from "./messages.js";

const send = (message: FromCrossCheck): void => postMessage(message);

const cases = seedCases(seed);
send({ kind: "begin", names: cases.map(({ name }) => name) });
for (const labCase of cases) send({ kind: "row", row: check(labCase, { seed }) });
send({ kind: "end" });
