import { DifferentiableStore, TracedScalar, outside } from "../core/index.js";
/** A number that moves: its value, and the speed at which it does. */
export class Dual extends TracedScalar {
    constructor(level, primal, tangent) {
        super();
        this.level = level;
        this.primal = primal;
        this.tangent = tangent;
    }
}
/** The store of an array that moves: its entries and their speeds, in memory of the same layout. */
export class DualStore extends DifferentiableStore {
    level;
    primal;
    readOnly;
    tangent;
    constructor(level, primal, tangent, dtype, readOnly) {
        super(primal.length, dtype);
        this.level = level;
        this.primal = primal;
        this.tangent = tangent;
        this.readOnly = readOnly;
    }
    get(index) {
        if (this.elements !== undefined) {
            const element = this.elements[index];
            if (element === undefined)
                throw outside(index, this.length);
            return element;
        }
        const primal = read(this.primal, index);
        const tangent = read(this.tangent, index);
        if (primal === undefined || tangent === undefined)
            throw outside(index, this.length);
        return new Dual(this.level, primal, tangent);
    }
}
function read(memory, index) {
    return memory instanceof DifferentiableStore ? memory.get(index) : memory[index];
}
