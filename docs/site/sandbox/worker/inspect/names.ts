/** The name of what made an object; null where it has no prototype. */
export function constructorOf(x: object): string | null {
  for (let at: object | null = x; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const made = Object.getOwnPropertyDescriptor(at, "constructor")?.value as unknown;
    if (typeof made === "function" && made.name !== "" && isOf(x, made)) return made.name;
  }
  return null;
}

function isOf(x: object, made: unknown): boolean {
  try {
    return x instanceof (made as new () => object);
  } catch {
    return false;
  }
}

/** An object's own name for its kind, where it is not among the properties that are shown. */
export function tagOf(x: object): string {
  const tag = (x as Record<symbol, unknown>)[Symbol.toStringTag];
  return typeof tag !== "string" || Object.prototype.propertyIsEnumerable.call(x, Symbol.toStringTag) ? "" : tag;
}

/** What stands before the braces of an object. */
export function prefixOf(made: string | null, tag: string, fallback: string, size = ""): string {
  if (made === null)
    return tag !== "" && fallback !== tag ? `[${fallback}${size}: null prototype] [${tag}] ` : `[${fallback}${size}: null prototype] `;
  return tag !== "" && made !== tag ? `${made}${size} [${tag}] ` : `${made}${size} `;
}

/** A function or class by its name. */
export function ofFunction(f: { readonly name?: unknown }, made: string | null, tag: string): string {
  const text = Function.prototype.toString.call(f);
  const name = typeof f.name === "string" ? f.name : "";
  if (/^class\b/.test(text)) {
    const parent = (Object.getPrototypeOf(f) as { name?: string } | null)?.name;
    return `[class ${name === "" ? "(anonymous)" : name}${parent ? ` extends ${parent}` : ""}]`;
  }
  const kind =
    { AsyncFunction: "AsyncFunction", GeneratorFunction: "GeneratorFunction", AsyncGeneratorFunction: "AsyncGeneratorFunction" }[
      made ?? ""
    ] ?? "Function";
  const base = `[${kind}${name === "" ? " (anonymous)" : `: ${name}`}]`;
  return `${base}${made !== kind && made !== null ? ` ${made}` : ""}${tag !== "" && made !== tag ? ` [${tag}]` : ""}`;
}
