import { test } from "uvu";
import * as assert from "uvu/assert";
import { countryNamed, loadCountries } from "../../perf/lab/countries.js";
import { earthRadius, greatCircleDistances } from "../../perf/lab/great-circle.js";
import { describeSampling, loadWorld, sampleIndices, type World, worldOf } from "../../perf/lab/world.js";

const world = loadWorld();
const distances = greatCircleDistances(world.points);
const n = world.points.length / 2;

/** Of two points in degrees, by the haversine formula as the textbooks have it. */
function haversine(a: readonly number[], b: readonly number[]): number {
  const [l1, p1, l2, p2] = [...a, ...b].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number, number];
  const h = Math.sin((p2 - p1) / 2) ** 2 + Math.cos(p1) * Math.cos(p2) * Math.sin((l2 - l1) / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.sqrt(Math.min(1, h)));
}

function between(...points: number[]): number {
  return greatCircleDistances(Float64Array.from(points))[1] as number;
}

/** The Hausdorff distance of two countries in km, straight from its definition. */
function hausdorff(from: string, to: string): number {
  const [start, stop] = segmentOf(world, from);
  const [left, right] = segmentOf(world, to);
  const rowMinima = Array.from({ length: stop - start }, (_, i) =>
    Math.min(...distances.subarray((start + i) * n + left, (start + i) * n + right)),
  );
  const columnMinima = Array.from({ length: right - left }, (_, j) =>
    Math.min(...Array.from({ length: stop - start }, (_, i) => distances[(start + i) * n + left + j] as number)),
  );
  return Math.max(...rowMinima, ...columnMinima);
}

function segmentOf({ names, segments }: World, name: string): readonly [number, number] {
  return segments[names.indexOf(name)] as readonly [number, number];
}

test("the atlas: 177 countries by different names, their rings open, and no country without a ring", () => {
  const countries = loadCountries();
  assert.is(countries.length, 177);
  assert.is(new Set(countries.map(({ name }) => name)).size, 177);
  assert.is(countries.flatMap(({ rings }) => rings.flat()).length, 10298);
  for (const { name, rings } of countries) {
    assert.ok(rings.length > 0, name);
    for (const ring of rings) {
      assert.ok(ring.length >= 3, name);
      for (const [k, point] of ring.entries()) assert.not.equal(point, ring.at(k - 1), name);
    }
  }
  assert.is(countryNamed("South Africa", countries).rings.length, 2, "Lesotho lies inside");
  assert.throws(
    () => countryNamed("Atlantis", countries),
    'countryNamed: the atlas has no "Atlantis"; its names are English, some shortened ("Eq. Guinea")',
  );
});

test("the sample: every 5th point, at least 3 a country, segments next to each other over all points", () => {
  assert.is(world.stride, 5);
  assert.is(n, 2028);
  assert.is(world.names.length, 177);
  let end = 0;
  for (const [start, stop] of world.segments) {
    assert.is(start, end);
    assert.ok(stop - start >= 3);
    end = stop;
  }
  assert.is(end, n);
  assert.is(describeSampling(world), "177 countries, 2,028 of the 10,298 points of their outlines: every 5th, at least 3 a country");
});

test("which points stay", () => {
  assert.equal(sampleIndices(17, 5), [4, 9, 14]);
  assert.equal(sampleIndices(14, 5), [0, 4, 9]);
  assert.equal(sampleIndices(6, 5), [0, 2, 4]);
  assert.equal(sampleIndices(3, 5), [0, 1, 2]);
  assert.equal(sampleIndices(2, 5), [0, 1]);
  assert.equal(sampleIndices(4, 1), [0, 1, 2, 3]);
  const outline = countryNamed("Brazil", loadCountries()).rings.flat();
  const [start] = segmentOf(world, "Brazil");
  assert.equal([...world.points.subarray(2 * start, 2 * start + 4)], [...(outline[4] ?? []), ...(outline[9] ?? [])]);
});

test("a part of the world keeps its points", () => {
  const part = worldOf(world, ["Spain", "Portugal"]);
  const [start, stop] = segmentOf(world, "Portugal");
  const [left, right] = segmentOf(part, "Portugal");
  assert.equal(part.names, ["Spain", "Portugal"]);
  assert.is(right, part.points.length / 2);
  assert.equal(part.points.subarray(2 * left, 2 * right), world.points.subarray(2 * start, 2 * stop));
  assert.throws(() => worldOf(world, ["Atlantis"]), 'worldOf: there is no country named "Atlantis"; take names from world.names');
});

test("distances known in closed form", () => {
  const quarter = (Math.PI / 2) * earthRadius;
  assert.is(between(12, 34, 12, 34), 0);
  assert.ok(Math.abs(between(0, 0, 0, 90) - quarter) < 1e-9, "equator to pole");
  assert.ok(Math.abs(between(0, 0, 90, 0) - quarter) < 1e-9);
  assert.ok(Math.abs(between(0, 0, 180, 0) - 2 * quarter) < 1e-9, "antipodes");
  assert.ok(Math.abs(between(0, 0, 180 - 1e-7, 0) - (2 - 1e-7 / 90) * quarter) < 1e-9, "near antipodes");
  assert.ok(between(180, -84.7, -180, -84.7) < 1e-9, "either side of 180°");
  const metre = (0.001 / earthRadius) * (180 / Math.PI);
  assert.ok(Math.abs(between(20, 40, 20, 40 + metre) / 0.001 - 1) < 1e-8, "one metre");
});

test("the distances are symmetric, 0 on the diagonal, and the haversine formula's", () => {
  const position = (k: number) => [...world.points.subarray(2 * k, 2 * k + 2)];
  for (let i = 0; i < n; i++) {
    assert.is(distances[i * n + i], 0);
    for (let j = 0; j < i; j++) if (distances[i * n + j] !== distances[j * n + i]) assert.unreachable(`${i}, ${j}`);
    const j = (i * 7919) % n;
    assert.ok(Math.abs((distances[i * n + j] as number) - haversine(position(i), position(j))) < 1e-6, `${i}, ${j}`);
  }
});

test("Hausdorff distances between countries, as computed apart from this code", () => {
  const expected: readonly (readonly [string, string, number])[] = [
    ["Portugal", "Spain", 677.0035849178123],
    ["France", "New Zealand", 19001.047080785353],
    ["N. Cyprus", "Cyprus", 87.25590991192992],
    ["Russia", "Falkland Is.", 19908.229359650613],
    ["Spain", "Spain", 0],
  ];
  for (const [from, to, km] of expected) assert.ok(Math.abs(hausdorff(from, to) - km) < 1e-8, `${from}, ${to}: ${hausdorff(from, to)}`);
});

test.run();
