/** What the library exports, for the editor to complete: made from the sources by site/build/names.ts. */

export interface KnownName {
  readonly name: string;
  readonly kind: "function" | "constant" | "type" | "class";
  /** As TypeScript writes it. */
  readonly signature: string;
  /** The first sentence of its docstring. */
  readonly says: string;
}

/** Modules to what they export. */
export type KnownModules = Readonly<Record<string, readonly KnownName[]>>;
