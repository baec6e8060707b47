import { DifferentiableStore, type Level, type Memory, outside, type Scalar, TracedScalar } from "../core/index.js";
import type { FloatDType } from "../nd/index.js";

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

/** The store of an array that moves: its entries and their speeds, in memory of the same layout. */
export class DualStore extends DifferentiableStore {
  override readonly level: Level;
  override readonly primal: Memory;
  override readonly readOnly: string;
  readonly tangent: Memory;

  constructor(level: Level, primal: Memory, tangent: Memory, dtype: FloatDType, readOnly: string) {
    super(primal.length, dtype);
    this.level = level;
    this.primal = primal;
    this.tangent = tangent;
    this.readOnly = readOnly;
  }

  override get(index: number): Scalar {
    if (this.elements !== undefined) {
      const element = this.elements.at(index);
      if (element === undefined) throw outside(index, this.length);
      return element;
    }
    const primal = read(this.primal, index);
    const tangent = read(this.tangent, index);
    if (primal === undefined || tangent === undefined) throw outside(index, this.length);
    return new Dual(this.level, primal, tangent);
  }
}

function read(memory: Memory, index: number): Scalar | undefined {
  return memory instanceof DifferentiableStore ? memory.get(index) : memory[index];
}
