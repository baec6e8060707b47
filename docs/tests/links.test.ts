import { test } from "uvu";
import * as assert from "uvu/assert";
import { baseOf, dist } from "./support/built-site.js";
import { deadLinks } from "./support/links.js";

test("every link of every page leads to a page and a place that are there", () => {
  assert.equal(deadLinks(dist, baseOf(dist)), []);
});

test.run();
