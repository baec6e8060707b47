/** Whether a stands before b in increasing order, NaN after all numbers. */
function precedes(a: number, b: number): boolean {
  return a < b || (Number.isNaN(b) && !Number.isNaN(a));
}

/** How many sorted entries stand before all that equal `entry`. */
function countBefore(sorted: Float64Array, entry: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (precedes(sorted[middle] as number, entry)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The indices that sort some entries in increasing order; equal ones keep their order, 0 and −0 among them, and NaN comes last. The values
 * are sorted by themselves, which takes no comparisons written in JavaScript; each entry then finds the place of its equals.
 */
export function increasingOrder(entries: Float64Array): Int32Array {
  const sorted = entries.slice().sort();
  const placed = new Int32Array(entries.length);
  const order = new Int32Array(entries.length);
  for (let k = 0; k < entries.length; k++) {
    const first = countBefore(sorted, entries[k] as number);
    order[first + (placed[first] as number)++] = k;
  }
  return order;
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
