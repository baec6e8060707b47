import type { Random } from "../../lib/testing/index.js";

/** A function in plain TypeScript of two numbers and a list of three, made at random: its text. */
export function randomProgram(random: Random): string {
  return new Maker(random).program();
}

/** Names that a statement may use. */
interface Names {
  readonly numbers: readonly string[];
  readonly writable: readonly string[];
  readonly lists: readonly string[];
  readonly functions: readonly string[];
}

class Maker {
  private readonly random: Random;
  private count = 0;

  constructor(random: Random) {
    this.random = random;
  }

  program(): string {
    const names: Names = { numbers: ["x", "y"], writable: ["x"], lists: ["xs"], functions: [] };
    return `(x: number, y: number, xs: number[]): number => {\n${this.block(names, 2, 5 + this.below(5), "  ")}}`;
  }

  private below(n: number): number {
    return Math.floor(this.random() * n);
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  private fresh(stem: string): string {
    this.count++;
    return `${stem}${this.count}`;
  }

  /** Statements, the last of which returns where `returns` is the indentation of a function's body. */
  private block(names: Names, depth: number, length: number, indent: string, ends = true): string {
    let known = names;
    let text = "";
    for (let k = 0; k < length; k++) {
      const [statement, after] = this.statement(known, depth, indent);
      text += `${indent}${statement}\n`;
      known = after;
    }
    return ends ? `${text}${indent}return ${this.bounded(this.number(known, 3))};\n` : text;
  }

  private statement(names: Names, depth: number, indent: string): [string, Names] {
    const inner = `${indent}  `;
    const nested = (extra: Partial<Names> = {}): string => this.block({ ...names, ...extra }, depth - 1, 1 + this.below(3), inner, false);
    const target = (): string =>
      this.random() < 0.7 || names.lists.length === 1 ? this.pick(names.writable) : `${this.pick(names.lists.slice(1))}[${this.below(3)}]`;
    const value = (): string => this.number(names, 2);
    switch (this.below(depth > 0 ? 15 : 8)) {
      case 0:
      case 1: {
        const name = this.fresh("a");
        return [`let ${name} = ${value()};`, { ...names, numbers: [...names.numbers, name], writable: [...names.writable, name] }];
      }
      case 2:
        return [`${target()} ${this.pick(["=", "+=", "-=", "*="])} ${this.bounded(value())};`, names];
      case 3: {
        const name = this.fresh("v");
        const made = this.pick([
          `[${value()}, ${value()}, ${value()}]`,
          `new Float64Array([${value()}, ${value()}, ${value()}])`,
          `${this.pick(names.lists)}.map((e, k) => e * ${value()} + k)`,
          `Array.from({ length: 3 }, (_, k) => ${value()} + k)`,
          `${this.pick(names.lists)}.slice().sort((p, q) => q - p)`,
        ]);
        return [`const ${name} = ${made};`, { ...names, lists: [...names.lists, name] }];
      }
      case 4: {
        const name = this.fresh("f");
        const parameter = this.fresh("p");
        const body = this.bounded(this.number({ ...names, numbers: [...names.numbers, parameter], functions: [] }, 2));
        const text = this.pick([
          `const ${name} = (${parameter}: number): number => ${body};`,
          `function ${name}(${parameter}: number): number { return ${body}; }`,
        ]);
        return [text, { ...names, functions: [...names.functions, name] }];
      }
      case 5: {
        const [p, q] = [this.fresh("d"), this.fresh("d")];
        const text = this.pick([
          `let [${p}, ${q} = ${value()}] = [${value()}, ${value()}];`,
          `let { s: ${p}, t: ${q} } = { s: ${value()}, t: ${value()} };`,
        ]);
        return [text, { ...names, numbers: [...names.numbers, p, q], writable: [...names.writable, p, q] }];
      }
      case 6:
        if (names.writable.length < 2) return [`${this.pick(names.writable)}++;`, names];
        return [`[${names.writable[0]}, ${names.writable[1]}] = [${value()}, ${this.bounded(value())}];`, names];
      case 7:
        return [`${this.pick(names.writable)}${this.pick(["++", "--"])};`, names];
      case 8:
      case 9:
        return [`if (${this.test(names)}) {\n${nested()}${indent}}${this.random() < 0.5 ? ` else {\n${nested()}${indent}}` : ""}`, names];
      case 10:
      case 11: {
        const i = this.fresh("i");
        return [
          `for (let ${i} = 0; ${i} < ${1 + this.below(3)}; ${i}++) {\n${nested({ numbers: [...names.numbers, i] })}${indent}}`,
          names,
        ];
      }
      case 12: {
        const e = this.fresh("e");
        return [`for (const ${e} of ${this.pick(names.lists)}) {\n${nested({ numbers: [...names.numbers, e] })}${indent}}`, names];
      }
      case 13: {
        const n = this.fresh("n");
        return [
          `let ${n} = 0;\n${indent}while (${n}++ < ${1 + this.below(3)}${this.random() < 0.5 ? ` && (${this.test(names)})` : ""}) {\n${nested()}${indent}}`,
          names,
        ];
      }
      default:
        return [
          `switch (Math.sign(${value()})) {\n${inner}case 1:\n${nested()}${inner}break;\n${inner}default:\n${nested()}${indent}}`,
          names,
        ];
    }
  }

  /** Kept small: products of products would leave all bounds. */
  private bounded(text: string): string {
    return this.pick([`Math.sin(${text})`, `Math.tanh(${text})`, `(${text}) / (1 + (${text}) ** 2)`, `Math.atan(${text})`]);
  }

  private test(names: Names): string {
    const [a, b] = [this.number(names, 1), this.number(names, 1)];
    return this.pick([
      `${a} ${this.pick(["<", ">", "<=", ">="])} ${b}`,
      `!(${a} > ${b})`,
      `${a} > 0 && ${b} < 1`,
      `${a} < 0.3 || ${b}`,
      `${a} !== ${b}`,
    ]);
  }

  private number(names: Names, depth: number): string {
    const again = (): string => this.number(names, depth - 1);
    const entry = `${this.pick(names.lists)}[${this.below(3)}]`;
    const leaf = (): string =>
      this.pick(
        [this.pick(names.numbers), this.pick(names.numbers), entry, `${(this.below(40) - 20) / 10}`].map((text) =>
          text.startsWith("-") ? `(${text})` : text,
        ),
      );
    if (depth <= 0) return leaf();
    switch (this.below(13)) {
      case 0:
      case 1:
        return `(${again()} ${this.pick(["+", "-", "*"])} ${again()})`;
      case 2:
        return `${again()} * ${leaf()}`;
      case 3:
        return `-${leaf().replace(/^-/, "")}`.replace("--", "- -");
      case 4:
        return `(${again()} / (2 + Math.cos(${leaf()})))`;
      case 5:
        return `(${this.test(names)} ? ${again()} : ${again()})`;
      case 6:
        return `Math.${this.pick(["sin", "cos", "tanh", "atan", "abs"])}(${again()})`;
      case 7:
        return `Math.${this.pick(["max", "min", "hypot"])}(${again()}, ${leaf()})`;
      case 8:
        return names.functions.length === 0 ? leaf() : `${this.pick(names.functions)}(${again()})`;
      case 9:
        return `${this.pick(names.lists)}.reduce((p, q) => p + q * ${leaf()}, ${leaf()})`;
      case 10:
        return `Math.tanh(${leaf()}) ** ${2 + this.below(2)}`;
      case 11:
        return `(${again()} ${this.pick(["||", "&&", "??"])} ${leaf()})`;
      default:
        return leaf();
    }
  }
}
