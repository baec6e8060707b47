/** Whether a stands before b in increasing order, NaN after all numbers. */
function precedes(a: number, b: number): boolean {
  return a < b || (Number.isNaN(b) && !Number.isNaN(a));
}

/** Numbers, and the index that each of them had. */
interface Indexed {
  readonly numbers: Float64Array;
  readonly indices: Int32Array;
}

const shortest = 8;

/** Sorts the entries from start to end by insertion. */
function insert({ numbers, indices }: Indexed, start: number, end: number): void {
  for (let k = start + 1; k < end; k++) {
    const number = numbers[k] as number;
    const index = indices[k] as number;
    let at = k;
    for (; at > start && (numbers[at - 1] as number) > number; at--) {
      numbers[at] = numbers[at - 1] as number;
      indices[at] = indices[at - 1] as number;
    }
    numbers[at] = number;
    indices[at] = index;
  }
}

/** Merges the sorted runs [start, middle) and [middle, end) of one into the other; of equals the first run's go first. */
function merge(from: Indexed, to: Indexed, start: number, middle: number, end: number): void {
  const { numbers, indices } = from;
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const k = right === end || (left < middle && (numbers[left] as number) <= (numbers[right] as number)) ? left++ : right++;
    to.numbers[at] = numbers[k] as number;
    to.indices[at] = indices[k] as number;
  }
}

/**
 * The indices that sort some entries in increasing order; equal ones keep their order, 0 and −0 among them, and NaN comes last.
 */
export function increasingOrder(entries: Float64Array): Int32Array {
  const { length } = entries;
  let sorted: Indexed = { numbers: new Float64Array(length), indices: new Int32Array(length) };
  let count = 0;
  for (let k = 0; k < length; k++) {
    if (Number.isNaN(entries[k])) continue;
    sorted.numbers[count] = entries[k] as number;
    sorted.indices[count++] = k;
  }
  for (let start = 0; start < count; start += shortest) insert(sorted, start, Math.min(start + shortest, count));
  if (count > shortest) {
    let spare: Indexed = { numbers: new Float64Array(count), indices: new Int32Array(length) };
    for (let width = shortest; width < count; width *= 2) {
      for (let start = 0; start < count; start += 2 * width) {
        merge(sorted, spare, start, Math.min(start + width, count), Math.min(start + 2 * width, count));
      }
      [sorted, spare] = [spare, sorted];
    }
  }
  const { indices } = sorted;
  if (count < length) for (let k = 0; k < length; k++) if (Number.isNaN(entries[k])) indices[count++] = k;
  return indices;
}

/** As `increasingOrder`, from the largest to the smallest: equal entries keep their order, and NaN comes first. */
export function decreasingOrder(entries: Float64Array): Int32Array {
  const increasing = increasingOrder(entries);
  const order = new Int32Array(increasing.length);
  for (let end = increasing.length, n = 0; end > 0; ) {
    const value = entries[increasing[end - 1] as number] as number;
    let start = end - 1;
    while (start > 0 && !precedes(entries[increasing[start - 1] as number] as number, value)) start--;
    for (let k = start; k < end; k++) order[n++] = increasing[k] as number;
    end = start;
  }
  return order;
}

/** The first `count` indices of `increasingOrder`, or of `decreasingOrder`; only those are put in order. */
export function leadingOrder(entries: Float64Array, count: number, descending: boolean): Int32Array {
  const orderOf = descending ? decreasingOrder : increasingOrder;
  const { length } = entries;
  if (count === 0 || count === length) return orderOf(entries).subarray(0, count);
  const last = entries.slice().sort()[descending ? length - count : count - 1] as number;
  const better = (entry: number): boolean => (descending ? precedes(last, entry) : precedes(entry, last));
  let equals = count;
  for (let k = 0; k < length; k++) if (better(entries[k] as number)) equals--;
  const chosen = new Int32Array(count);
  for (let k = 0, n = 0; n < count; k++) {
    const entry = entries[k] as number;
    if (better(entry) || (!precedes(entry, last) && !precedes(last, entry) && equals-- > 0)) chosen[n++] = k;
  }
  return orderOf(Float64Array.from(chosen, (k) => entries[k] as number)).map((n) => chosen[n] as number);
}
