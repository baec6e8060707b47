import { Inplaceable, NotImplemented, TracedScalar, ZeroTangent, add, broadcastTo, checkedCotangents, elementsOf, flatten, fromElements, isStructure, isZero, mapTangents, onMemory, project, scale, storeOf, unthunk, } from "../core/index.js";
import { fillsStore, forEachPosition, isNdArray, isRowMajor, sameShape, zerosOf } from "../nd/index.js";
import { ArrayCotangents } from "./cotangents.js";
import { BLOCK, FIRST_RECORD, LEAF, TOTAL } from "./tape.js";
import { Traced, TracedStore } from "./traced.js";
/**
 * One walk from the end of a tape to its start. All of its state is its own, so walks over one tape may be repeated and interleaved.
 * It runs on plain numbers until a traced cotangent turns up (an outer level, a traced seed), and on scalars from there.
 */
export class Sweep {
    level;
    tape;
    arrays = new ArrayCotangents();
    numbers;
    scalars = undefined;
    /** The rule and the argument whose cotangent is being received, for messages. */
    rule = undefined;
    argument = 0;
    /** @param numbers zeros, at least one for each slot */
    constructor(level, numbers) {
        this.level = level;
        this.tape = level.tape;
        this.numbers = numbers;
    }
    /** Walks the tape after the outputs were seeded with `receive`. */
    run() {
        const rest = this.runNumbers();
        if (this.scalars !== undefined)
            this.runScalars(rest, this.scalars);
    }
    where = () => (this.rule === undefined ? "pullback: ybar" : `${this.rule.name}: cotangent of argument ${this.argument}`);
    /** Adds a cotangent to a pinned value; parts that are not of this level take none. */
    receive(target, cotangent) {
        if (isZero(cotangent))
            return;
        if (target instanceof Traced) {
            if (target.level !== this.level)
                return;
            if (typeof cotangent === "number" && this.scalars === undefined)
                this.numbers[target.slot] += cotangent;
            else
                this.receiveNumber(target.slot, project(0, cotangent, this.where));
            return;
        }
        if (typeof target === "number" || target === null)
            return;
        const store = typeof target === "object" ? storeOf(target) : undefined;
        if (store !== undefined) {
            if (store.level === this.level)
                this.receiveArray(target, store, cotangent);
            return;
        }
        if (!isStructure(target))
            return;
        const projected = project(target, cotangent, this.where);
        if (isZero(projected))
            return;
        if (projected instanceof NotImplemented)
            throw projected.error();
        mapTangents((leaf, part) => this.receive(leaf, part), target, projected);
    }
    /** What an input has received, of the input's own structure; arrays are fresh. */
    read(input, lifted) {
        return mapTangents((_, leaf) => this.readLeaf(leaf), input, lifted);
    }
    readLeaf(leaf) {
        if (leaf instanceof Traced && leaf.level === this.level)
            return this.scalars?.[leaf.slot] ?? this.numbers[leaf.slot] ?? 0;
        const store = isNdArray(leaf) ? storeOf(leaf) : undefined;
        if (!(store instanceof TracedStore) || store.level !== this.level)
            return undefined;
        return this.arrays.read(store.node, leaf.shape, store.dtype);
    }
    runNumbers() {
        const { parents, partials } = this.tape;
        const bars = this.numbers;
        for (let slot = this.tape.size - 1; slot >= 0; slot--) {
            const first = parents[2 * slot];
            if (first >= 0) {
                const ybar = bars[slot];
                if (ybar === 0)
                    continue;
                const p = partials[2 * slot];
                if (p !== 0)
                    bars[first] += p * ybar;
                const second = parents[2 * slot + 1];
                if (second >= 0) {
                    const q = partials[2 * slot + 1];
                    if (q !== 0)
                        bars[second] += q * ybar;
                }
            }
            else if (first === BLOCK) {
                const base = parents[2 * slot + 1];
                this.flushNumbers(slot, base);
                slot = base;
            }
            else if (first === TOTAL) {
                const ybar = bars[slot];
                if (ybar !== 0)
                    this.receiveTotal(this.tape.totals[parents[2 * slot + 1]], partials[2 * slot] * ybar);
                if (this.scalars !== undefined)
                    return slot - 1;
            }
            else if (first <= FIRST_RECORD) {
                this.runRecord(this.tape.records[FIRST_RECORD - first]);
                if (this.scalars !== undefined)
                    return slot - 1;
            }
        }
        return -1;
    }
    runScalars(from, bars) {
        const { parents, partials } = this.tape;
        for (let slot = from; slot >= 0; slot--) {
            const first = parents[2 * slot];
            if (first >= 0) {
                const ybar = bars[slot];
                if (ybar === 0)
                    continue;
                bars[first] = add(bars[first], scale(partials[2 * slot], ybar));
                const second = parents[2 * slot + 1];
                if (second >= 0)
                    bars[second] = add(bars[second], scale(partials[2 * slot + 1], ybar));
            }
            else if (first === BLOCK) {
                const base = parents[2 * slot + 1];
                const entries = bars.slice(base, slot);
                const node = partials[2 * slot];
                const { dtype } = this.tape.arrays[node];
                if (entries.some((entry) => entry !== 0))
                    this.arrays.addFlat(node, fromElements(entries, [entries.length], dtype));
                slot = base;
            }
            else if (first === TOTAL) {
                const view = this.tape.totals[parents[2 * slot + 1]];
                const ybar = scale(partials[2 * slot], bars[slot]);
                if (ybar !== 0)
                    this.receive(view, broadcastTo(ybar, view.shape));
            }
            else if (first <= FIRST_RECORD) {
                this.runRecord(this.tape.records[FIRST_RECORD - first]);
            }
        }
    }
    /** Adds one plain number to every entry of a view. */
    receiveTotal(view, ybar) {
        const store = storeOf(view);
        if (store.slots === undefined && this.arrays.isPlain(store.node))
            this.arrays.addNumber(view, store, ybar);
        else
            this.receive(view, broadcastTo(ybar, view.shape));
    }
    runRecord(record) {
        const ybar = this.take(record.output);
        if (ybar === ZeroTangent)
            return;
        const { rule, args } = record;
        const xbars = checkedCotangents(rule, args, record.pullback(ybar));
        for (let k = 0; k < args.length; k++) {
            const xbar = xbars[k + 1];
            if (isZero(xbar))
                continue;
            this.rule = rule;
            this.argument = k + 1;
            this.receive(args[k], xbar);
        }
    }
    /** The cotangent that an output has received, `ZeroTangent` when none; an array's is forgotten here, nothing before it needs it. */
    take(output) {
        if (output instanceof Traced) {
            const ybar = this.scalars === undefined ? this.numbers[output.slot] : this.scalars[output.slot];
            return ybar === 0 ? ZeroTangent : ybar;
        }
        if (isNdArray(output)) {
            const store = storeOf(output);
            const received = store instanceof TracedStore ? this.arrays.take(store.node) : undefined;
            return received === undefined ? ZeroTangent : onMemory(flatten(received), output.shape, output.stride, output.offset);
        }
        if (!isStructure(output))
            return ZeroTangent;
        let some = false;
        const parts = mapTangents((leaf) => {
            const part = this.take(leaf);
            if (part !== ZeroTangent)
                some = true;
            return part;
        }, output);
        return some ? mapTangents((leaf, part) => realizePart(leaf, part), output, parts) : ZeroTangent;
    }
    receiveNumber(slot, cotangent) {
        if (cotangent instanceof NotImplemented)
            throw cotangent.error();
        if (this.scalars === undefined) {
            if (typeof cotangent === "number") {
                this.numbers[slot] += cotangent;
                return;
            }
            this.scalars = Array.from(this.numbers.subarray(0, this.tape.size));
        }
        this.scalars[slot] = add(this.scalars[slot], cotangent);
    }
    receiveArray(view, store, cotangent) {
        if (cotangent instanceof Inplaceable && store.slots === undefined && this.arrays.isPlain(store.node)) {
            this.arrays.addInplace(view, store, cotangent);
            return;
        }
        const fitted = this.fitted(view, cotangent);
        if (isZero(fitted))
            return;
        if (store.slots === undefined) {
            this.arrays.add(view, store, fitted);
            return;
        }
        this.receiveSlots(view, store.slots, fitted);
    }
    /** Hands the entries of a cotangent to the scalars that an array was gathered from. */
    receiveSlots(view, slots, cotangent) {
        if (this.scalars === undefined && storeOf(cotangent) === undefined && fillsStore(cotangent) && view.size === slots.length && isRowMajor(view.shape, view.stride)) {
            const entries = cotangent.data;
            const bars = this.numbers;
            for (let k = 0; k < slots.length; k++) {
                const slot = slots[k];
                if (slot !== LEAF)
                    bars[slot] += entries[k];
            }
            return;
        }
        const entries = elementsOf(cotangent);
        let n = 0;
        forEachPosition(view, (at) => {
            const slot = slots[at];
            if (slot !== LEAF)
                this.receiveNumber(slot, entries[n]);
            n++;
        });
    }
    /** A cotangent of exactly the view's shape. */
    fitted(view, cotangent) {
        const value = unthunk(cotangent);
        if (isNdArray(value) && sameShape(value.shape, view.shape) && (value.dtype !== "generic" || storeOf(value) !== undefined))
            return value;
        const projected = project(view, value, this.where);
        if (projected instanceof NotImplemented)
            throw projected.error();
        return projected;
    }
    /** Hands the cotangents of an array's entries, read one by one, to the array. */
    flushNumbers(slot, base) {
        const bars = this.numbers;
        let touched = false;
        for (let k = base; k < slot && !touched; k++)
            touched = bars[k] !== 0;
        if (!touched)
            return;
        const node = this.tape.partials[2 * slot];
        this.arrays.addBlock(this.tape.arrays[node], bars.subarray(base, slot));
    }
}
function realizePart(leaf, part) {
    if (part !== ZeroTangent)
        return part;
    if (leaf instanceof TracedScalar)
        return 0;
    const store = isNdArray(leaf) ? storeOf(leaf) : undefined;
    return store === undefined ? ZeroTangent : zerosOf(leaf.shape, store.dtype);
}
