import { innerProduct } from "../../lib/core/index.js";
import {
  type AnyArray,
  gradient,
  hausdorffDistance,
  type NdArray,
  pool,
  pullback,
  pushforward,
  sum,
  toNested,
  traced,
  withGradient,
} from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import { randTangent, seededRandom } from "../../lib/testing/index.js";
import { greatCircleDistances } from "./great-circle.js";
import { type LabRow, measure } from "./measure.js";
import { shortestOf, timesInTurn } from "./rounds.js";
import { describeSampling, loadWorld, type World, worldOf } from "./world.js";

/** Two countries, the Hausdorff distance between their outlines in km, and the two points that decide it. */
export interface CountryPair {
  readonly names: readonly [string, string];
  readonly distance: number;
  readonly points: readonly [Position, Position];
}

/** Degrees. */
export interface Position {
  readonly longitude: number;
  readonly latitude: number;
}

/** What was found about the countries of the world. */
export interface CountryReport {
  readonly sampling: string;
  readonly matrixMegabytes: number;
  /** Time of all distances between countries and their gradient, by the rule, in milliseconds. */
  readonly gradientTime: number;
  /** The adjoint identity on the whole matrix, relative. */
  readonly adjoint: number;
  readonly nearest: readonly CountryPair[];
  readonly farthest: readonly CountryPair[];
  /** The countries of the part on which the rule is held against the traced function and finite differences. */
  readonly subset: readonly string[];
  readonly row: LabRow;
  readonly agrees: boolean;
}

const subsetNames = ["Portugal", "Spain", "France", "Belgium", "Germany", "Italy", "Austria", "New Zealand"];
const listed = 5;

/** Pools the distances between outline points to distances between countries, and asks the gradient which points decide them. */
export function countryDistances(seed: number): CountryReport {
  const world = loadWorld();
  const matrix = distanceMatrix(world);
  const segments = world.segments;
  const f = (x: never): NdArray => pool(x, segments, segments, hausdorffDistance) as NdArray;
  const distances = f(matrix as never);
  const pairs = rankedPairs(distances);
  const deciding = decidingPoints(world, matrix, distances);

  const part = worldOf(world, subsetNames);
  const small = distanceMatrix(part);
  const others = part.segments;
  const row = measure(
    {
      name: `${subsetNames.length} countries`,
      // The diagonal blocks are all ties, where finite differences say nothing: each country is compared with the next ones only.
      args: [small],
      rule: (x: never) => pool(x, others.slice(0, 4), others.slice(4), hausdorffDistance),
      traced: (x: never) => traced(pool)(x, others.slice(0, 4), others.slice(4), traced(hausdorffDistance)),
    },
    { seed, step: 1e-4 },
  );
  const adjoint = adjointIdentity(f, matrix, seed);
  return {
    sampling: describeSampling(world),
    matrixMegabytes: (matrix.size * 8) / 1e6,
    gradientTime: shortestOf(timesInTurn([() => withGradient((x) => sum(f(x as never)), matrix)])[0] ?? []),
    adjoint,
    nearest: pairs.slice(0, listed).map(deciding),
    farthest: pairs.slice(-listed).reverse().map(deciding),
    subset: subsetNames,
    row,
    agrees: row.agrees && adjoint <= 1e-12,
  };
}

function distanceMatrix(world: World): NdArray {
  const count = world.points.length / 2;
  return rowMajor(greatCircleDistances(world.points), [count, count]);
}

/** Pairs of different countries from the nearest to the farthest, as [a, b] with a < b. */
function rankedPairs(distances: NdArray): [number, number][] {
  const pairs: [number, number][] = [];
  for (let a = 0; a < (distances.shape[0] as number); a++) for (let b = 0; b < a; b++) pairs.push([b, a]);
  return pairs.sort((p, q) => distances.get(...p) - distances.get(...q));
}

/** The gradient of one distance is 1 at one entry of the matrix: the two points that decide it. */
function decidingPoints(world: World, matrix: NdArray, distances: NdArray): (pair: readonly [number, number]) => CountryPair {
  return ([a, b]) => {
    const rows = world.segments[a] as readonly [number, number];
    const cols = world.segments[b] as readonly [number, number];
    const block = matrix.lo(rows[0], cols[0]).hi(rows[1] - rows[0], cols[1] - cols[0]);
    const [byBlock] = gradient((x) => hausdorffDistance(x), block);
    const found = (toNested(byBlock as NdArray) as number[][]).flatMap((line, i) =>
      line.flatMap((g, j) => (g === 0 ? [] : [[i, j] as const])),
    );
    const [i, j] = found[0] as readonly [number, number];
    return {
      names: [world.names[a] as string, world.names[b] as string],
      distance: distances.get(a, b),
      points: [positionOf(world, rows[0] + i), positionOf(world, cols[0] + j)],
    };
  };
}

function positionOf(world: World, point: number): Position {
  return { longitude: world.points[2 * point] as number, latitude: world.points[2 * point + 1] as number };
}

/** |⟨ȳ, J ẋ⟩ − ⟨Jᵀ ȳ, ẋ⟩| on the whole matrix, relative to the first. */
function adjointIdentity(f: (x: never) => NdArray, matrix: NdArray, seed: number): number {
  const random = seededRandom(seed);
  const dx = randTangent(matrix, random);
  const [y, dy] = pushforward(f as (x: AnyArray) => AnyArray, [matrix], [dx]);
  const ybar = randTangent(y, random);
  const [, back] = pullback(f as (x: AnyArray) => AnyArray, matrix);
  const forward = innerProduct(ybar, dy) as number;
  const reverse = innerProduct(back(ybar)[0], dx) as number;
  return Math.abs(forward - reverse) / Math.max(Math.abs(forward), Math.abs(reverse));
}
