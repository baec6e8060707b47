import type { Random } from "../../lib/testing/index.js";

/**
 * A function in plain TypeScript of two numbers and a list of three, made at random: lists and records that stand still at first, get many
 * names, and are written into under each of them.
 */
export function randomContainers(random: Random): string {
  return new Maker(random).program();
}

class Maker {
  private readonly random: Random;
  private count = 0;
  private numbers: string[] = ["x", "y"];
  /** Names of lists of three numbers, and expressions that give one. */
  private lists: string[] = ["xs.slice()"];
  /** Names of lists of two such lists. */
  private tables: string[] = [];
  /** Records { a, b: [three], c: { d } }. */
  private records: string[] = [];
  /** Functions that write into a list. */
  private writers: string[] = [];

  constructor(random: Random) {
    this.random = random;
  }

  program(): string {
    const statements = ["const l0 = [1, 2, 3];"];
    this.lists.push("l0");
    for (let k = 0; k < 12 + this.below(8); k++) statements.push(this.statement());
    const all = [...this.lists.map((list) => `${list}.reduce((p, q, k) => p + q * (k + 1), 0)`), ...this.numbers];
    const fields = this.records.flatMap((r) => [`${r}.a`, `${r}.b[0]`, `${r}.c.d * 2`]);
    statements.push(`return ${[...all, ...fields].map((each) => `Math.sin(${each})`).join(" + ")};`);
    return `(x: number, y: number, xs: number[]): number => {\n  ${statements.join("\n  ")}\n}`;
  }

  private below(n: number): number {
    return Math.floor(this.random() * n);
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  private fresh(stem: string): string {
    return `${stem}${++this.count}`;
  }

  private number(depth = 2): string {
    const leaf = (): string =>
      this.pick([
        this.pick(this.numbers),
        `${this.below(9) / 4}`,
        `${this.below(4)}`,
        `${this.pick(this.lists)}[${this.index()}]`,
        ...(this.records.length > 0 ? [`${this.pick(this.records)}.${this.pick(["a", "b[1]", "c.d"])}`] : []),
        ...(this.tables.length > 0 ? [`${this.pick(this.tables)}[${this.below(2)}][${this.index()}]`] : []),
      ]);
    if (depth === 0) return leaf();
    const again = (): string => this.number(depth - 1);
    return this.pick([
      leaf(),
      `Math.tanh(${again()} ${this.pick(["+", "-", "*"])} ${again()})`,
      `(${leaf()} > ${leaf()} ? ${again()} : ${leaf()})`,
      `Math.sin(${again()})`,
      `${this.pick(this.lists)}.map((e) => e * ${leaf()})[${this.index()}]`,
    ]);
  }

  private index(): string {
    return this.pick(["0", "1", "2", `${this.below(9)} % 3`]);
  }

  /** A place that holds a list, written as it may be reached. */
  private list(): string {
    const named = this.lists.filter((list) => !list.includes("slice"));
    return this.pick([
      ...named,
      ...this.records.map((r) => `${r}.b`),
      ...this.tables.map((m) => `${m}[${this.below(2)}]`),
      `(x > ${this.below(3)} - 1 ? ${this.pick(named)} : ${this.pick(named)})`,
    ]);
  }

  private statement(): string {
    const declared = this.pick(["", ": number[]"]);
    switch (this.below(24)) {
      case 0: {
        const text = this.pick([
          `[${this.below(5)}, ${this.below(5)}, 0]`,
          "new Array<number>(3).fill(0)",
          "Array.from({ length: 3 }, (_, k) => k)",
          `[${this.number(0)}, 1, 2]`,
        ]);
        return this.declare("l", this.lists, declared, text);
      }
      case 1:
        return this.declare("r", this.records, "", `{ a: ${this.below(3)}, b: [0, 1, ${this.number(0)}], c: { d: 2 } }`);
      case 2:
        return this.declare("m", this.tables, this.pick(["", ": number[][]"]), `[${this.array()}, ${this.array()}]`);
      case 3:
        return this.declare("l", this.lists, "", this.list());
      case 4: {
        if (this.records.length === 0) return this.write();
        const name = this.fresh("l");
        const text = `const { b: ${name} } = ${this.pick(this.records)};`;
        this.lists.push(name);
        return text;
      }
      case 5: {
        const [get, list] = [this.fresh("g"), this.array()];
        const text = `const ${get} = (): number[] => ${list};`;
        this.lists.push(`${get}()`);
        return text;
      }
      case 6: {
        const [write, value] = [this.fresh("w"), this.number(1)];
        const body = this.pick([
          `into[${this.index()}] = ${value};`,
          `into[${this.index()}] += ${value};`,
          `into.fill(${value}, 1, 2);`,
          `for (let k = 0; k < 3; k++) into[k] = k * ${value};`,
        ]);
        this.writers.push(write);
        return `const ${write} = (into${declared}) => { ${body} };`.replace("(into)", "(into: number[])");
      }
      case 7:
        return this.writers.length === 0 ? this.write() : `${this.pick(this.writers)}(${this.array()});`;
      case 8:
        return this.tables.length === 0
          ? this.write()
          : `${this.pick(this.tables)}.forEach(${this.writers.length > 0 && this.random() < 0.5 ? this.pick(this.writers) : `(row) => { row[${this.index()}] = ${this.number(1)}; }`});`;
      case 9:
        return this.tables.length === 0
          ? this.write()
          : `for (const row of ${this.pick(this.tables)}) row[${this.index()}] ${this.pick(["=", "+=", "-="])} ${this.number(1)};`;
      case 10: {
        const name = this.fresh("n");
        const text = `let ${name} = ${this.below(3)}; ${this.pick([`if (x > 0) ${name} = ${this.number(1)};`, `${name} += ${this.number(1)};`, `${name}++;`])}`;
        this.numbers.push(name);
        return text;
      }
      case 11:
        return this.records.length === 0 ? this.write() : `Object.assign(${this.pick(this.records)}, { a: ${this.number(1)} });`;
      case 12: {
        // What else gives the same lists, or lists of them.
        const source = this.pick([...this.tables, ...this.records.map((r) => `[${r}.b, ${this.array()}]`)]);
        if (source === undefined) return this.write();
        return this.declare(
          "m",
          this.tables,
          "",
          this.pick([
            `[...${source}]`,
            `${source}.slice()`,
            `${source}.map((row) => row)`,
            `${source}.map((row, k) => (k > 0 ? row : ${this.array()}))`,
            `Object.values(${source})`,
            `${source}.concat([${this.array()}])`,
            `${source}.filter((row) => row.length > 2)`,
            `Array.from(${source})`,
          ]),
        );
      }
      case 13:
        if (this.records.length === 0) return this.write();
        return this.declare(
          "r",
          this.records,
          "",
          this.pick([
            `${this.pick(this.records)}`,
            `{ ...${this.pick(this.records)} }`,
            `{ ...${this.pick(this.records)}, a: ${this.number(0)} }`,
            `{ a: 1, b: ${this.array()}, c: ${this.pick(this.records)}.c }`,
          ]),
        );
      case 14:
        return this.tables.length === 0 ? this.write() : `${this.pick(this.tables)}[${this.below(2)}] = ${this.array()};`;
      case 15:
        return this.records.length === 0 ? this.write() : `${this.pick(this.records)}.b = ${this.array()};`;
      case 16: {
        const name = this.fresh("l");
        const text = `let ${name} = ${this.array()}; if (x > ${this.below(2)}) ${name} = ${this.array()};`;
        this.lists.push(name);
        return text;
      }
      case 17: {
        const name = this.fresh("h");
        const text = `const ${name} = new Map([["k", ${this.array()}]]);`;
        this.lists.push(`${name}.get("k")!`);
        return text;
      }
      case 18: {
        if (this.records.length === 0) return this.write();
        const name = this.fresh("u");
        const body = this.pick([
          `of.a += ${this.number(1)}`,
          `of.b[${this.index()}] = ${this.number(1)}`,
          `of.c = { d: ${this.number(1)} }`,
        ]);
        const text = `const ${name} = (of: { a: number; b: number[]; c: { d: number } }) => { ${body}; return of; };`;
        this.records.push(`${name}(${this.pick(this.records)})`);
        return text;
      }
      case 19: {
        const name = this.fresh("l");
        const text = `const ${name} = ${this.list()}; if (Array.isArray(${name})) { ${name}.push(${this.number(1)}); ${name}.${this.pick(["shift", "pop"])}(); }`;
        this.lists.push(name);
        return text;
      }
      case 20: {
        const name = this.fresh("q");
        const text = `const ${name} = (of: number[], by = ${this.array()}) => { by[${this.index()}] = of[0] * ${this.number(0)}; return ${this.pick(["of", "by"])}; };`;
        this.lists.push(`${name}(${this.array()})`);
        return text;
      }
      default:
        return this.write();
    }
  }

  private array(): string {
    return this.pick(this.lists.filter((list) => !list.includes("slice")));
  }

  private declare(stem: string, into: string[], type: string, value: string): string {
    const name = this.fresh(stem);
    into.push(name);
    return `const ${name}${type} = ${value};`;
  }

  private write(): string {
    const value = this.number(1);
    const fields = this.records.length === 0 ? [] : [`${this.pick(this.records)}.${this.pick(["a", "c.d", "b[2]"])}`];
    const entry = this.pick([`${this.list()}[${this.index()}]`, ...fields]);
    return this.pick([
      `${entry} = ${value};`,
      `${entry} ${this.pick(["+=", "-="])} ${value};`,
      `${entry} *= Math.tanh(${value});`,
      `${entry}++;`,
      `[${entry}] = [${value}];`,
    ]).replace(/^\(/, ";(");
  }
}
