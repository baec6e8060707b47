/**
 * Programs as the fragment of an address: `#code=` and the text, compressed (deflate) and in base64url. A fragment is not sent to any server.
 */

/** Longest fragment that is made or read, in characters. */
export const longestFragment = 8_192;
/** Longest program that a fragment may hold, in bytes: a small fragment can hold a very long text of one letter. */
const longestProgram = 65_536;

const mark = "#code=";

/** Whether an address's fragment means to hold a program. */
export const holdsProgram = (fragment: string): boolean => fragment.startsWith(mark);

/**
 * @throws {RangeError} for a program that is too long to be shared so
 */
export async function fragmentOf(code: string): Promise<string> {
  const bytes = await gathered(new Blob([code]).stream().pipeThrough(new CompressionStream("deflate-raw")), Number.POSITIVE_INFINITY);
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const fragment = mark + text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  if (fragment.length > longestFragment)
    throw new RangeError(
      `The program is too long for a link: it would have ${fragment.length} characters, and ${longestFragment} is the most.`,
    );
  return fragment;
}

/**
 * @throws {Error} with what is wrong, for a fragment that holds no program
 */
export async function programOf(fragment: string): Promise<string> {
  if (fragment.length > longestFragment) throw new RangeError("The link is longer than any that this page makes.");
  const text = fragment.slice(mark.length);
  if (!/^[\w-]+$/.test(text)) throw new Error("The link holds signs that no program is written with; was it cut or changed?");
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
    const unpacked = await gathered(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")), longestProgram);
    return new TextDecoder("utf-8", { fatal: true }).decode(unpacked);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new Error("The link cannot be read; was it cut or changed?");
  }
}

/** The bytes of a stream, which is ended where they are too many. */
async function gathered(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let count = 0;
  for (let { done, value } = await reader.read(); !done && value; { done, value } = await reader.read()) {
    parts.push(value);
    count += value.length;
    if (count > most) {
      await reader.cancel();
      throw new RangeError("The link holds a program that is too long for this page.");
    }
  }
  const bytes = new Uint8Array(count);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
