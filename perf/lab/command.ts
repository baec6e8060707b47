import type { NdArray } from "../../lib/nd/types.js";
import { readCsvMatrix } from "./csv.js";
import { helpText, type LabOptions, parseOptions } from "./options.js";
import { UsageError } from "./usage-error.js";

/** Runs the lab and prints its results. The answer is whether everything agreed. */
export type LabRun = (options: LabOptions, matrix: NdArray | undefined) => boolean | Promise<boolean>;

/** Where text goes: a stream, or a list in a test. */
export interface Output {
  write(text: string): unknown;
}

/**
 * The program around the lab: reads the options and the caller's matrix before anything is printed, then runs.
 * @returns the exit code: 0 when all agreed, 1 on a disagreement, 2 on a wrong option or file
 */
export async function runCommand(
  argv: readonly string[],
  run: LabRun,
  stdout: Output = process.stdout,
  stderr: Output = process.stderr,
): Promise<number> {
  try {
    const options = parseOptions(argv);
    if (options.help) {
      stdout.write(helpText);
      return 0;
    }
    const matrix = options.matrix === undefined ? undefined : readCsvMatrix(options.matrix.file);
    return (await run(options, matrix)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** Ends the program quietly when the reader of a pipe (`| head`) has gone. */
export function endWithPipe(stream: NodeJS.WriteStream = process.stdout): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
}
