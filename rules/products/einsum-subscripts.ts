import { formatShape, shown } from "../../lib/nd/index.js";
import type { AxisLabels } from "../../lib/nd/products/contraction.js";

/** The axes of the operands and of the result of an `einsum`, by name. */
export interface Subscripts {
  readonly operands: readonly AxisLabels[];
  readonly result: AxisLabels;
  /** The extent along the axes of each name. */
  readonly extents: ReadonlyMap<number, number>;
}

const ellipsis = "...";

/** Letters are named by their code; axes under an ellipsis by their place, −1 being the last one. */
function axesUnder(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k - count);
}

function lettersOf(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function refuse(spec: string, why: string): never {
  throw new RangeError(`einsum: the subscripts "${spec}": ${why}`);
}

/** A list of letters, with the letters before and after an ellipsis told apart. */
function partsOf(spec: string, list: string): { before: number[]; after: number[] | undefined } {
  const [before = "", after, ...more] = list.split(ellipsis);
  if (more.length > 0 || !/^[A-Za-z]*$/.test(before + (after ?? "")))
    return refuse(spec, `"${list}" is no list of axes; give a letter for each axis, and "..." once at most for those that broadcast`);
  return { before: lettersOf(before), after: after === undefined ? undefined : lettersOf(after) };
}

/** The names of one operand's axes. */
function operandLabels(spec: string, list: string, k: number, shape: readonly number[]): number[] {
  const { before, after } = partsOf(spec, list);
  const open = shape.length - before.length - (after?.length ?? 0);
  if (after === undefined ? open !== 0 : open < 0) {
    refuse(spec, `"${list}" does not name the axes of operand ${k + 1}, of shape ${formatShape(shape)}; give a letter for each axis`);
  }
  return [...before, ...axesUnder(open), ...(after ?? [])];
}

/** Each name's extent; an extent of 1 broadcasts. */
function extentsOf(spec: string, operands: readonly AxisLabels[], shapes: readonly (readonly number[])[]): Map<number, number> {
  const extents = new Map<number, number>();
  operands.forEach((labels, k) => {
    const shape = shapes[k] as readonly number[];
    labels.forEach((label, axis) => {
      const extent = shape[axis] as number;
      const known = extents.get(label) ?? 1;
      const own = shape[labels.indexOf(label)] as number;
      const name = label < 0 ? ellipsis : String.fromCharCode(label);
      if (own !== extent)
        refuse(spec, `operand ${k + 1} has ${own} and ${extent} entries along its axes "${name}"; a diagonal needs axes of one length`);
      if (known !== 1 && extent !== 1 && known !== extent) {
        refuse(
          spec,
          `operand ${k + 1} has ${extent} entries along axis "${name}", one before has ${known}; make them equal, or one of them 1`,
        );
      }
      if (extent !== 1 || !extents.has(label)) extents.set(label, extent);
    });
  });
  return extents;
}

/** The names of the result's axes where they are written. */
function resultLabels(spec: string, list: string, broadcast: number, known: ReadonlyMap<number, number>): number[] {
  const { before, after } = partsOf(spec, list);
  const letters = [...before, ...(after ?? [])];
  letters.forEach((label, k) => {
    const name = String.fromCharCode(label);
    if (!known.has(label)) refuse(spec, `no operand has the axis "${name}" of the result; name axes of the operands`);
    if (letters.indexOf(label) !== k) refuse(spec, `the result has the axis "${name}" twice; name each axis once`);
  });
  if (after === undefined && broadcast > 0) refuse(spec, `the result has no place for the axes that broadcast; write "..." there too`);
  return [...before, ...axesUnder(broadcast), ...(after ?? [])];
}

/**
 * What subscripts say of operands of these shapes.
 * @throws {TypeError} when they are not a string
 * @throws {RangeError} when they cannot be read, or do not fit the shapes
 */
export function subscriptsOf(spec: string, shapes: readonly (readonly number[])[]): Subscripts {
  if (typeof spec !== "string") throw new TypeError(`einsum: the subscripts are ${shown(spec)}; give a string such as "ij,jk->ik"`);
  const [lists = "", result, ...more] = spec.replaceAll(" ", "").split("->");
  if (more.length > 0) refuse(spec, `there is more than one "->"; write the operands' axes, "->", and the result's`);
  const terms = lists.split(",");
  if (terms.length !== shapes.length) refuse(spec, `they are for ${terms.length} operands, ${shapes.length} came; make them equal`);
  const operands = terms.map((list, k) => operandLabels(spec, list, k, shapes[k] as readonly number[]));
  const extents = extentsOf(spec, operands, shapes);
  const broadcast = Math.max(0, ...operands.map((labels) => labels.filter((label) => label < 0).length));
  if (result !== undefined) return { operands, result: resultLabels(spec, result, broadcast, extents), extents };
  const all = operands.flat();
  const once = [...extents.keys()].filter((label) => label >= 0 && all.indexOf(label) === all.lastIndexOf(label));
  return { operands, result: [...axesUnder(broadcast), ...once.sort((p, q) => p - q)], extents };
}
