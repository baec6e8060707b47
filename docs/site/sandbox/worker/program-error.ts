/** A fault of the program that is found before it runs, with its place in the text at hand, from 1. */
export class ProgramError extends Error {
  override readonly name: string = "ProgramError";
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, line?: number, column?: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}
