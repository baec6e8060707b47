import type { CotangentTarget, SummedViews, WalkBack } from "../calls/ways-back.js";
import type { AnyArray, Scalar } from "../level.js";
import { broadcastTo } from "../tangents/broadcasting.js";
import { onMemory, storeOf } from "../traced/store.js";

/** The numbers kept of one view: its array, how many axes it has, two extents, two strides, the offset. */
const ROW = 7;

/** Where a matrix lies in its array; used again for the next one. */
interface MatrixLayout {
  readonly shape: [rows: number, columns: number];
  readonly stride: [down: number, right: number];
  offset: number;
}

/**
 * The views whose entries were summed up. Views of at most two axes are kept as numbers: as objects they would outlive the young
 * generation, and moving them there costs more than the sums.
 */
export class Totals implements SummedViews {
  private geometry: Int32Array = new Int32Array(64 * ROW);
  private readonly views: AnyArray[] = [];
  private size = 0;
  /** Of the matrix whose sum is being gone back through. */
  private readonly layout: MatrixLayout = { shape: [0, 0], stride: [0, 0], offset: 0 };

  push(x: AnyArray, node: number): number {
    const at = this.size * ROW;
    if (at === this.geometry.length) {
      const grown = new Int32Array(2 * at);
      grown.set(this.geometry);
      this.geometry = grown;
    }
    const { geometry } = this;
    const { shape, stride } = x;
    geometry[at] = node;
    geometry[at + 1] = shape.length;
    if (shape.length > 2 || node < 0) {
      geometry[at] = -1 - this.views.length;
      this.views.push(x);
    } else {
      geometry[at + 2] = shape[0] ?? 1;
      geometry[at + 3] = shape[1] ?? 1;
      geometry[at + 4] = stride[0] ?? 0;
      geometry[at + 5] = stride[1] ?? 0;
      geometry[at + 6] = x.offset;
    }
    return this.size++;
  }

  goBack(number: number, ybar: Scalar, walk: WalkBack, targets: readonly CotangentTarget[]): void {
    const { arrays } = walk;
    const node = typeof ybar === "number" ? this.matrixAt(number, this.layout) : -1;
    if (node >= 0 && arrays.isPlain(node)) {
      arrays.addNumber(this.layout, targets[node] as CotangentTarget, ybar as number);
      return;
    }
    const view = this.at(number, targets);
    const store = storeOf(view) as CotangentTarget;
    if (typeof ybar === "number" && store.slots === undefined && arrays.isPlain(store.node)) arrays.addNumber(view, store, ybar);
    else if (!arrays.addShared(view, view.shape, store, ybar)) walk.receive(view, broadcastTo(ybar, view.shape));
  }

  /** The view of that number. */
  private at(number: number, arrays: readonly CotangentTarget[]): AnyArray {
    const { geometry } = this;
    const at = number * ROW;
    const node = geometry[at] as number;
    if (node < 0) return this.views[-1 - node] as AnyArray;
    const rank = geometry[at + 1] as number;
    const shape = [geometry[at + 2] as number, geometry[at + 3] as number].slice(0, rank);
    const stride = [geometry[at + 4] as number, geometry[at + 5] as number].slice(0, rank);
    return onMemory(arrays[node] as CotangentTarget, shape, stride, geometry[at + 6] as number);
  }

  /** The number of the array that a matrix lies in, which `layout` then describes; −1 for other views. */
  private matrixAt(number: number, layout: MatrixLayout): number {
    const { geometry } = this;
    const at = number * ROW;
    if (geometry[at + 1] !== 2) return -1;
    layout.shape[0] = geometry[at + 2] as number;
    layout.shape[1] = geometry[at + 3] as number;
    layout.stride[0] = geometry[at + 4] as number;
    layout.stride[1] = geometry[at + 5] as number;
    layout.offset = geometry[at + 6] as number;
    return geometry[at] as number;
  }

  clear(): void {
    this.size = 0;
    if (this.views.length > 0) this.views.length = 0;
  }
}
