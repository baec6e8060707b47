/** A program that the transform refuses: the message begins with file, line and column, and ends with the cure. */
export class TransformError extends Error {
  override readonly name: string = "TransformError";
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;

  constructor(what: string, file: string, line: number, column: number) {
    super(`${file}:${line}:${column}: ${what}`);
    this.file = file;
    this.line = line;
    this.column = column;
  }
}

/** A line and a column, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A source text, with the places of its positions. */
export class Source {
  readonly code: string;
  readonly file: string;
  private readonly starts: number[] = [0];

  constructor(code: string, file: string) {
    this.code = code;
    this.file = file;
    for (let at = code.indexOf("\n"); at >= 0; at = code.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }

  placeOf(at: number): Place {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.starts[low] as number) + 1 };
  }

  /** `file:line:column`. */
  where(at: number): string {
    const { line, column } = this.placeOf(at);
    return `${this.file}:${line}:${column}`;
  }

  error(at: number, what: string): TransformError {
    const { line, column } = this.placeOf(at);
    return new TransformError(what, this.file, line, column);
  }
}
