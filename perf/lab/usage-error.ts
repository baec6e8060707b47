/** What the caller of the program got wrong, an option or a file: the message is the whole story, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
}

/** A text that came from outside, quoted, on one line, at most 24 characters of it. */
export function quote(text: string): string {
  const letters = [...text];
  return JSON.stringify(letters.length > 24 ? `${letters.slice(0, 23).join("")}…` : text);
}
