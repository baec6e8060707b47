import { test } from "uvu";
import * as assert from "uvu/assert";
import { barLine, progress } from "../../perf/lab/progress.js";

test("the bar fills, and its line never reaches the terminal's edge", () => {
  assert.is(barLine("descent", 0, 200, "", 46), `descent  ${"░".repeat(20)}    0 %    0/200`);
  assert.is(barLine("descent", 100, 200, "", 46), `descent  ${"█".repeat(10)}${"░".repeat(10)}   50 %  100/200`);
  assert.is(barLine("descent", 200, 200, "41.3 km", 100), `descent  ${"█".repeat(30)}  100 %  200/200  41.3 km`);
  for (let columns = 1; columns < 90; columns++) {
    for (const done of [0, 7, 199, 200, 300]) assert.ok(barLine("descent", done, 200, "41.3 km", columns).length < columns);
  }
});

test("it draws at once, seldom in between, and at the last step; then clears its line", () => {
  const written: string[] = [];
  const bar = progress("descent", 1000, { columns: 60, write: (text) => written.push(text) });
  for (let k = 0; k <= 1000; k++) bar.update(k);
  bar.clear();
  bar.clear();
  assert.ok(written.length >= 3 && written.length < 50, `${written.length} writes`);
  assert.is(written[0], `\r${barLine("descent", 0, 1000, "", 60)}\u001b[K`);
  assert.is(written.at(-2), `\r${barLine("descent", 1000, 1000, "", 60)}\u001b[K`);
  assert.is(written.at(-1), "\r\u001b[K");
});

test("without a terminal it prints nothing", () => {
  const bar = progress("descent", 10, undefined);
  bar.update(10);
  bar.clear();
});

test.run();
