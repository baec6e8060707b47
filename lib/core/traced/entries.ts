import type { Entries, Scalar } from "../level.js";

/** Written entries that are all plain numbers so far. */
export class NumberEntries implements Entries {
  private readonly numbers: Float64Array;

  constructor(numbers: Float64Array) {
    this.numbers = numbers;
  }

  at(index: number): Scalar | undefined {
    return this.numbers[index];
  }

  put(index: number, value: Scalar): Entries {
    if (typeof value === "number") {
      this.numbers[index] = value;
      return this;
    }
    return (value.level.entries(this.numbers) ?? new BoxedEntries(Array.from(this.numbers))).put(index, value);
  }

  pinned(): undefined {
    return undefined;
  }
}

/** Entries of which the program wrote some over those of another store. */
export class OverlaidEntries implements Entries {
  private readonly under: (index: number) => Scalar;
  private readonly length: number;
  private readonly written: Map<number, Scalar> = new Map();

  constructor(under: (index: number) => Scalar, length: number) {
    this.under = under;
    this.length = length;
  }

  at(index: number): Scalar | undefined {
    return this.written.get(index) ?? (index >= 0 && index < this.length ? this.under(index) : undefined);
  }

  put(index: number, value: Scalar): this {
    this.written.set(index, value);
    return this;
  }

  pinned(): undefined {
    return undefined;
  }
}

/** Written entries kept as they were given, of any levels. */
export class BoxedEntries implements Entries {
  readonly list: Scalar[];

  constructor(list: Scalar[]) {
    this.list = list;
  }

  at(index: number): Scalar | undefined {
    return this.list[index];
  }

  put(index: number, value: Scalar): this {
    this.list[index] = value;
    return this;
  }

  pinned(): undefined {
    return undefined;
  }
}
