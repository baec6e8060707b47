import { Level, NoTangent, NotTraceableError, TangentError, TracedScalar, ZeroTangent, add, broadcastTo, cast, checkedPair, describe, elementsOf, endedError, fieldOf, flatten, fromElements, isDifferentiable, isStructure, isZero, levelOf, mapStructure, mapTangents, NotImplemented, onMemory, onStore, project, realize, resolve, scale, storeOf, sumTo, unthunk, } from "../core/index.js";
import { broadcastsTo, floatDType, formatShape, isNdArray, sameShape } from "../nd/index.js";
import { Dual, DualStore } from "./dual.js";
const READ_ONLY = "set: this array is an input of the function that is differentiated, and read-only inside it; write into copy(x) instead";
/** A forward-mode differentiation call: every value carries its tangent along. */
export class ForwardLevel extends Level {
    constructor(ad) {
        super(ad);
    }
    unary(y, x, px) {
        if (this.ended)
            throw endedError();
        return new Dual(this, y, scale(px, x.tangent));
    }
    binary(y, a, pa, b, pb) {
        if (this.ended)
            throw endedError();
        return new Dual(this, y, add(scale(pa, a.tangent), scale(pb, b.tangent)));
    }
    total(y, x, weight) {
        if (this.ended)
            throw endedError();
        return new Dual(this, y, scale(weight, sumTo(this.tangentOf(x), [])));
    }
    apply(rule, args) {
        if (rule.stepsAside?.(...args))
            return rule.primal(...args);
        const primals = new Array(args.length);
        const tangents = [NoTangent];
        for (let k = 0; k < args.length; k++) {
            const arg = this.pin(args[k]);
            primals[k] = this.lower(arg);
            const tangent = this.tangentOf(arg);
            tangents.push(tangent === ZeroTangent && rule.zeros === "real" ? realize(primals[k], ZeroTangent) : tangent);
        }
        const [y, dy] = checkedPair(rule, "frule", resolve(rule, this.ad).frule(tangents, ...primals));
        if (levelOf(y) === this) {
            throw new NotTraceableError(`${rule.name}: a function it was handed closes over a traced value of the call that is running; pass that value as an argument`);
        }
        return this.raise(y, dy, () => `${rule.name}: tangent of the result`);
    }
    gather(elements, shape, dtype) {
        if (this.ended)
            throw endedError();
        const own = (e) => e instanceof Dual && e.level === this;
        const primal = flatten(fromElements(elements.map((e) => (own(e) ? e.primal : e)), shape, dtype));
        const tangent = flatten(fromElements(elements.map((e) => (own(e) ? e.tangent : 0)), shape, dtype));
        return onStore(new DualStore(this, primal, tangent, dtype, ""), shape);
    }
    /** A value with its tangent: numbers become duals, arrays get a store, structures part by part; what does not move stays as it is. */
    raise(y, dy, who, readOnly = "") {
        const t = unthunk(dy);
        if (isZero(t))
            return y;
        if (t instanceof NotImplemented)
            throw t.error();
        if (typeof y === "number" || y instanceof TracedScalar)
            return new Dual(this, y, project(0, t, who));
        if (isNdArray(y)) {
            if (!isDifferentiable(y))
                return y;
            const array = y;
            const dtype = storeOf(array)?.dtype ?? floatDType(array.dtype);
            return onStore(new DualStore(this, flatten(array), flatten(fitted(array, t, dtype, who)), dtype, readOnly), array.shape);
        }
        if (!isStructure(y))
            return y;
        if (Array.isArray(y))
            return y.map((part, k) => this.raise(part, fieldOf(t, k), () => `${who()}[${k}]`, readOnly));
        return mapStructure((leaf, part) => this.raise(leaf, part ?? ZeroTangent, who, readOnly), y, t);
    }
    /** The value as it is now: a writable array's entries are gathered. */
    pin(x) {
        if (typeof x === "number" || x instanceof TracedScalar)
            return x;
        if (isNdArray(x)) {
            const store = storeOf(x);
            return store?.elements === undefined ? x : fromElements(elementsOf(x), x.shape, store.dtype);
        }
        return isStructure(x) && levelOf(x) !== undefined ? mapStructure((leaf) => this.pin(leaf), x) : x;
    }
    /** The pinned value without this level. */
    lower(x) {
        if (typeof x === "number")
            return x;
        if (x instanceof TracedScalar)
            return x.level === this ? x.primal : x;
        if (isNdArray(x)) {
            const store = storeOf(x);
            return store?.level === this ? onMemory(store.primal, x.shape, x.stride, x.offset) : x;
        }
        return isStructure(x) && levelOf(x) !== undefined ? mapStructure((leaf) => this.lower(leaf), x) : x;
    }
    /** The tangent of a pinned value: `ZeroTangent` for what does not move at this level, `NoTangent` for what cannot. */
    tangentOf(x) {
        if (x instanceof Dual && x.level === this)
            return x.tangent;
        if (typeof x === "number" || x instanceof TracedScalar)
            return ZeroTangent;
        if (isNdArray(x)) {
            const store = storeOf(x);
            if (store instanceof DualStore && store.level === this)
                return onMemory(store.tangent, x.shape, x.stride, x.offset);
            return isDifferentiable(x) ? ZeroTangent : NoTangent;
        }
        if (!isStructure(x))
            return NoTangent;
        if (levelOf(x) === undefined)
            return ZeroTangent;
        return mapTangents((leaf) => {
            const tangent = this.tangentOf(leaf);
            return tangent === ZeroTangent ? realize(leaf, ZeroTangent) : tangent;
        }, x);
    }
}
/** A tangent of exactly the array's shape and kind; one that broadcasts is repeated. */
function fitted(y, t, dtype, who) {
    let array;
    if (typeof t === "number" || t instanceof TracedScalar)
        array = broadcastTo(t, y.shape);
    else if (isNdArray(t)) {
        const tangent = t;
        if (sameShape(tangent.shape, y.shape))
            array = tangent;
        else if (broadcastsTo(tangent.shape, y.shape))
            array = broadcastTo(tangent, y.shape);
    }
    if (array === undefined)
        throw new TangentError(`${who()}: got ${describe(t)}, expected an array of shape ${formatShape(y.shape)}; return a tangent of y's own shape`);
    return (storeOf(array)?.dtype ?? array.dtype) === dtype ? array : cast(array, dtype);
}
/** The message of a write into an input. */
export const readOnlyInput = READ_ONLY;
