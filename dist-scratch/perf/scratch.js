import { gradient, derivative, hessian, jacobian, hvp, vhp, pushforward, similar, withGradient } from "../lib/index.js";
import { add, mul, sin } from "../rules/arithmetic.js";
import { sum } from "../rules/reductions.js";
import { rowMajor } from "../lib/nd/index.js";
console.log(gradient((x, y) => add(mul(x, x), mul(3, y)), 2, 4));
console.log(derivative((x) => derivative((y) => mul(x, sin(mul(x, y))), 2), 1.5));
const x = rowMajor(Float64Array.from({ length: 10000 }, (_, i) => Math.sin(i)), [100, 100]);
console.log(gradient((a) => sum(mul(a, a)), rowMajor(Float64Array.of(1, 2, 3), [3]))[0].data);
const rosen = (v) => { let s = 0; for (let i = 0; i + 1 < v.shape[0]; i++) {
    const a = v.get(i), b = v.get(i + 1);
    const d = add(b, mul(-1, mul(a, a)));
    const e = add(1, mul(-1, a));
    s = add(s, add(mul(100, mul(d, d)), mul(e, e)));
} return s; };
const r = rowMajor(Float64Array.of(0.5, -1, 2), [3]);
for (const mode of ["forward", "reverse"])
    console.log(hessian(rosen, r, { mode }).data);
console.log((hvp(rosen, r, rowMajor(Float64Array.of(1, 0, 0), [3]))).data, vhp(rosen, rowMajor(Float64Array.of(1, 0, 0), [3]), r).data);
const ranges = (n, k) => { const o = []; for (let i = 0; i < n; i += k)
    o.push([i, Math.min(i + k, n)]); return o; };
const R = ranges(100, 3), C = ranges(100, 2);
const poolViews = (x) => { const y = similar(x, [R.length, C.length]); R.forEach(([a, b], i) => C.forEach(([c, d], j) => y.set(i, j, sum(x.lo(a, c).hi(b - a, d - c))))); return y; };
const poolElems = (x) => { const y = similar(x, [R.length, C.length]); R.forEach(([a, b], i) => C.forEach(([c, d], j) => { let s = 0; for (let p = a; p < b; p++)
    for (let q = c; q < d; q++)
        s = add(s, x.get(p, q)); y.set(i, j, s); })); return y; };
function hand(x) {
    const y = new Float64Array(R.length * C.length);
    const xb = new Float64Array(10000);
    let t = 0;
    for (let a = 0; a < R.length; a++)
        for (let b = 0; b < C.length; b++) {
            let s = 0;
            for (let i = R[a][0]; i < R[a][1]; i++)
                for (let j = C[b][0]; j < C[b][1]; j++)
                    s += x[i * 100 + j];
            y[a * C.length + b] = s;
        }
    for (let k = 0; k < y.length; k++)
        t += y[k];
    for (let a = 0; a < R.length; a++)
        for (let b = 0; b < C.length; b++) {
            const g = 1;
            for (let i = R[a][0]; i < R[a][1]; i++)
                for (let j = C[b][0]; j < C[b][1]; j++)
                    xb[i * 100 + j] += g;
        }
    return [t, xb];
}
const time = (name, n, f, per = 1) => { const ts = []; for (let r = 0; r < 41; r++) {
    const t = process.hrtime.bigint();
    for (let i = 0; i < n; i++)
        f();
    ts.push(Number(process.hrtime.bigint() - t) / n / per);
} ts.sort((a, b) => a - b); console.log(name, ts[0].toFixed(1), "ns min", ts[20].toFixed(1), "med"); return ts[0]; };
const h = time("hand", 50, () => hand(x.data)[0]);
console.log("views", time("views", 20, () => withGradient((a) => sum(poolViews(a)), x).value) / h);
console.log("elems", time("elems", 20, () => withGradient((a) => sum(poolElems(a)), x).value) / h);
time("x2+3y", 10000, () => gradient((x, y) => add(mul(x, x), mul(3, y)), 2, 4));
const v1000 = rowMajor(Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i)), [1000]);
time("rosen per op", 20, () => gradient(rosen, v1000), 999 * 9);
const chain = (n) => (x) => { let y = x; for (let i = 0; i < n; i++)
    y = sin(y); return y; };
time("chain sin 1e5", 3, () => gradient(chain(1e5), 0.5), 1e5);
time("chain mul 1e6", 1, () => gradient((x) => { let y = x; for (let i = 0; i < 1e6; i++)
    y = mul(y, 1.0000001); return y; }, 0.5), 1e6);
time("math sin", 3, () => { let y = 0.5; for (let i = 0; i < 1e5; i++)
    y = Math.sin(y) + Math.cos(y); return y; }, 1e5);
