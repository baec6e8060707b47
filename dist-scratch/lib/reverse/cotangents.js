import { ElementStore, add, elementsOf, flatten, onMemory, onStore, storeOf } from "../core/index.js";
import { addNumber, addStrided, forEachPosition, isRowMajor, packedData, rowMajor, zerosOf } from "../nd/index.js";
/**
 * The cotangents of arrays during one sweep. Cotangents that meet are added in place only in buffers made here; the first one is borrowed
 * until a second arrives. All is plain until a traced cotangent comes, and then differentiable from there on.
 */
export class ArrayCotangents {
    received = [];
    /** Whether what an array has received so far is plain numbers (or nothing). */
    isPlain(node) {
        const current = this.received[node];
        return current === undefined || storeOf(current.array) === undefined;
    }
    /** The flat cotangent that an array has received; it is forgotten, nothing before needs it. */
    take(node) {
        const current = this.received[node];
        this.received[node] = undefined;
        return current?.array;
    }
    /** The cotangent of an input as a fresh array of this shape. */
    read(node, shape, dtype) {
        const current = this.received[node];
        if (current === undefined)
            return zerosOf(shape, dtype);
        const { array, owned, shared } = current;
        if (storeOf(array) !== undefined) {
            const memory = flatten(array);
            return onMemory(memory, shape, rowMajor([], shape).stride, 0);
        }
        return rowMajor(owned && !shared ? array.data : packedData(array, dtype), shape);
    }
    /** Adds one number to every entry of a view; what was received is plain. */
    addNumber({ view, node, store }, value) {
        addNumber(this.own(node, store).data, view.shape, view.stride, view.offset, value);
    }
    /** Lets a cotangent add itself to a view; what was received is plain. */
    addInplace({ view, node, store }, cotangent) {
        cotangent.addTo(onMemory(this.own(node, store).data, view.shape, view.stride, view.offset));
    }
    /** Adds a cotangent of the view's shape. */
    add(target, cotangent) {
        const { view, node, store } = target;
        const current = this.received[node];
        const whole = view.size === store.length && view.offset === 0 && isRowMajor(view.shape, view.stride);
        if (storeOf(cotangent) !== undefined || !this.isPlain(node)) {
            if (whole)
                this.addFlat(node, onMemory(flatten(cotangent), [store.length], [1], 0));
            else
                this.addEntries(target, cotangent);
            return;
        }
        const { data, dtype, shape, stride, offset } = cotangent;
        if (current === undefined && whole && dtype === store.dtype && isRowMajor(shape, stride)) {
            this.received[node] = { array: onMemory(data, [store.length], [1], offset), owned: false, shared: false };
            return;
        }
        addStrided(this.own(node, store).data, view.stride, view.offset, data, stride, offset, view.shape);
    }
    /** Adds a flat cotangent, of which either side may be traced. */
    addFlat(node, flat) {
        const current = this.received[node];
        this.received[node] = { array: current === undefined ? flat : add(current.array, flat), owned: current !== undefined, shared: false };
    }
    /** Adds the cotangents of an array's entries that were read one by one; they lie in the slots' own memory. */
    addBlock(node, { dtype, length }, entries) {
        const current = this.received[node];
        if (!this.isPlain(node)) {
            this.addFlat(node, rowMajor(packedData(rowMajor(entries, [length]), dtype), [length]));
            return;
        }
        if (current !== undefined)
            addStrided(entries, [1], 0, current.array.data, [1], current.array.offset, [length]);
        const shared = dtype === "float64";
        this.received[node] = { array: rowMajor(shared ? entries : Float32Array.from(entries), [length]), owned: true, shared };
    }
    /** Adds entry by entry, where a part of an array receives a traced cotangent. */
    addEntries({ view, node, store }, cotangent) {
        const current = this.received[node];
        const sums = current === undefined ? new Array(store.length).fill(0) : [...elementsOf(current.array)];
        const entries = elementsOf(cotangent);
        let n = 0;
        forEachPosition(view, (at) => {
            sums[at] = add(sums[at], entries[n++]);
        });
        this.received[node] = { array: onStore(new ElementStore(sums, store.dtype), [store.length]), owned: true, shared: false };
    }
    /** The plain cotangent of an array, in memory that may be written to. */
    own(node, store) {
        const current = this.received[node];
        if (current?.owned)
            return current.array;
        const array = current === undefined ? zerosOf([store.length], store.dtype) : rowMajor(packedData(current.array, store.dtype), [store.length]);
        this.received[node] = { array, owned: true, shared: false };
        return array;
    }
}
