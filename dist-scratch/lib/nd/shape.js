/** The number of entries of an array of this shape. */
export function sizeOf(shape) {
    let size = 1;
    for (let k = 0; k < shape.length; k++)
        size *= shape[k];
    return size;
}
/** The strides of a row-major array of this shape. */
export function rowMajorStride(shape) {
    const stride = new Array(shape.length);
    let step = 1;
    for (let k = shape.length - 1; k >= 0; k--) {
        stride[k] = step;
        step *= shape[k];
    }
    return stride;
}
/** Whether entries lie one after another in row-major order (axes of extent 1 may have any stride). */
export function isRowMajor(shape, stride) {
    let step = 1;
    for (let k = shape.length - 1; k >= 0; k--) {
        const extent = shape[k];
        if (extent !== 1 && stride[k] !== step)
            return extent === 0;
        step *= extent;
    }
    return true;
}
/** Whether two shapes are equal. */
export function sameShape(a, b) {
    if (a.length !== b.length)
        return false;
    for (let k = 0; k < a.length; k++)
        if (a[k] !== b[k])
            return false;
    return true;
}
/**
 * The shape that NumPy's broadcasting gives: shapes aligned at their last axis, extents equal or 1.
 * @throws {RangeError} when they do not fit
 */
export function broadcastShapes(who, ...shapes) {
    const rank = Math.max(0, ...shapes.map((s) => s.length));
    const result = new Array(rank).fill(1);
    for (const shape of shapes) {
        const lead = rank - shape.length;
        for (let k = 0; k < shape.length; k++) {
            const extent = shape[k];
            const sofar = result[lead + k];
            if (sofar === 1)
                result[lead + k] = extent;
            else if (extent !== 1 && extent !== sofar) {
                throw new RangeError(`${who}: shapes ${shapes.map(formatShape).join(" and ")} do not broadcast: axis ${lead + k} has extents ${sofar} and ${extent}; make them equal, or one of them 1`);
            }
        }
    }
    return result;
}
/** Whether an array of shape `from` broadcasts to shape `to`. */
export function broadcastsTo(from, to) {
    const lead = to.length - from.length;
    if (lead < 0)
        return false;
    for (let k = 0; k < from.length; k++)
        if (from[k] !== 1 && from[k] !== to[lead + k])
            return false;
    return true;
}
/** "[3, 4]" for messages. */
export function formatShape(shape) {
    return `[${shape.join(", ")}]`;
}
/**
 * An axis counted from the front.
 * @throws {RangeError} when the array has no such axis
 */
export function normalizeAxis(who, axis, rank) {
    if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
        throw new RangeError(`${who}: axis = ${axis} is not an axis of an array with ${rank} axes; use an integer from ${-rank} to ${rank - 1}`);
    }
    return axis < 0 ? axis + rank : axis;
}
/**
 * The axes meant by an option: absent means all, one number means one, in increasing order and counted from the front.
 * @throws {RangeError} when an axis does not exist or is named twice
 */
export function normalizeAxes(who, axis, rank) {
    if (axis === undefined)
        return Array.from({ length: rank }, (_, k) => k);
    const axes = (typeof axis === "number" ? [axis] : [...axis]).map((a) => normalizeAxis(who, a, rank)).sort((a, b) => a - b);
    for (let k = 1; k < axes.length; k++) {
        if (axes[k] === axes[k - 1])
            throw new RangeError(`${who}: axis ${axes[k]} is named twice; name each axis once`);
    }
    return axes;
}
/** The shape after reducing these axes; `keepDims` leaves them with extent 1. */
export function reducedShape(shape, axes, keepDims = false) {
    if (keepDims)
        return shape.map((n, k) => (axes.includes(k) ? 1 : n));
    return shape.filter((_, k) => !axes.includes(k));
}
