import { test } from "uvu";
import * as assert from "uvu/assert";
import { countryNamed, loadCountries } from "../../perf/lab/countries.js";
import { loadOutlines, type Outline, planeOutline } from "../../perf/lab/outlines.js";

/** The lengths of the sides of a closed outline. */
function sides({ points }: Outline): number[] {
  const count = points.length / 2;
  const at = (k: number, axis: number) => points[2 * (k % count) + axis] as number;
  return Array.from({ length: count }, (_, k) => Math.hypot(at(k + 1, 0) - at(k, 0), at(k + 1, 1) - at(k, 1)));
}

/** The area inside a closed outline in km² (the shoelace formula). */
function area({ points }: Outline): number {
  let twice = 0;
  for (let k = 0; k < points.length; k += 2) {
    const next = (k + 2) % points.length;
    twice += (points[k] as number) * (points[next + 1] as number) - (points[next] as number) * (points[k + 1] as number);
  }
  return Math.abs(twice / 2);
}

test("Brazil and Australia, of 96 and 120 points, centred", () => {
  const { moving, target } = loadOutlines();
  assert.equal([moving.name, moving.points.length / 2], ["Brazil", 96]);
  assert.equal([target.name, target.points.length / 2], ["Australia", 120]);
  for (const { points } of [moving, target]) {
    for (const axis of [0, 1]) {
      const total = points.filter((_, k) => k % 2 === axis).reduce((sum, x) => sum + x, 0);
      assert.ok(Math.abs(total) < 1e-8, `${total}`);
    }
  }
  assert.is(loadOutlines(80, 90).moving.points.length, 160);
});

test("they are as large as the countries are, in km", () => {
  const { moving, target } = loadOutlines();
  assert.ok(Math.abs(area(moving) / 8.51e6 - 1) < 0.02, `${area(moving)}`);
  assert.ok(Math.abs(area(target) / 7.62e6 - 1) < 0.02, `${area(target)}`);
});

test("east is to the right, north is up", () => {
  const { points } = planeOutline(countryNamed("Chile", loadCountries()), 100);
  const extent = (axis: number) => {
    const values = points.filter((_, k) => k % 2 === axis);
    return Math.max(...values) - Math.min(...values);
  };
  assert.ok(extent(1) > 3000 && extent(0) < 1500, "Chile is long from north to south");
});

test("steps along the outline are even: a side is a step, or shorter where it cuts a corner", () => {
  const longest = (outline: Outline) => Math.max(...sides(outline));
  const brazil = countryNamed("Brazil", loadCountries());
  const fine = planeOutline(brazil, 5000);
  const step = sides(fine).reduce((sum, side) => sum + side, 0) / 96;
  assert.ok(longest(planeOutline(brazil, 96)) < 1.01 * step);
  const most = 0.99 * longest(fine);
  assert.ok(sides(fine).filter((side) => side > most).length > 4500);
});

test("a square keeps its corners", () => {
  const rings = [
    [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ],
  ] as const;
  const { points } = planeOutline({ name: "square", rings }, 4);
  const corner = 111.2;
  for (const [k, sign] of [-1, -1, 1, -1, 1, 1, -1, 1].entries())
    assert.ok(Math.abs((points[k] as number) - sign * corner) < 0.1, `${points}`);
});

test("a count that makes no outline is an error", () => {
  for (const count of [0, 2, 2.5, Number.NaN]) {
    assert.throws(() => loadOutlines(count), `planeOutline: count = ${count}, an integer of at least 3 is needed`);
  }
});

test.run();
