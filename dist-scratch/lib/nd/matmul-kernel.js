/**
 * Blocks are packed into panels that the inner loop reads from one end to the other: pairs of rows of a, depth by depth, and quadruples
 * of columns of b. A block of a (128 kB) stays in the second-level cache, a panel of b (8 kB) in the first.
 */
const blockRows = 64;
const blockDepth = 256;
const blockCols = 512;
/** Up to this many multiplications a plain triple loop beats packing. */
const plainUpTo = 256;
/** Up to this many rows of a or columns of b, products of vectors beat tiles that are mostly padding. */
const thinUpTo = 3;
/** Scratch for the packed blocks, kept between calls; it grows to 1.2 MB. */
let packA = new Float64Array(0);
let packB = new Float64Array(0);
/** Packs `count` lines of a matrix in panels of `width` lines, those past the end as zeros. */
function packPanels(into, width, data, offset, count, depth, lineStep, depthStep) {
    for (let line = 0, panel = 0; line < count; line += width, panel += width * depth) {
        for (let r = 0; r < width; r++) {
            const start = offset + (line + r) * lineStep;
            if (line + r >= count)
                for (let p = 0, to = panel + r; p < depth; p++, to += width)
                    into[to] = 0;
            else
                for (let p = 0, to = panel + r, at = start; p < depth; p++, to += width, at += depthStep)
                    into[to] = data[at];
        }
    }
}
/** out += a · b for packed blocks, in tiles of 2 × 4 entries that stay in registers. */
function multiplyPanels(out, to, width, a, b, m, k, n) {
    for (let j = 0, panel = 0; j < n; j += 4, panel += 4 * k) {
        const cols = n - j;
        for (let i = 0, p = 0; i < m; i += 2) {
            let c00 = 0;
            let c01 = 0;
            let c02 = 0;
            let c03 = 0;
            let c10 = 0;
            let c11 = 0;
            let c12 = 0;
            let c13 = 0;
            for (let end = p + 2 * k, q = panel; p < end; p += 2, q += 4) {
                const a0 = a[p];
                const a1 = a[p + 1];
                const b0 = b[q];
                const b1 = b[q + 1];
                const b2 = b[q + 2];
                const b3 = b[q + 3];
                c00 += a0 * b0;
                c01 += a0 * b1;
                c02 += a0 * b2;
                c03 += a0 * b3;
                c10 += a1 * b0;
                c11 += a1 * b1;
                c12 += a1 * b2;
                c13 += a1 * b3;
            }
            addTileRow(out, to + i * width + j, cols, c00, c01, c02, c03);
            if (i + 1 < m)
                addTileRow(out, to + (i + 1) * width + j, cols, c10, c11, c12, c13);
        }
    }
}
function addTileRow(out, at, cols, c0, c1, c2, c3) {
    out[at] += c0;
    if (cols > 1)
        out[at + 1] += c1;
    if (cols > 2)
        out[at + 2] += c2;
    if (cols > 3)
        out[at + 3] += c3;
}
function multiplyBlocks(out, to, m, k, n, a, b) {
    const depth = Math.min(k, blockDepth);
    const roomA = 2 * Math.ceil(Math.min(m, blockRows) / 2) * depth;
    const roomB = 4 * Math.ceil(Math.min(n, blockCols) / 4) * depth;
    if (packA.length < roomA)
        packA = new Float64Array(roomA);
    if (packB.length < roomB)
        packB = new Float64Array(roomB);
    for (let j = 0; j < n; j += blockCols) {
        const cols = Math.min(blockCols, n - j);
        for (let p = 0; p < k; p += blockDepth) {
            const steps = Math.min(blockDepth, k - p);
            packPanels(packB, 4, b.data, b.offset + p * b.row + j * b.col, cols, steps, b.col, b.row);
            for (let i = 0; i < m; i += blockRows) {
                const rows = Math.min(blockRows, m - i);
                packPanels(packA, 2, a.data, a.offset + i * a.row + p * a.col, rows, steps, a.row, a.col);
                multiplyPanels(out, to + i * n + j, n, packA, packB, rows, steps, cols);
            }
        }
    }
}
function multiplyPlainly(out, to, m, k, n, a, b) {
    const { data: x, col: xStep, row: xRow } = a;
    const { data: y, row: yStep, col: yCol } = b;
    for (let i = 0, t = to, xStart = a.offset; i < m; i++, xStart += xRow) {
        for (let j = 0, yStart = b.offset; j < n; j++, yStart += yCol) {
            let total = 0;
            for (let p = 0, u = xStart, v = yStart; p < k; p++, u += xStep, v += yStep)
                total += x[u] * y[v];
            out[t++] = total;
        }
    }
}
/** y += a · x, four rows at a time. */
function multiplyVectorByRows(y, m, k, a, x) {
    const { data, offset, row, col } = a;
    const { data: from, offset: start, step } = x;
    const { data: out, step: outStep } = y;
    let i = 0;
    let to = y.offset;
    for (; i + 3 < m; i += 4, to += 4 * outStep) {
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        for (let p = 0, at = offset + i * row, v = start; p < k; p++, at += col, v += step) {
            const entry = from[v];
            s0 += data[at] * entry;
            s1 += data[at + row] * entry;
            s2 += data[at + 2 * row] * entry;
            s3 += data[at + 3 * row] * entry;
        }
        out[to] += s0;
        out[to + outStep] += s1;
        out[to + 2 * outStep] += s2;
        out[to + 3 * outStep] += s3;
    }
    for (; i < m; i++, to += outStep) {
        let total = 0;
        for (let p = 0, at = offset + i * row, v = start; p < k; p++, at += col, v += step)
            total += data[at] * from[v];
        out[to] += total;
    }
}
/** y += a · x, four columns at a time: for matrices whose columns lie together. */
function multiplyVectorByCols(y, m, k, a, x) {
    const { data, offset, row, col } = a;
    const { data: from, offset: start, step } = x;
    const { data: out, offset: outStart, step: outStep } = y;
    let p = 0;
    for (; p + 3 < k; p += 4) {
        const x0 = from[start + p * step];
        const x1 = from[start + (p + 1) * step];
        const x2 = from[start + (p + 2) * step];
        const x3 = from[start + (p + 3) * step];
        for (let i = 0, at = offset + p * col, to = outStart; i < m; i++, at += row, to += outStep) {
            out[to] +=
                data[at] * x0 +
                    data[at + col] * x1 +
                    (data[at + 2 * col] * x2 + data[at + 3 * col] * x3);
        }
    }
    for (; p < k; p++) {
        const entry = from[start + p * step];
        for (let i = 0, at = offset + p * col, to = outStart; i < m; i++, at += row, to += outStep)
            out[to] += data[at] * entry;
    }
}
function multiplyVector(y, m, k, a, x) {
    if (Math.abs(a.col) <= Math.abs(a.row))
        multiplyVectorByRows(y, m, k, a, x);
    else
        multiplyVectorByCols(y, m, k, a, x);
}
function multiplyThinly(out, to, m, k, n, a, b) {
    if (n <= thinUpTo) {
        for (let j = 0; j < n; j++) {
            multiplyVector({ data: out, offset: to + j, step: n }, m, k, a, { data: b.data, offset: b.offset + j * b.col, step: b.row });
        }
        return;
    }
    const transposed = { data: b.data, offset: b.offset, row: b.col, col: b.row };
    for (let i = 0; i < m; i++) {
        multiplyVector({ data: out, offset: to + i * n, step: 1 }, n, k, transposed, {
            data: a.data,
            offset: a.offset + i * a.row,
            step: a.col,
        });
    }
}
/**
 * Writes the product of a, m × k, and b, k × n, into m · n entries of `out` from `to` on, row by row. They must be 0 before, and lie
 * outside a and b. NaN and infinities propagate as IEEE 754 says: no entry is skipped. O(m k n).
 * Source: the tiling of Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34 (2008).
 */
export function multiplyInto(out, to, m, k, n, a, b) {
    const thin = Math.min(m, n) <= thinUpTo;
    if (m * k * n <= (thin ? plainUpTo / 4 : plainUpTo))
        multiplyPlainly(out, to, m, k, n, a, b);
    else if (thin)
        multiplyThinly(out, to, m, k, n, a, b);
    else
        multiplyBlocks(out, to, m, k, n, a, b);
}
