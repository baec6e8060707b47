import { type AnyArray, optionsFor } from "../../lib/core/index.js";
import { expectSize, formatShape, type NdArray, normalizeAxes, normalizeAxis, numbersFor, sameStore, shown } from "../../lib/nd/index.js";
import type { Axes } from "../support/reduce-options.js";
import { viewRule } from "../support/view-rule.js";

/** A function of an array that leaves its entries and changes their places: traced arrays give traced ones. */
export interface Rearrangement<S extends readonly unknown[]> {
  (x: NdArray, ...rest: S): NdArray;
  (x: AnyArray, ...rest: S): AnyArray;
}

/** The view with axes in this order. */
function inOrder(x: NdArray, order: readonly number[]): NdArray {
  return sameStore(
    x,
    order.map((axis) => x.shape[axis] as number),
    order.map((axis) => x.stride[axis] as number),
    x.offset,
  );
}

/** One axis or several, counted from the front, in the order in which they were named. */
function named(who: string, axes: Axes, rank: number): number[] {
  const list = numbersFor(who, "axis", axes).map((axis) => normalizeAxis(who, axis, rank));
  normalizeAxes(who, list, rank); // refuses an axis that is named twice
  return list;
}

/** The view that `transpose` copies. */
function transposeView(x: NdArray, axes?: readonly number[]): NdArray {
  if (axes === undefined) return sameStore(x, x.shape.toReversed(), x.stride.toReversed(), x.offset);
  const order = numbersFor("transpose", "axes", axes);
  if (order.length !== x.dimension) {
    throw new RangeError(
      `transpose: axes = ${formatShape(order)} for an array of shape ${formatShape(x.shape)}; name each of its axes once`,
    );
  }
  return inOrder(x, named("transpose", order, x.dimension));
}

/**
 * x with its axes in the order `axes`; reversed when it is absent.
 *   ẏ = transpose(ẋ, axes)       x̄ = ȳ with its axes put back
 * @throws {RangeError} when `axes` does not name each axis once
 */
export const transpose: Rearrangement<[axes?: readonly number[]]> = viewRule("transpose", transposeView);

/** The view that `moveaxis` copies. */
function moveaxisView(x: NdArray, source: Axes, destination: Axes): NdArray {
  const rank = x.dimension;
  const from = named("moveaxis", source, rank);
  const to = named("moveaxis", destination, rank);
  if (from.length !== to.length) {
    throw new RangeError(`moveaxis: source names ${from.length} axes, destination ${to.length}; name as many`);
  }
  const all = x.shape.map((_, k) => k);
  const rest = all.filter((axis) => !from.includes(axis));
  return inOrder(
    x,
    all.map((k) => (to.includes(k) ? (from[to.indexOf(k)] as number) : (rest.shift() as number))),
  );
}

/**
 * x with some axes moved to other places; those not named keep their order.
 *   ẏ = moveaxis(ẋ, source, destination)     x̄ = moveaxis(ȳ, destination, source)
 * @throws {RangeError} when an axis does not exist or is named twice, or the two differ in number
 */
export const moveaxis: Rearrangement<[source: Axes, destination: Axes]> = viewRule("moveaxis", moveaxisView);

/** The view that `swapaxes` copies. */
function swapaxesView(x: NdArray, a: number, b: number): NdArray {
  const order = x.shape.map((_, k) => k);
  const first = normalizeAxis("swapaxes", a, x.dimension);
  const second = normalizeAxis("swapaxes", b, x.dimension);
  order[first] = second;
  order[second] = first;
  return inOrder(x, order);
}

/**
 * x with two axes exchanged.
 *   ẏ = swapaxes(ẋ, a, b)        x̄ = swapaxes(ȳ, a, b)
 * @throws {RangeError} when an axis does not exist
 */
export const swapaxes: Rearrangement<[a: number, b: number]> = viewRule("swapaxes", swapaxesView);

/** Which axes of extent 1 to leave out. */
export interface SqueezeOptions {
  /** These; all of extent 1 when absent. */
  readonly axis?: Axes | undefined;
}

/** The view that `squeeze` copies. */
function squeezeView(x: NdArray, options?: SqueezeOptions): NdArray {
  const { axis: which } = optionsFor("squeeze", options, "axis");
  const all = x.shape.map((_, k) => k);
  const axes = which === undefined ? all.filter((k) => x.shape[k] === 1) : normalizeAxes("squeeze", which, x.dimension);
  for (const axis of axes) {
    if (x.shape[axis] !== 1) {
      throw new RangeError(
        `squeeze: axis ${axis} of an array of shape ${formatShape(x.shape)} has ${x.shape[axis]} entries; name axes of extent 1`,
      );
    }
  }
  return inOrder(
    x,
    all.filter((k) => !axes.includes(k)),
  );
}

/**
 * x without axes of extent 1.
 *   ẏ = squeeze(ẋ)               x̄ = ȳ with those axes put back
 * @throws {RangeError} when a named axis has another extent, does not exist or is named twice
 */
export const squeeze: Rearrangement<[options?: SqueezeOptions]> = viewRule("squeeze", squeezeView);

/** The view that `expandDims` copies. */
function expandDimsView(x: NdArray, axis: Axes): NdArray {
  const places = numbersFor("expandDims", "axis", axis);
  expectSize("expandDims", [...x.shape, ...places.map(() => 1)]);
  const added = normalizeAxes("expandDims", places, x.dimension + places.length);
  const shape = [...x.shape];
  const stride = [...x.stride];
  for (const place of added) {
    shape.splice(place, 0, 1);
    stride.splice(place, 0, 0);
  }
  return sameStore(x, shape, stride, x.offset);
}

/**
 * x with new axes of extent 1 at these places of the result.
 *   ẏ = expandDims(ẋ, axis)      x̄ = ȳ without those axes
 * @throws {RangeError} when a place does not exist in the result or is named twice
 */
export const expandDims: Rearrangement<[axis: Axes]> = viewRule("expandDims", expandDimsView);

/** Along which axes to reverse. */
export interface FlipOptions {
  /** These; all when absent. */
  readonly axis?: Axes | undefined;
}

/** The view reversed along axes. */
function reversed(x: NdArray, axes: readonly number[]): NdArray {
  const stride = x.stride.map((step, k) => (axes.includes(k) ? -step : step));
  const last = axes.reduce((at, k) => at + (x.stride[k] as number) * Math.max(0, (x.shape[k] as number) - 1), x.offset);
  return sameStore(x, x.shape, stride, last);
}

/** The view that `flip` copies. */
function flipView(x: NdArray, options?: FlipOptions): NdArray {
  return reversed(x, normalizeAxes("flip", optionsFor("flip", options, "axis").axis, x.dimension));
}

/**
 * x reversed along axes.
 *   ẏ = flip(ẋ)                  x̄ = flip(ȳ)
 * @throws {RangeError} when an axis does not exist or is named twice
 */
export const flip: Rearrangement<[options?: FlipOptions]> = viewRule("flip", flipView);

/** How often to turn. */
export interface Rot90Options {
  /** Quarter turns, counterclockwise; negative ones turn clockwise. 1 when absent. */
  readonly k?: number | undefined;
}

/** The view that `rot90` copies. */
function rot90View(x: NdArray, options?: Rot90Options): NdArray {
  const { k = 1 } = optionsFor("rot90", options, "k");
  if (x.dimension < 2)
    throw new RangeError(`rot90: an array of shape ${formatShape(x.shape)} has no plane; give one with two axes or more`);
  if (!Number.isInteger(k)) throw new RangeError(`rot90: k = ${shown(k)} is not a number of quarter turns; give an integer`);
  const turns = ((k % 4) + 4) % 4;
  if (turns === 0) return x;
  if (turns === 2) return reversed(x, [0, 1]);
  return reversed(swapaxesView(x, 0, 1), [turns === 1 ? 0 : 1]);
}

/**
 * x turned by quarter turns in the plane of its first two axes, from the first towards the second.
 *   ẏ = rot90(ẋ, { k })          x̄ = rot90(ȳ, { k: −k })
 * @throws {RangeError} when x has fewer than two axes, or k is not an integer
 */
export const rot90: Rearrangement<[options?: Rot90Options]> = viewRule("rot90", rot90View);
