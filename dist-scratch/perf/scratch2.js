import { ReverseLevel } from "../lib/reverse/reverse-level.js";
import { Tape } from "../lib/reverse/tape.js";
import { Sweep } from "../lib/reverse/sweep.js";
import { rowMajor } from "../lib/nd/index.js";
import { highestLevel, resolve, ruleOf } from "../lib/core/index.js";
import { sum } from "../rules/reductions.js";
const x = rowMajor(Float64Array.from({ length: 10000 }, (_, i) => Math.sin(i)), [100, 100]);
const time = (name, n, f, per = 1) => { const ts = []; for (let r = 0; r < 21; r++) {
    const t = process.hrtime.bigint();
    for (let i = 0; i < n; i++)
        f();
    ts.push(Number(process.hrtime.bigint() - t) / n / per);
} ts.sort((a, b) => a - b); console.log(name, ts[10].toFixed(1), "ns"); return ts[10]; };
const rule = ruleOf(sum);
time("views only", 100, () => { let s = 0; for (let k = 0; k < 1700; k++)
    s += x.lo(3, k % 90).hi(3, 2).offset; return s; }, 1700);
const tape = new Tape();
const level = new ReverseLevel(undefined, tape);
const xt = level.lift(x);
time("traced views only", 100, () => { let s = 0; for (let k = 0; k < 1700; k++)
    s += xt.lo(3, k % 90).hi(3, 2).offset; return s; }, 1700);
const v = xt.lo(3, 4).hi(3, 2);
const pv = level.lower(v);
time("plain sum", 100, () => { let s = 0; for (let k = 0; k < 1700; k++)
    s += sum(pv); return s; }, 1700);
time("highestLevel", 100, () => { let s = 0; for (let k = 0; k < 1700; k++)
    s += highestLevel([v]).id; return s; }, 1700);
time("pin+lower", 100, () => { let s = 0; for (let k = 0; k < 1700; k++)
    s += level.lower(level.pin(v)).offset; return s; }, 1700);
time("rrule", 100, () => { let s = 0; for (let k = 0; k < 1700; k++)
    s += resolve(rule, undefined).rrule(pv)[0]; return s; }, 1700);
time("apply", 100, () => { let s = 0; tape.clear(); for (let k = 0; k < 1700; k++)
    s += level.apply(rule, [v]).slot; return s; }, 1700);
time("sum traced", 100, () => { let s = 0; tape.clear(); for (let k = 0; k < 1700; k++)
    s += sum(v).slot; return s; }, 1700);
{
    const t2 = new Tape();
    const l2 = new ReverseLevel(undefined, t2);
    const x2 = l2.lift(x);
    const outs = [];
    for (let k = 0; k < 1700; k++)
        outs.push(sum(x2.lo(3, k % 90).hi(3, 2)));
    time("sweep", 100, () => { const s = new Sweep(l2, new Float64Array(t2.size)); for (const o of outs)
        s.receive(o, 1); s.run(); return s; }, 1700);
}
time("apply, records dropped", 100, () => { let s = 0; for (let k = 0; k < 1700; k++) {
    if (k % 10 === 0)
        tape.clear();
    s += level.apply(rule, [v]).slot;
} return s; }, 1700);
{
    const o = [];
    const { rrule } = resolve(rule, undefined);
    time("rrule kept", 100, () => { o.length = 0; let s = 0; for (let k = 0; k < 1700; k++) {
        const r = rrule(pv);
        o.push(r[1]);
        s += r[0];
    } return s; }, 1700);
    time("views kept", 100, () => { o.length = 0; let s = 0; for (let k = 0; k < 1700; k++) {
        o.push(xt.lo(3, k % 90).hi(3, 2));
    } return s; }, 1700);
    time("empty obj kept", 100, () => { o.length = 0; let s = 0; for (let k = 0; k < 1700; k++) {
        o.push({ a: k, b: k });
    } return s; }, 1700);
}
