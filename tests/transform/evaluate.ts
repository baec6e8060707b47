import * as core from "../../lib/core/index.js";
import * as cotangent from "../../lib/index.js";
import * as plain from "../../lib/plain/index.js";
import { blankTypes, transform } from "../../lib/transform/index.js";

/** The modules that test programs import. */
const modules: Readonly<Record<string, object>> = {
  cotangent: cotangent,
  "cotangent/core": core,
  "cotangent/plain": plain,
};

const clause = /^\s*\{([^}]*)\}\s*$/;

/** A module's text as a function body: imports become constants, exports fields of what it returns. */
function asFunction(code: string, others: Readonly<Record<string, object>>): { text: string; given: Record<string, object> } {
  const given: Record<string, object> = {};
  const exported: string[] = [];
  const text = code
    .replaceAll(/(?<![\w$."'`])import\s+(?:(\*\s+as\s+[\w$]+|\{[^}]*\})\s+from\s+)?"([^"]+)";?/g, (_, names, module) => {
      const from = others[module] ?? modules[module];
      if (from === undefined) throw new Error(`no module ${module} for this test`);
      const name = `$module${Object.keys(given).length}`;
      given[name] = from;
      if (names === undefined) return "";
      const listed = clause.exec(names)?.[1];
      if (listed === undefined) return `const ${names.replace(/\*\s+as\s+/, "")} = ${name};`;
      return `const {${listed.replaceAll(/\s+as\s+/g, ": ")}} = ${name};`;
    })
    .replaceAll(/\bexport\s+(function|const|let)\s+([\w$]+)/g, (_, kind, name) => {
      exported.push(name);
      return `${kind} ${name}`;
    });
  return { text: `"use strict"; ${text}\nreturn { ${exported.join(", ")} };`, given };
}

/** What a program in plain TypeScript exports, run as the loader would run it. */
export function evaluate<T = Record<string, never>>(
  code: string,
  options: { file?: string; others?: Readonly<Record<string, object>>; raw?: boolean } = {},
): T {
  const { file = "program.ts", others = {}, raw = false } = options;
  const written = raw ? code : transform(code, { file }).code;
  const { text, given } = asFunction(blankTypes(written, { file }), others);
  return new Function(...Object.keys(given), text)(...Object.values(given)) as T;
}

/** The program with its marks taken away: what it computes without the transform. */
export function unmarked<T>(code: string, others: Readonly<Record<string, object>> = {}): T {
  return evaluate<T>(code, { raw: true, others: { ...others, cotangent: { ...cotangent, differentiable: (f: unknown) => f } } });
}
