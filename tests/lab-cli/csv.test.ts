import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parseCsvMatrix, readCsvMatrix } from "../../perf/lab/csv.js";
import { UsageError } from "../../perf/lab/usage-error.js";

const tail = "keep numbers only, no header line, names or units";
const header = "the first line looks like a header, remove it (tail -n +2 does)";
const gap = "fill the value in, or leave out its row (or the names it stands among)";
const finite = "fill the value in or leave its row out";

const wrong: readonly (readonly [what: string, text: string, message: string])[] = [
  ["a word", "1,2\n3,4\n5,abc\n", `3:2: expected a number, got "abc"; ${tail}`],
  ["a unit", "1,2 km", `1:2: expected a number, got "2 km"; ${tail}`],
  ["hexadecimal", "1,2\n0x10,3", `2:1: expected a number, got "0x10"; ${tail}`],
  ["names of rows", "a,1,2\nb,3,4", `1:1: expected a number, got "a"; ${tail}`],
  ["a header", "x,y\n1,2\n", `1:1: expected a number, got "x"; ${header}`],
  ["a quoted header after a byte order mark", '\uFEFF"x","y"\r\n1,2\r\n', `1:1: expected a number, got "x"; ${header}`],
  ["a header comment", "# distances in km\n1,2\n", `1:1: expected a number, got "# distances in km"; ${header}`],
  ["a header with names of rows", ",x,y\na,1,2\n", `1:1: expected a number, got an empty field; ${header}`],
  ["a long field", `${"x".repeat(99)},1`, `1:1: expected a number, got "${"x".repeat(23)}…"; ${tail}`],
  ["a control character", "1\u0007", `1:1: expected a number, got "1\\u0007"; ${tail}`],
  ["an empty field", "1,,3\n", `1:2: expected a number, got an empty field; ${gap}`],
  ["a field of spaces", "1,  \t ,3\n", `1:2: expected a number, got an empty field; ${gap}`],
  ["a comma at the end", "1,2,\n", "1:3: expected a number, the line ends with a comma; remove it"],
  ["a short line", "1,2,3\n4,5\n", "2:3: expected 3 numbers as on line 1, the line ends after 2"],
  ["a long line", "1\n2,3,4\n", "2:2: expected 1 number as on line 1, got 3"],
  ["a blank line inside", "1,2\n\n3,4\n", "2:1: expected a number, got a blank line; remove it"],
  ["a blank line first", "\n1,2\n", "1:1: expected a number, got a blank line; remove it"],
  ["not a number", "1,NaN", `1:2: expected a finite number, got "NaN"; ${finite}`],
  ["missing everywhere", "NA,NA\n1,2", `1:1: expected a finite number, got "NA"; ${finite}`],
  ["infinite", "-Infinity", `1:1: expected a finite number, got "-Infinity"; ${finite}`],
  ["too large", "1,1e999", `1:2: expected a finite number, got "1e999"; ${finite}`],
  [
    "semicolons",
    "1,5;2,5",
    '1:2: expected a number, got "5;2"; put commas between the numbers, not semicolons, and decimal points inside them',
  ],
  ["tabs", "1\t2\n", '1:1: expected a number, got "1\\t2"; put commas between the numbers, not tabs'],
  ["spaces", "1.5 -2e3\n", '1:1: expected a number, got "1.5 -2e3"; put commas between the numbers, not spaces'],
  ["a decimal comma", '"1,5",2', '1:1: expected a number, got "1,5"; write it with a decimal point and without thousands separators'],
  ["an open quote", '1,"2\n3,4', '1:2: expected a closing quote on the same line, got "\\"2"'],
  ["text after a quote", '"1"2,3', '1:1: expected a comma after the closing quote, got "2"'],
  ["a doubled quote", '1,"2""3"', '1:2: expected a comma after the closing quote, got "\\"3\\""'],
  ["nothing", "", "1:1: expected a number, the file is empty"],
  ["blank lines alone", "\uFEFF\r\n \n", "1:1: expected a number, the file is empty"],
];

for (const [what, text, message] of wrong) {
  test(`${what} is refused with line and column`, () => {
    assert.throws(
      () => parseCsvMatrix(text, "data.csv"),
      (error: Error) => {
        assert.instance(error, UsageError);
        assert.is(error.message, `data.csv:${message}`);
        return true;
      },
    );
  });
}

const right: readonly (readonly [what: string, text: string])[] = [
  ["plain", "1,2,3\n4,5,6\n"],
  ["no line end at the end", "1,2,3\n4,5,6"],
  ["CRLF", "1,2,3\r\n4,5,6\r\n"],
  ["CR", "1,2,3\r4,5,6\r"],
  ["blank lines at the end", "1,2,3\n4,5,6\n\n  \n"],
  ["a byte order mark", "\uFEFF1,2,3\n4,5,6\n"],
  ["spaces", " 1 ,\t2,3 \n4,5 , 6\n"],
  ["quotes", '"1","2", "3" \n4,"5.0",6\n'],
  ["every way to write a number", "+1,2.,3e0\n.4e1,5E+00,60e-1\n"],
];

for (const [what, text] of right) {
  test(`${what} is read`, () => {
    const matrix = parseCsvMatrix(text, "data.csv");
    assert.equal(matrix.shape, [2, 3]);
    assert.equal(matrix.data, Float64Array.of(1, 2, 3, 4, 5, 6));
    assert.is(matrix.get(1, 0), 4);
  });
}

test("one number is a matrix", () => {
  assert.equal(parseCsvMatrix("7", "data.csv").shape, [1, 1]);
});

test("what is written is read back to the last bit", () => {
  const matrices = fc
    .integer({ min: 1, max: 5 })
    .chain((width) =>
      fc.array(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: width, maxLength: width }), { minLength: 1 }),
    );
  fc.assert(
    fc.property(matrices, fc.constantFrom("\n", "\r\n"), fc.constantFrom("", '"'), (rows, end, mark) => {
      const text = rows.map((row) => row.map((x) => `${mark}${Object.is(x, -0) ? "-0" : x}${mark}`).join(",")).join(end);
      assert.equal(Array.from(parseCsvMatrix(text, "data.csv").data), rows.flat());
    }),
    { seed: 9, numRuns: 50 },
  );
});

test("no text of these letters ends in anything but a matrix or a complaint with a place", () => {
  const text = fc.string({ unit: fc.constantFrom("1", "-", ".", "e", ",", '"', " ", "\n", "\r", ";", "x", "é") });
  fc.assert(
    fc.property(text, (csv) => {
      try {
        assert.ok(Array.from(parseCsvMatrix(csv, "data.csv").data).every(Number.isFinite));
      } catch (error) {
        assert.instance(error, UsageError);
        assert.match((error as Error).message, /^data\.csv:\d+:\d+: expected /);
      }
    }),
    { seed: 9, numRuns: 500 },
  );
});

/** The complaint about a file with these bytes. */
function complaintAbout(bytes: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "cotangent-"));
  try {
    const file = join(folder, "data.csv");
    writeFileSync(file, bytes);
    readCsvMatrix(file);
    return "none";
  } catch (error) {
    assert.instance(error, UsageError);
    return (error as Error).message.replace(`${folder}/`, "");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("files: read, binary, UTF-16, other encodings, a directory, none at all", () => {
  assert.is(complaintAbout("\uFEFF1,2\r\n"), "none");
  assert.is(complaintAbout(""), "data.csv:1:1: expected a number, the file is empty");
  assert.is(
    complaintAbout(Uint8Array.of(49, 0, 50)),
    "data.csv:1:1: expected text, got a binary file; give it numbers with commas between them",
  );
  assert.is(
    complaintAbout(Buffer.from("\uFEFF1,2", "utf16le")),
    'data.csv:1:1: expected UTF-8 text, got UTF-16; save the file as "CSV UTF-8"',
  );
  assert.is(complaintAbout(Uint8Array.of(0xe9)), `data.csv:1:1: expected a number, got "\uFFFD"; ${tail}`);
  assert.throws(() => readCsvMatrix(tmpdir()), /: expected a CSV file, got a directory; name a file in it$/);
  assert.throws(
    () => readCsvMatrix("no/such.csv"),
    /^no\/such\.csv: expected a CSV file, there is no file \/.*no\/such\.csv; check its name$/,
  );
});

test("a file that is endless, too long or too wide is left off at the limit, which the message names", () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-limits-"));
  const file = join(folder, "matrix.csv");
  const refused = (text: string, limits: { bytes: number; entries: number }, met: string): void => {
    writeFileSync(file, text);
    assert.throws(
      () => readCsvMatrix(file, limits),
      (error: unknown) =>
        error instanceof UsageError &&
        error.message ===
          `${file}: expected a file that fits, it goes on after ${met}; at most ${limits.bytes.toLocaleString("en")} bytes and ${limits.entries.toLocaleString("en")} numbers fit here, and 2³¹ − 1 numbers into any matrix`,
    );
  };
  try {
    refused("1,2\n".repeat(1000), { bytes: 3_999, entries: 1e6 }, "3,999 bytes");
    refused("1,2\n".repeat(1000), { bytes: 1e6, entries: 1_999 }, "1,999 numbers");
    refused(`1${",1".repeat(2000)}`, { bytes: 1e6, entries: 1_999 }, "1,999 numbers");
    writeFileSync(file, "1,2\n".repeat(1000));
    assert.equal(readCsvMatrix(file, { bytes: 4_000, entries: 2_000 }).shape, [1000, 2]);
    // Two pieces of a megabyte, and a bit.
    writeFileSync(file, "1.25,2\n".repeat(300_001));
    const long = readCsvMatrix(file);
    assert.equal([long.shape[0], long.get(300_000, 0), long.get(149_797, 1)], [300_001, 1.25, 2]);
  } finally {
    rmSync(folder, { recursive: true });
  }
  if (process.platform === "win32") return;
  assert.throws(() => readCsvMatrix("/dev/zero"), /^\/dev\/zero:1:1: expected text, got a binary file/);
});

test.run();
