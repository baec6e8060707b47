/** Prints which functions stand in each list that is derived from rules, examples and tables of contents. */
import { elementwisePrograms, functionOf } from "../../perf/programs/elementwise.js";
import { kinkTable } from "../kinks/table.js";
import { rulesPage } from "../rules-page/page.js";
import { allCalls, allExamples } from "./all-examples.js";

const { text } = await rulesPage();
const lists: Readonly<Record<string, readonly string[]>> = {
  "the examples that the kit runs": [...(await allExamples()).keys()],
  "the sweep of bad input": Object.keys(await allCalls()),
  "the table of kinks": (await kinkTable()).flatMap(({ names }) => names),
  "the page of rules": [...text.matchAll(/^\| \[?`(\w+)`/gm)].map(([, name = ""]) => name),
  "what is measured": elementwisePrograms(20).map(({ name }) => functionOf(name)),
};
process.stdout.write(JSON.stringify(lists));
