import {
  DifferentiableStore,
  type Entries,
  endedError,
  type Level,
  type Memory,
  OverlaidEntries,
  outside,
  type Scalar,
  TracedScalar,
} from "../core/index.js";
import { type FloatDType, giveFloats } from "../nd/index.js";

/** A number that moves: its value, and the speed at which it does. */
export class Dual extends TracedScalar {
  // Declared only: fields that are defined before they are set make the object three times as dear, and there are millions.
  declare readonly level: Level;
  declare readonly primal: Scalar;
  declare readonly tangent: Scalar;

  // Written out: tools that keep names (esbuild's keepNames, tsx) define it on the class afterwards, which makes `new` thirty times as dear.
  static override get name(): string {
    return "Dual";
  }

  constructor(level: Level, primal: Scalar, tangent: Scalar) {
    super();
    this.level = level;
    this.primal = primal;
    this.tangent = tangent;
  }
}

/** Stands for memory that was given back. */
const gone = new Float64Array(0);

/** The store of an array that moves: its entries and their speeds, in memory of the same layout. */
export class DualStore extends DifferentiableStore {
  override readonly level: Level;
  override raw: Memory;
  override readonly readOnly: string;
  /** The speeds, for who reads them at once and keeps nothing of them. */
  rawTangent: Memory;
  /** Computes the entries once more; where it is given, nobody else refers to the memory as yet. */
  recompute: { entries(): Memory } | undefined = undefined;

  /** The store whose entries these are, where it is an alias. */
  protected readonly origin: DualStore | undefined;

  constructor(level: Level, primal: Memory, tangent: Memory, dtype: FloatDType, readOnly: string, origin?: DualStore) {
    super(primal.length, dtype);
    this.origin = origin;
    this.level = level;
    this.raw = primal;
    this.rawTangent = tangent;
    this.readOnly = readOnly;
  }

  override get primal(): Memory {
    if (this.origin !== undefined) return this.origin.primal;
    if (this.raw === gone) this.raw = (this.recompute as { entries(): Memory }).entries();
    this.lent = true;
    return this.raw;
  }

  get tangent(): Memory {
    if (this.origin !== undefined) return this.origin.tangent;
    if (this.rawTangent === gone) throw endedError();
    this.lent = true;
    return this.rawTangent;
  }

  /** Gives memory back that was never handed out, once the level has ended: the tangents, and entries that can be computed once more. */
  release(): void {
    if (this.lent || this.rawTangent === gone) return;
    giveFloats(this.rawTangent as Float64Array);
    this.rawTangent = gone;
    if (this.recompute === undefined) return;
    giveFloats(this.raw as Float64Array);
    this.raw = gone;
  }

  override get(index: number): Scalar {
    if (this.elements !== undefined) {
      const element = this.elements.at(index);
      if (element === undefined) throw outside(index, this.length);
      return element;
    }
    return this.origin === undefined ? this.entry(index) : this.origin.entry(index);
  }

  override alias(): DualStore {
    return new DualStore(this.level, this.raw, this.rawTangent, this.dtype, "", this.origin ?? this);
  }

  protected override own(): Entries {
    const { origin } = this;
    return origin === undefined ? super.own() : new OverlaidEntries((index) => origin.entry(index), this.length);
  }

  /** An entry that the program has not written. */
  protected entry(index: number): Scalar {
    const primal = read(this.raw, index);
    const tangent = read(this.rawTangent, index);
    if (primal === undefined || tangent === undefined) throw this.level.ended ? endedError() : outside(index, this.length);
    return new Dual(this.level, primal, tangent);
  }
}

function read(memory: Memory, index: number): Scalar | undefined {
  return memory instanceof DifferentiableStore ? memory.get(index) : memory[index];
}
