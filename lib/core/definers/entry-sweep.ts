import {
  giveFloats,
  isRowMajor,
  type LoopOperand,
  packedData,
  rowMajor,
  type Strided,
  sameShape,
  sizeOf,
  takeZeros,
  viewOn,
} from "../../nd/index.js";
import { broadcastStride } from "../calls/entry-call.js";
import {
  type CotangentsOfArrays,
  type CotangentsOfNumbers,
  type CotangentTarget,
  type EntryApplication,
  isLent,
  type PlainCotangent,
  type SlottedNumber,
} from "../calls/ways-back.js";
import { type EntryCall, intoTarget } from "../entry-function.js";
import { type AnyArray, TracedScalar } from "../level.js";
import { storeOf } from "../traced/store.js";

type Floats = Float64Array | Float32Array;

/** The strides of a number that takes the sum over all axes. */
const stills: number[][] = [];

function still(rank: number): readonly number[] {
  let stride = stills[rank];
  if (stride === undefined) {
    stride = new Array<number>(rank).fill(0);
    stills[rank] = stride;
  }
  return stride;
}

/** What has to be done with a cotangent that a loop has put where its array cannot take it. */
type After = () => void;

/** One way back through an elementwise function, by its loops. */
class EntrySweep {
  private readonly record: EntryApplication;
  private readonly arrays: CotangentsOfArrays;
  private readonly slots: CotangentsOfNumbers;
  private readonly ybar: LoopOperand;
  private into = 0;
  private adds = 0;
  private targets: LoopOperand[] = [];
  /** The arrays that targets belong to, as they were given; undefined for numbers and sums that are kept aside. */
  private views: (AnyArray | undefined)[] = [];
  private afters: After[] | undefined = undefined;

  constructor(record: EntryApplication, arrays: CotangentsOfArrays, slots: CotangentsOfNumbers, ybar: LoopOperand) {
    this.record = record;
    this.arrays = arrays;
    this.slots = slots;
    this.ybar = ybar;
  }

  /** Adds the cotangent of operand k to what the next loop computes. */
  add(k: number): void {
    const { call, args } = this.record;
    const arg = args[k];
    const rank = call.shape.length;
    if (arg instanceof TracedScalar) {
      const total = new Float64Array(1);
      this.push(k, { data: total, stride: still(rank), offset: 0 }, true);
      this.later(() => this.slots.add((arg as SlottedNumber).slot, total[0] as number));
      return;
    }
    const view = arg as AnyArray;
    const store = storeOf(view) as CotangentTarget;
    const spread = ((call.spread >> k) & 1) === 1;
    if (store.slots !== undefined || (spread && store.dtype === "float32")) {
      // A sum that broadcasting makes is added up in double precision.
      const xbar = rowMajor(takeZeros(spread ? "float64" : store.dtype, sizeOf(view.shape)), view.shape);
      const stride = spread ? broadcastStride(view.shape, xbar.stride, call.shape) : xbar.stride;
      this.push(k, { data: xbar.data, stride, offset: 0 }, true);
      this.later(() => {
        if (store.slots !== undefined) this.slots.addGathered(view, store.slots, xbar);
        else this.arrays.add(view, store, xbar);
      });
      return;
    }
    if (this.targets.length > 0) {
      const same = spread ? -1 : this.views.findIndex((other) => other !== undefined && isSame(other, view));
      if (same >= 0 && ((this.adds >> same) & 1) === 0) {
        this.into = intoTarget(this.into, k, same);
        return;
      }
      // Others of one array need a loop each: the first would overwrite what the second has added. Those that add, entry by entry, do not.
      if (same < 0 && this.views.some((other) => other?.data === store)) this.runEarly();
    }
    const first = !spread && this.arrays.isFirst(view, store);
    const data = first ? this.arrays.claim(store) : this.arrays.own(store);
    const stride = spread ? broadcastStride(view.shape, view.stride, call.shape) : view.stride;
    this.push(k, { data, stride, offset: view.offset }, !first, view);
  }

  private later(after: After): void {
    if (this.afters === undefined) this.afters = [after];
    else this.afters.push(after);
  }

  private push(k: number, target: LoopOperand, adds: boolean, view?: AnyArray): void {
    const number = this.targets.length;
    if (adds) this.adds |= 1 << number;
    this.targets.push(target);
    this.views.push(view);
    this.into = intoTarget(this.into, k, number);
  }

  /** Runs the loop over what was added so far. */
  private run(): void {
    if (this.targets.length === 0) return;
    const { call, output } = this.record;
    const y = (storeOf(output) as CotangentTarget).raw as Floats;
    call.loops.pullback(call, y, this.ybar, this.targets, this.into, this.adds);
  }

  private runEarly(): void {
    this.run();
    this.into = 0;
    this.adds = 0;
    this.targets = [];
    this.views = [];
  }

  finish(): void {
    this.run();
    if (this.afters !== undefined) for (const after of this.afters) after();
  }
}

/** Whether two views of the result's shape are entry by entry the same. */
function isSame(a: AnyArray, b: AnyArray): boolean {
  return a === b || (a.data === b.data && a.offset === b.offset && sameShape(a.shape, b.shape) && sameShape(a.stride, b.stride));
}

/** Goes back through an elementwise function by its loops; false where a traced cotangent must take the general way. */
export function sweepEntries(record: EntryApplication, arrays: CotangentsOfArrays, slots: CotangentsOfNumbers): boolean {
  const { call, args, moving } = record;
  const output = storeOf(record.output) as CotangentTarget;
  if (!arrays.isPlain(output.node)) return false;
  for (let k = 0; k < call.loops.count; k++) {
    if (((moving >> k) & 1) === 0 || args[k] instanceof TracedScalar) continue;
    const store = storeOf(args[k] as AnyArray) as CotangentTarget;
    if (store.slots === undefined && !arrays.isPlain(store.node)) return false;
  }
  const bar = arrays.takePlain(output.node);
  if (bar === undefined || bar === 0) return true;
  const ybar = asOperand(bar, call);
  record.check(ybar);
  const sweep = new EntrySweep(record, arrays, slots, ybar);
  const passed: number[] = [];
  const factors: number[] = [];
  for (let k = 0; k < call.loops.count; k++) {
    if (((moving >> k) & 1) === 0) continue;
    const partial = call.loops.constant(k, call);
    if (partial === 0) continue;
    const passes = partial !== undefined && takesOver(record, bar, k, partial);
    const twin = passes ? twinOf(record, k) : -1;
    const before = twin < 0 ? -1 : passed.indexOf(twin);
    // An array that comes twice gets both in one loop, or one number for both.
    if (!passes || (twin >= 0 && typeof bar !== "number")) {
      if (bar !== 1 || !borrows(record, arrays, k)) sweep.add(k);
    } else if (before >= 0) factors[before] = (factors[before] as number) + partial;
    else {
      passed.push(k);
      factors.push(partial);
    }
  }
  sweep.finish();
  let lent = false;
  for (let n = 0; n < passed.length; n++) {
    const k = passed[n] as number;
    const view = args[k] as AnyArray;
    const store = storeOf(view) as CotangentTarget;
    if (typeof bar === "number") arrays.addNumber(view, store, (factors[n] as number) * bar);
    else if (arrays.isFirst(view, store)) {
      // The last one gets the memory itself, where no other has borrowed it.
      if (isLent(bar) || (!lent && n === passed.length - 1)) arrays.give(store, bar);
      else arrays.lend(store, viewOn(bar, call.shape, call.stride, 0));
      lent = true;
    } else {
      const { data, stride, offset } = ybar as Strided;
      arrays.add(view, store, viewOn(data, call.shape, stride, offset) as AnyArray);
    }
  }
  if (!lent && ArrayBuffer.isView(bar)) giveFloats(bar);
  return true;
}

/**
 * Where ȳ is 1 everywhere and the partial of operand k is another operand or the result, its memory is the cotangent: nothing is computed.
 * False where it must be.
 */
function borrows({ call, args, moving, output }: EntryApplication, arrays: CotangentsOfArrays, k: number): boolean {
  const variable = call.loops.variable(k);
  const view = args[k] as AnyArray | TracedScalar;
  if (variable === undefined || view instanceof TracedScalar || (call.spread >> k) & 1) return false;
  const target = storeOf(view) as CotangentTarget;
  const others = args.some((arg, j) => j !== k && (moving >> j) & 1 && (arg as AnyArray).data === target);
  if (target.slots !== undefined || others || !arrays.isFirst(view, target)) return false;
  const from = (variable === 0 ? output : args[variable - 1]) as AnyArray;
  const store = storeOf(from);
  const { data, stride, offset } =
    variable === 0 ? { data: store?.raw as Floats, stride: call.stride, offset: 0 } : (call.operands[variable - 1] as Strided);
  // To copy what is repeated along the last axis costs more than a loop.
  if (stride[stride.length - 1] === 0) return false;
  if (!(data instanceof (target.dtype === "float64" ? Float64Array : Float32Array))) return false;
  // Whoever gets the cotangent may keep it.
  if (store !== undefined && store.primal !== data) return false;
  arrays.lend(target, viewOn(data, call.shape, stride, offset));
  return true;
}

/** The first other operand that moves and is entry by entry the same array; −1 where there is none. */
function twinOf({ call, args, moving }: EntryApplication, k: number): number {
  for (let j = 0; j < call.loops.count; j++) {
    if (j !== k && (moving >> j) & 1 && !(args[j] instanceof TracedScalar) && isSame(args[j] as AnyArray, args[k] as AnyArray)) return j;
  }
  return -1;
}

/** ȳ as loops read it. */
function asOperand(bar: Exclude<PlainCotangent, undefined>, { shape, stride }: EntryCall): LoopOperand {
  if (typeof bar === "number") return bar;
  if (!isLent(bar)) return { data: bar, stride, offset: 0 };
  const { array } = bar;
  if (sameShape(array.shape, shape)) return array;
  return isRowMajor(array.shape, array.stride)
    ? { data: array.data, stride, offset: array.offset }
    : { data: packedData(array), stride, offset: 0 };
}

/** Whether operand k takes ȳ over without a loop: an array of the result's shape, whose partial is 1, or any number where ȳ is one too. */
function takesOver({ call, args }: EntryApplication, bar: PlainCotangent, k: number, partial: number): boolean {
  const view = args[k];
  if (view instanceof TracedScalar || (call.spread >> k) & 1) return false;
  const { slots, dtype } = storeOf(view as AnyArray) as CotangentTarget;
  return slots === undefined && dtype === call.dtype && (typeof bar === "number" || partial === 1);
}
