/** A number on the tape, with its parents and the partials by them. */
export class TapeNumber {
  // Declared only: a field that is defined before it is set makes the object three times as dear.
  declare bar: number;
  /** Whether a cotangent has come; what nothing depends on does no backward work. */
  declare reached: boolean;
  declare readonly value: number;
  declare readonly first: TapeNumber | undefined;
  declare readonly firstPartial: number;
  declare readonly second: TapeNumber | undefined;
  declare readonly secondPartial: number;

  constructor(value: number, first?: TapeNumber, firstPartial = 0, second?: TapeNumber, secondPartial = 0) {
    this.bar = 0;
    this.reached = false;
    this.value = value;
    this.first = first;
    this.firstPartial = firstPartial;
    this.second = second;
    this.secondPartial = secondPartial;
  }

  receive(cotangent: number): void {
    this.bar += cotangent;
    this.reached = true;
  }

  /** Hands the cotangent on. */
  sweep(): void {
    if (!this.reached) return;
    this.first?.receive(this.bar * this.firstPartial);
    this.second?.receive(this.bar * this.secondPartial);
  }
}

/** An array on the tape; row-major. */
export class TapeArray {
  declare bar: Float64Array | undefined;
  declare readonly values: Float64Array;
  declare readonly shape: readonly number[];

  constructor(values: Float64Array, shape: readonly number[]) {
    this.bar = undefined;
    this.values = values;
    this.shape = shape;
  }

  /** Takes over a full-size cotangent: the first as it is, later ones are added to it in place. */
  receive(cotangent: Float64Array): void {
    const { bar } = this;
    if (bar === undefined) {
      this.bar = cotangent;
      return;
    }
    for (let k = 0; k < bar.length; k++) (bar[k] as number) += cotangent[k] as number;
  }
}

/** x[i, j], the way Zygote differentiates it: the cotangent of x is an array of zeros with one entry set. */
class ReadNumber extends TapeNumber {
  declare readonly from: TapeArray;
  declare readonly position: number;

  constructor(from: TapeArray, position: number) {
    super(from.values[position] as number);
    this.from = from;
    this.position = position;
  }

  override sweep(): void {
    if (!this.reached) return;
    const cotangent = new Float64Array(this.from.values.length);
    cotangent[this.position] = this.bar;
    this.from.receive(cotangent);
  }
}

/** A block of a matrix, copied; its cotangent is padded with zeros to the matrix. */
class SliceArray extends TapeArray {
  declare readonly from: TapeArray;
  declare readonly start: number;

  constructor(from: TapeArray, start: number, values: Float64Array, shape: readonly [number, number]) {
    super(values, shape);
    this.from = from;
    this.start = start;
  }

  sweep(): void {
    const { bar, from, start } = this;
    if (bar === undefined) return;
    const cotangent = new Float64Array(from.values.length);
    const [rows, cols] = this.shape as [number, number];
    const width = from.shape[1] as number;
    for (let i = 0, n = 0; i < rows; i++) {
      for (let j = 0, at = start + i * width; j < cols; j++) cotangent[at++] = bar[n++] as number;
    }
    from.receive(cotangent);
  }
}

/** Σ x. */
class TotalNumber extends TapeNumber {
  declare readonly of: TapeArray;

  constructor(of: TapeArray) {
    let total = 0;
    for (let k = 0; k < of.values.length; k++) total += of.values[k] as number;
    super(total);
    this.of = of;
  }

  override sweep(): void {
    if (this.reached) this.of.receive(new Float64Array(this.of.values.length).fill(this.bar));
  }
}

/** An array made of numbers. */
class StackedArray extends TapeArray {
  declare readonly entries: readonly TapeNumber[];

  constructor(entries: readonly TapeNumber[], shape: readonly number[]) {
    super(
      Float64Array.from(entries, ({ value }) => value),
      shape,
    );
    this.entries = entries;
  }

  sweep(): void {
    const { bar, entries } = this;
    if (bar === undefined) return;
    for (let k = 0; k < entries.length; k++) (entries[k] as TapeNumber).receive(bar[k] as number);
  }
}

/**
 * The contrast: a plain reverse tape that reads arrays the way Zygote does. An element is read by a function whose pullback makes an array
 * of zeros of full size with one entry set; a block is a copy whose pullback pads its cotangent to full size; the pullback runs when the
 * element takes part in the result, with a cotangent of 0 too. All else is as direct as it can be: scalars are small objects without
 * closures, the sweep is a loop, and full-size cotangents are added in place (Zygote makes another array for each sum).
 */
export class ArrayTape {
  private readonly nodes: { sweep(): void }[] = [];

  /** An input, or a constant. */
  number(value: number): TapeNumber {
    return new TapeNumber(value);
  }

  /** An input; row-major. */
  array(values: Float64Array, shape: readonly number[]): TapeArray {
    return new TapeArray(values, shape);
  }

  add(a: TapeNumber, b: TapeNumber): TapeNumber {
    return this.keep(new TapeNumber(a.value + b.value, a, 1, b, 1));
  }

  sub(a: TapeNumber, b: TapeNumber): TapeNumber {
    return this.keep(new TapeNumber(a.value - b.value, a, 1, b, -1));
  }

  mul(a: TapeNumber, b: TapeNumber): TapeNumber {
    return this.keep(new TapeNumber(a.value * b.value, a, b.value, b, a.value));
  }

  div(a: TapeNumber, b: TapeNumber): TapeNumber {
    const value = a.value / b.value;
    return this.keep(new TapeNumber(value, a, 1 / b.value, b, -value / b.value));
  }

  /** The larger one, the first of equals; the other one gets a cotangent of 0, as by ChainRules' rule. */
  max(a: TapeNumber, b: TapeNumber): TapeNumber {
    return a.value >= b.value ? this.keep(new TapeNumber(a.value, a, 1, b, 0)) : this.keep(new TapeNumber(b.value, a, 0, b, 1));
  }

  /** The smaller one, likewise. */
  min(a: TapeNumber, b: TapeNumber): TapeNumber {
    return a.value <= b.value ? this.keep(new TapeNumber(a.value, a, 1, b, 0)) : this.keep(new TapeNumber(b.value, a, 0, b, 1));
  }

  /** By a known slope: the rule of a function of one number. */
  apply(value: number, x: TapeNumber, slope: number): TapeNumber {
    return this.keep(new TapeNumber(value, x, slope));
  }

  /** The entry of an array at a row-major position. */
  at(x: TapeArray, position: number): TapeNumber {
    return this.keep(new ReadNumber(x, position));
  }

  /** x[i, j] of a matrix. */
  get(x: TapeArray, i: number, j: number): TapeNumber {
    return this.at(x, i * (x.shape[1] as number) + j);
  }

  /** The block of a matrix from row `top` to before `bottom`, from column `left` to before `right`. */
  slice(x: TapeArray, top: number, bottom: number, left: number, right: number): TapeArray {
    const width = x.shape[1] as number;
    const shape = [bottom - top, right - left] as const;
    const values = new Float64Array(shape[0] * shape[1]);
    for (let i = top, n = 0; i < bottom; i++) {
      for (let j = left; j < right; j++) values[n++] = x.values[i * width + j] as number;
    }
    return this.keep(new SliceArray(x, top * width + left, values, shape));
  }

  /** Σ x. */
  sum(x: TapeArray): TapeNumber {
    return this.keep(new TotalNumber(x));
  }

  /** The array of these numbers, in row-major order. */
  stack(entries: readonly TapeNumber[], shape: readonly number[]): TapeArray {
    return this.keep(new StackedArray(entries, shape));
  }

  /** Walks back from a result. */
  backward(y: TapeNumber): void {
    y.receive(1);
    for (let n = this.nodes.length - 1; n >= 0; n--) (this.nodes[n] as { sweep(): void }).sweep();
  }

  private keep<N extends { sweep(): void }>(node: N): N {
    this.nodes.push(node);
    return node;
  }
}
