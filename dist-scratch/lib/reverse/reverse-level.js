import { Level, NotTraceableError, TracedScalar, checkedPair, elementsOf, endedError, flatten, fromElements, isDifferentiable, isStructure, levelOf, mapStructure, onMemory, onStore, resolve, storeOf, } from "../core/index.js";
import { allocate, floatDType, isNdArray } from "../nd/index.js";
import { LEAF, Tape } from "./tape.js";
import { Traced, TracedStore } from "./traced.js";
const READ_ONLY = "set: this array is an input of the function that is differentiated, and read-only inside it; write into copy(x) instead";
/** A reverse-mode differentiation call: records onto its tape. */
export class ReverseLevel extends Level {
    tape;
    constructor(ad, tape) {
        super(ad);
        this.tape = tape;
    }
    unary(y, x, px) {
        if (this.ended)
            throw endedError();
        const { tape } = this;
        const slot = tape.size;
        if (slot === tape.capacity)
            tape.grow(1);
        tape.size = slot + 1;
        const { parents } = tape;
        parents[2 * slot] = x.slot;
        parents[2 * slot + 1] = LEAF;
        tape.partials[2 * slot] = px;
        return new Traced(this, y, slot);
    }
    binary(y, a, pa, b, pb) {
        if (this.ended)
            throw endedError();
        const { tape } = this;
        const slot = tape.size;
        if (slot === tape.capacity)
            tape.grow(1);
        tape.size = slot + 1;
        const { parents, partials } = tape;
        parents[2 * slot] = a.slot;
        parents[2 * slot + 1] = b.slot;
        partials[2 * slot] = pa;
        partials[2 * slot + 1] = pb;
        return new Traced(this, y, slot);
    }
    total(y, x, weight) {
        if (this.ended)
            throw endedError();
        return new Traced(this, y, this.tape.total(x, weight));
    }
    apply(rule, args) {
        if (rule.stepsAside?.(...args))
            return rule.primal(...args);
        const pinned = new Array(args.length);
        const primals = new Array(args.length);
        for (let k = 0; k < args.length; k++) {
            const arg = args[k];
            const store = typeof arg === "object" && arg !== null ? storeOf(arg) : undefined;
            if (store !== undefined && store.level === this && store.elements === undefined) {
                const { shape, stride, offset } = arg;
                pinned[k] = arg;
                primals[k] = onMemory(store.primal, shape, stride, offset);
            }
            else {
                pinned[k] = this.pin(arg);
                primals[k] = this.lower(pinned[k]);
            }
        }
        const [y, pullback] = checkedPair(rule, "rrule", resolve(rule, this.ad).rrule(...primals));
        if (rule.definer === "nonDifferentiable")
            return y;
        const record = { rule, args: pinned, output: undefined, pullback: pullback };
        const slot = this.tape.record(record);
        record.output = this.#wrap(rule, y, slot);
        return record.output;
    }
    gather(elements, shape, dtype) {
        if (this.ended)
            throw endedError();
        const slots = new Int32Array(elements.length).fill(LEAF);
        const numbers = allocate(dtype, elements.length);
        let plain = true;
        for (let k = 0; k < elements.length; k++) {
            const element = elements[k];
            let below = element;
            if (element instanceof Traced && element.level === this) {
                slots[k] = element.slot;
                below = element.primal;
            }
            if (typeof below === "number")
                numbers[k] = below;
            else
                plain = false;
        }
        const memory = plain ? numbers : flatten(fromElements(elements.map((e) => this.lower(e)), shape, dtype));
        return this.#array(memory, shape, dtype, slots);
    }
    /** A value as an input of the traced function: numbers get slots, arrays a store, structures part by part; the rest stays. */
    lift(x) {
        return mapStructure((leaf) => {
            if (typeof leaf === "number" || leaf instanceof TracedScalar)
                return new Traced(this, leaf, this.tape.leaf());
            if (!isNdArray(leaf) || !isDifferentiable(leaf))
                return leaf;
            return this.#array(flatten(leaf), leaf.shape, kindOf(leaf), undefined, READ_ONLY);
        }, x);
    }
    /** The value as it is now: a writable array's entries are gathered, so that later writes do not reach earlier operations. */
    pin(x) {
        if (typeof x === "number" || x instanceof TracedScalar)
            return x;
        if (typeof x !== "object" || x === null)
            return isStructure(x) ? this.#each(x, "pin") : x;
        const store = storeOf(x);
        if (store !== undefined) {
            if (store.elements === undefined)
                return x;
            const { shape } = x;
            return store.highest === this ? this.gather(elementsOf(x), shape, store.dtype) : fromElements(elementsOf(x), shape, store.dtype);
        }
        return this.#each(x, "pin");
    }
    /** The pinned value without this level. */
    lower(x) {
        if (typeof x === "number")
            return x;
        if (x instanceof TracedScalar)
            return x.level === this ? x.primal : x;
        if (typeof x !== "object" || x === null)
            return isStructure(x) ? this.#each(x, "lower") : x;
        const store = storeOf(x);
        if (store !== undefined) {
            const view = x;
            return store.level === this ? onMemory(store.primal, view.shape, view.stride, view.offset) : x;
        }
        return this.#each(x, "lower");
    }
    /** Pins or lowers the parts of a structure; one without traced values stays as it is. */
    #each(x, act) {
        return levelOf(x) === undefined ? x : mapStructure((leaf) => this[act](leaf), x);
    }
    /** A rule's result as values of this level; `slot` is where its record is run, and the slot of a result that is one number. */
    #wrap(rule, y, slot) {
        if (typeof y === "number")
            return new Traced(this, y, slot);
        if (levelOf(y) === this) {
            throw new NotTraceableError(`${rule.name}: a function it was handed closes over a traced value of the call that is running; pass that value as an argument`);
        }
        if (y instanceof TracedScalar)
            return new Traced(this, y, slot);
        return mapStructure((leaf) => {
            if (typeof leaf === "number" || leaf instanceof TracedScalar)
                return new Traced(this, leaf, this.tape.leaf());
            if (!isNdArray(leaf) || !isDifferentiable(leaf))
                return leaf;
            return this.#array(flatten(leaf), leaf.shape, kindOf(leaf), undefined);
        }, y);
    }
    #array(primal, shape, dtype, slots, readOnly = "") {
        return onStore(new TracedStore({ level: this, tape: this.tape, primal, dtype, readOnly, slots }), shape);
    }
}
function kindOf(x) {
    return storeOf(x)?.dtype ?? floatDType(x.dtype);
}
