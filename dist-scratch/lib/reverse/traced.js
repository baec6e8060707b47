import { DifferentiableStore, TracedScalar, endedError, outside } from "../core/index.js";
/** A number with a slot on the tape of its level. */
export class Traced extends TracedScalar {
    constructor(level, primal, slot) {
        super();
        this.level = level;
        this.primal = primal;
        this.slot = slot;
    }
}
/**
 * The store of a traced array. Its cotangent is kept by the sweep under `node`; entries that the program reads one by one get slots of
 * their own, in one block that is reserved at the first `get`.
 */
export class TracedStore extends DifferentiableStore {
    level;
    primal;
    readOnly;
    tape;
    node;
    slots;
    numbers;
    outer;
    base = -1;
    constructor(parts) {
        super(parts.primal.length, parts.dtype);
        this.level = parts.level;
        this.tape = parts.tape;
        this.primal = parts.primal;
        this.readOnly = parts.readOnly;
        this.slots = parts.slots;
        this.node = parts.slots === undefined ? parts.tape.arrays.push(this) - 1 : -1;
        this.numbers = parts.primal instanceof DifferentiableStore ? undefined : parts.primal;
        this.outer = parts.primal instanceof DifferentiableStore ? parts.primal : undefined;
    }
    get(index) {
        if (this.elements !== undefined) {
            const element = this.elements[index];
            if (element === undefined)
                throw outside(index, this.length);
            return element;
        }
        const value = this.numbers !== undefined ? this.numbers[index] : this.outer.get(index);
        if (value === undefined)
            throw outside(index, this.length);
        if (this.slots !== undefined) {
            const slot = this.slots[index];
            return slot < 0 ? value : new Traced(this.level, value, slot);
        }
        if (this.base < 0) {
            if (this.level.ended)
                throw endedError();
            this.base = this.tape.block(this.node, this.length);
        }
        return new Traced(this.level, value, this.base + index);
    }
}
