import { floatDType, isNdArray, packed, sumToShape } from "../nd/index.js";
import { declare } from "./define.js";
import { primal } from "./dispatch.js";
import { applyElementwise, operandView, operandsDType } from "./elementwise.js";
import { TracedScalar } from "./level.js";
import { NoTangent, ZeroTangent, isZero } from "./tangent.js";
/**
 * x + y, with broadcasting.
 *   ẏ = ẋ₁ + ẋ₂                  x̄₁ = x̄₂ = ȳ
 */
export const add = declare({
    primal: (x, y) => applyElementwise("add", (a, b) => a + b, [x, y]),
    definer: "defineRule",
    zeros: "symbolic",
    pair: () => ({
        frule: ([, dx, dy], x, y) => [add(x, y), isZero(dx) ? dy : isZero(dy) ? dx : add(dx, dy)],
        rrule: (x, y) => [add(x, y), function addPullback(ybar) {
                return [NoTangent, ybar, ybar];
            }],
    }),
}, {
    name: "add",
    dispatch: (general) => ((x, y) => {
        if (typeof x === "number") {
            if (typeof y === "number")
                return x + y;
            const q = y?.primal;
            if (typeof q === "number")
                return y.level.unary(x + q, y, 1);
        }
        else {
            const p = x?.primal;
            if (typeof p === "number") {
                if (typeof y === "number")
                    return x.level.unary(p + y, x, 1);
                const q = y?.primal;
                if (typeof q === "number" && y.level === x.level)
                    return x.level.binary(p + q, x, 1, y, 1);
            }
        }
        return general(x, y);
    }),
});
/** a·b, exactly 0 when either is 0, whatever the other is. */
export function strongProduct(a, b) {
    return a === 0 || b === 0 ? 0 : a * b;
}
/**
 * The strong product of a partial and a tangent or cotangent: exactly 0 where either is 0, ∞ and NaN included; with broadcasting.
 *   ẏ = ṗ·t + p·ṫ               p̄ = t·ȳ,  t̄ = p·ȳ
 */
export const scale = declare({
    primal: (p, t) => applyElementwise("scale", strongProduct, [p, t]),
    definer: "defineRule",
    zeros: "symbolic",
    pair: () => ({
        frule: ([, dp, dt], p, t) => {
            const fromP = isZero(dp) ? ZeroTangent : scale(dp, t);
            const fromT = isZero(dt) ? ZeroTangent : scale(p, dt);
            return [scale(p, t), isZero(fromP) ? fromT : isZero(fromT) ? fromP : add(fromP, fromT)];
        },
        rrule: (p, t) => [scale(p, t), function scalePullback(ybar) {
                return [NoTangent, scale(t, ybar), scale(p, ybar)];
            }],
    }),
}, {
    name: "scale",
    dispatch: (general) => ((x, y) => {
        if (typeof x === "number") {
            if (typeof y === "number")
                return strongProduct(x, y);
            const q = y?.primal;
            if (typeof q === "number")
                return y.level.unary(strongProduct(x, q), y, x);
        }
        else {
            const p = x?.primal;
            if (typeof p === "number") {
                if (typeof y === "number")
                    return x.level.unary(strongProduct(p, y), x, y);
                const q = y?.primal;
                if (typeof q === "number" && y.level === x.level)
                    return x.level.binary(strongProduct(p, q), x, q, y, p);
            }
        }
        return general(x, y);
    }),
});
/**
 * Undoes broadcasting: the sum of x over the axes along which an array of this shape would be repeated. Shape [] gives a number.
 *   ẏ = sumTo(ẋ)                 x̄ = broadcastTo(ȳ)
 * @throws {RangeError} when an array of this shape does not broadcast to that of x
 */
export const sumTo = declare({
    primal: (x, shape) => {
        if (typeof x === "number")
            return shape.length === 0 ? x : broadcastTo(x, shape);
        const total = sumToShape(x, shape, "sumTo");
        return shape.length === 0 ? total.get() : total;
    },
    definer: "linearRule",
    zeros: "symbolic",
    pair: () => ({
        frule: ([, dx], x, shape) => [sumTo(x, shape), isZero(dx) ? dx : sumTo(dx, shape)],
        rrule: (x, shape) => {
            const full = typeof x === "number" || x instanceof TracedScalar ? undefined : x.shape;
            return [sumTo(x, shape), function sumToPullback(ybar) {
                    return [NoTangent, full === undefined ? ybar : broadcastTo(ybar, full)];
                }];
        },
    }),
}, { name: "sumTo" });
/**
 * x repeated along new axes and axes of extent 1, as NumPy does; a view of plain arrays: do not write to it.
 *   ẏ = broadcastTo(ẋ)           x̄ = sumTo(ȳ)
 * @throws {RangeError} when x does not broadcast to that shape
 */
export const broadcastTo = declare({
    primal: (x, shape) => packed(operandView(x, shape), operandsDType([x])),
    definer: "linearRule",
    zeros: "symbolic",
    pair: () => ({
        frule: ([, dx], x, shape) => [broadcastTo(x, shape), isZero(dx) ? dx : broadcastTo(dx, shape)],
        rrule: (x, shape) => {
            const own = isNdArray(x) ? x.shape : [];
            return [broadcastTo(x, shape), function broadcastToPullback(ybar) {
                    return [NoTangent, sumTo(ybar, own)];
                }];
        },
    }),
}, { name: "broadcastTo" });
/**
 * A fresh row-major array of the same numbers, of this kind.
 *   ẏ = cast(ẋ, dtype)           x̄ = cast(ȳ, kind of x)
 */
export const cast = declare({
    primal: (x, dtype) => packed(x, dtype),
    definer: "linearRule",
    zeros: "symbolic",
    pair: () => ({
        frule: ([, dx], x, dtype) => [cast(x, dtype), isZero(dx) ? dx : cast(dx, dtype)],
        rrule: (x, dtype) => {
            const own = floatDType(primal(x).dtype);
            return [cast(x, dtype), function castPullback(ybar) {
                    return [NoTangent, cast(ybar, own)];
                }];
        },
    }),
}, { name: "cast" });
