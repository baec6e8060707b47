import { type Bidiagonal, toBidiagonal } from "./bidiagonal.js";
import { exchange, hypotenuse, rotate } from "./reflections.js";

/** x = u diag(s) vᵀ. */
export interface ColumnsSvd {
  readonly u: readonly Float64Array[];
  /** Descending, not negative. */
  readonly s: Float64Array;
  readonly v: readonly Float64Array[];
}

/**
 * The thin singular value decomposition, by QR steps with implicit shifts on the bidiagonal form; signs are as they come.
 * @param columns of x, not longer than there are rows, at least one, all finite; they are overwritten
 * Source: G. H. Golub, C. Reinsch, "Singular value decomposition and least squares solutions", Numer. Math. 14 (1970); the order of the
 *   operations is that of LINPACK and JAMA (public domain).
 */
export function singularValues(columns: readonly Float64Array[]): ColumnsSvd {
  const form = toBidiagonal(columns);
  // Below the end all is diagonal. From `start` to the end no number beside the diagonal is 0.
  for (let end = columns.length; end > 0; ) {
    const start = splitBefore(form, end);
    if (start === end - 1) {
      sortIn(form, start);
      end--;
      continue;
    }
    const zero = zeroBetween(form, start, end);
    if (zero === end - 1) chase(form, form.v, zero, start - 1, -1);
    else if (zero >= start) chase(form, form.u, zero, end, 1);
    else step(form, start, end);
  }
  return form;
}

/** Where the last block without a 0 beside the diagonal begins; what is next to nothing becomes 0. */
function splitBefore({ s, e }: Bidiagonal, end: number): number {
  for (let k = end - 2; k >= 0; k--) {
    const small = Number.MIN_VALUE + Number.EPSILON * Math.abs((s[k] as number) + Math.abs(s[k + 1] as number));
    if (Math.abs(e[k] as number) <= small || Number.isNaN(e[k])) {
      e[k] = 0;
      return k + 1;
    }
  }
  return 0;
}

/** The last place of the block at which the diagonal is next to nothing, and becomes 0; −1 where there is none. */
function zeroBetween({ s, e }: Bidiagonal, start: number, end: number): number {
  for (let k = end - 1; k >= start; k--) {
    const beside = Math.abs(e[k] as number) + (k !== start ? Math.abs(e[k - 1] as number) : 0);
    if (Math.abs(s[k] as number) <= Number.EPSILON * beside) {
      s[k] = 0;
      return k;
    }
  }
  return -1;
}

/**
 * Number `zero` of the diagonal is 0: rotates what stands beside it away, up to before number `stop`. Upwards that is the number above it and
 * turns v; downwards it is the one on its right, and turns u.
 */
function chase({ s, e }: Bidiagonal, columns: readonly Float64Array[], zero: number, stop: number, step: 1 | -1): void {
  const beside = Math.min(0, step);
  let f = e[zero + beside] as number;
  e[zero + beside] = 0;
  for (let j = zero + step; j !== stop; j += step) {
    const t = hypotenuse(s[j] as number, f);
    const c = (s[j] as number) / t;
    const sn = f / t;
    s[j] = t;
    // What lies beyond the block is 0.
    const next = e[j + beside] ?? 0;
    f = -sn * next;
    e[j + beside] = c * next;
    rotate(columns[j] as Float64Array, columns[zero] as Float64Array, c, sn);
  }
}

/** One QR step with the eigenvalue of the last two rows as shift. */
function step({ s, e, u, v }: Bidiagonal, start: number, end: number): void {
  const rows = (u[0] as Float64Array).length;
  let [f, g] = shifted(s, e, start, end);
  for (let j = start; j < end - 1; j++) {
    let t = hypotenuse(f, g) || Number.MIN_VALUE;
    let c = f / t;
    let sn = g / t;
    if (j !== start) e[j - 1] = t;
    f = c * (s[j] as number) + sn * (e[j] as number);
    e[j] = c * (e[j] as number) - sn * (s[j] as number);
    g = sn * (s[j + 1] as number);
    s[j + 1] = c * (s[j + 1] as number);
    rotate(v[j] as Float64Array, v[j + 1] as Float64Array, c, sn);
    t = hypotenuse(f, g) || Number.MIN_VALUE;
    c = f / t;
    sn = g / t;
    s[j] = t;
    f = c * (e[j] as number) + sn * (s[j + 1] as number);
    s[j + 1] = -sn * (e[j] as number) + c * (s[j + 1] as number);
    g = sn * (e[j + 1] as number);
    e[j + 1] = c * (e[j + 1] as number);
    if (j < rows - 1) rotate(u[j] as Float64Array, u[j + 1] as Float64Array, c, sn);
  }
  e[end - 2] = f;
}

/** What the first rotation of a step takes apart. */
function shifted(s: Float64Array, e: Float64Array, start: number, end: number): [f: number, g: number] {
  const [last, before, beside] = [s[end - 1] as number, s[end - 2] as number, e[end - 2] as number];
  const [first, next] = [s[start] as number, e[start] as number];
  const scale = Math.max(Math.abs(last), Math.abs(before), Math.abs(beside), Math.abs(first), Math.abs(next));
  const sp = last / scale;
  const spm1 = before / scale;
  const epm1 = beside / scale;
  const sk = first / scale;
  const b = ((spm1 + sp) * (spm1 - sp) + epm1 * epm1) / 2;
  const c = sp * epm1 * (sp * epm1);
  let shift = 0;
  if (b !== 0 || c !== 0) {
    const root = Math.sqrt(b * b + c);
    shift = c / (b + (b < 0 ? -root : root));
  }
  return [(sk + sp) * (sk - sp) + shift, sk * (next / scale)];
}

/** A singular value is there: makes it positive, and brings it to its place. */
function sortIn({ s, u, v }: Bidiagonal, at: number): void {
  if ((s[at] as number) <= 0) {
    s[at] = Math.abs(s[at] as number);
    const column = v[at] as Float64Array;
    for (let i = 0; i < column.length; i++) column[i] = -(column[i] as number);
  }
  for (let k = at; k + 1 < s.length && (s[k] as number) < (s[k + 1] as number); k++) {
    const value = s[k] as number;
    s[k] = s[k + 1] as number;
    s[k + 1] = value;
    exchange(u, k, k + 1);
    exchange(v, k, k + 1);
  }
}
