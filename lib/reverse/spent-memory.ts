import { giveFloats } from "../nd/index.js";
import type { Floats } from "./received.js";

/**
 * Memory of cotangents that went to rules which keep nothing of them. Parts of it may be cotangents still: it is used again when all of them
 * have been read, unless one went to somebody who may keep it.
 */
export class SpentMemory {
  /** Made when it is needed: programs on numbers would pay a tenth of a call for an empty one. */
  private byBuffer: Map<ArrayBufferLike, Floats> | undefined = undefined;

  add(data: Floats): void {
    this.byBuffer ??= new Map();
    this.byBuffer.set(data.buffer, data);
  }

  /** Somebody may refer to a part of this memory from now on. */
  keep({ data }: { readonly data: unknown }): void {
    if (this.byBuffer !== undefined && ArrayBuffer.isView(data)) this.byBuffer.delete(data.buffer);
  }

  giveBack(): void {
    if (this.byBuffer === undefined) return;
    for (const data of this.byBuffer.values()) giveFloats(data);
    this.byBuffer.clear();
  }
}
