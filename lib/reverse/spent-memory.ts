import { giveFloats } from "../nd/index.js";
import type { Floats } from "./received.js";

/**
 * Memory of cotangents that went to rules which keep nothing of them. Parts of it may be cotangents still: it is used again when all of them
 * have been read, unless one went to somebody who may keep it.
 */
export class SpentMemory {
  private readonly byBuffer: Map<ArrayBufferLike, Floats> = new Map();

  add(data: Floats): void {
    this.byBuffer.set(data.buffer, data);
  }

  /** Somebody may refer to a part of this memory from now on. */
  keep({ data }: { readonly data: unknown }): void {
    if (ArrayBuffer.isView(data)) this.byBuffer.delete(data.buffer);
  }

  giveBack(): void {
    for (const data of this.byBuffer.values()) giveFloats(data);
    this.byBuffer.clear();
  }
}
