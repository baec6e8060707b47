/** Whether a stands before b in increasing order, NaN after all numbers. */
function precedes(a: number, b: number): boolean {
  return a < b || (Number.isNaN(b) && !Number.isNaN(a));
}

/** Numbers in order, and the index that each of them had. Only the first ones count: there may be room for more. */
export interface Ranked {
  readonly numbers: Float64Array;
  readonly indices: Int32Array;
}

function roomFor(length: number): Ranked {
  return { numbers: new Float64Array(length), indices: new Int32Array(length) };
}

/** Lines of up to this length are sorted in memory that is kept: making it anew for each costs more than sorting ten numbers. */
const keptLength = 4096;
const first = roomFor(keptLength);
const second = roomFor(keptLength);

const shortest = 8;

/** Sorts the entries from start to end by insertion. */
function insert({ numbers, indices }: Ranked, start: number, end: number): void {
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
function merge(from: Ranked, to: Ranked, start: number, middle: number, end: number): void {
  const { numbers, indices } = from;
  const { numbers: toNumbers, indices: toIndices } = to;
  let left = start;
  let right = middle;
  let at = start;
  while (left < middle && right < end) {
    const a = numbers[left] as number;
    const b = numbers[right] as number;
    if (a <= b) {
      toNumbers[at] = a;
      toIndices[at++] = indices[left++] as number;
    } else {
      toNumbers[at] = b;
      toIndices[at++] = indices[right++] as number;
    }
  }
  for (; left < middle; at++, left++) {
    toNumbers[at] = numbers[left] as number;
    toIndices[at] = indices[left] as number;
  }
  for (; right < end; at++, right++) {
    toNumbers[at] = numbers[right] as number;
    toIndices[at] = indices[right] as number;
  }
}

/**
 * `length` entries from `start` on, in increasing order; equal ones keep their order, 0 and −0 among them, and NaN comes last. The result
 * is good until the next call.
 */
export function increasing(entries: Float64Array, start: number, length: number): Ranked {
  const small = length <= keptLength;
  let sorted = small ? first : roomFor(length);
  const { numbers, indices } = sorted;
  let count = 0;
  for (let k = 0; k < length; k++) {
    const entry = entries[start + k] as number;
    if (Number.isNaN(entry)) continue;
    numbers[count] = entry;
    indices[count++] = k;
  }
  for (let from = 0; from < count; from += shortest) insert(sorted, from, Math.min(from + shortest, count));
  if (count > shortest) {
    let spare = small ? second : roomFor(length);
    for (let width = shortest; width < count; width *= 2) {
      for (let from = 0; from < count; from += 2 * width)
        merge(sorted, spare, from, Math.min(from + width, count), Math.min(from + 2 * width, count));
      const swapped = sorted;
      sorted = spare;
      spare = swapped;
    }
  }
  for (let k = 0; count < length; k++) {
    if (!Number.isNaN(entries[start + k])) continue;
    sorted.numbers[count] = Number.NaN;
    sorted.indices[count++] = k;
  }
  return sorted;
}

/** As `increasing`, from the largest to the smallest: equal entries keep their order, and NaN comes first. */
export function decreasing(entries: Float64Array, start: number, length: number): Ranked {
  const { numbers, indices } = increasing(entries, start, length);
  const reversed = numbers === first.numbers ? second : length <= keptLength ? first : roomFor(length);
  for (let end = length, n = 0; end > 0; ) {
    const value = numbers[end - 1] as number;
    let from = end - 1;
    while (from > 0 && !precedes(numbers[from - 1] as number, value)) from--;
    for (let k = from; k < end; k++, n++) {
      reversed.numbers[n] = numbers[k] as number;
      reversed.indices[n] = indices[k] as number;
    }
    end = from;
  }
  return reversed;
}

/** The indices that sort all entries in increasing order. */
export function increasingOrder(entries: Float64Array): Int32Array {
  return increasing(entries, 0, entries.length).indices.slice(0, entries.length);
}

/** The indices that sort all entries in decreasing order. */
export function decreasingOrder(entries: Float64Array): Int32Array {
  return decreasing(entries, 0, entries.length).indices.slice(0, entries.length);
}

/** The first `count` indices of `increasing`, or of `decreasing`; only those are put in order. */
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
  const few = Float64Array.from(chosen, (k) => entries[k] as number);
  return orderOf(few).map((n) => chosen[n] as number);
}
