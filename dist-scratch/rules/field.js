import { add, scalarRule } from "../lib/core/index.js";
export { add };
// Programs on numbers call these millions of times. Each one is written out, so that no two of them share an inline cache.
/**
 * x − y.
 *   ẏ = ẋ₁ − ẋ₂                  x̄₁ = ȳ,  x̄₂ = −ȳ
 */
export const sub = scalarRule((x, y) => x - y, () => [1, -1], {
    name: "sub",
    dispatch: (general) => ((x, y) => {
        if (typeof x === "number") {
            if (typeof y === "number")
                return x - y;
            const q = y?.primal;
            if (typeof q === "number")
                return y.level.unary(x - q, y, -1);
        }
        else {
            const p = x?.primal;
            if (typeof p === "number") {
                if (typeof y === "number")
                    return x.level.unary(p - y, x, 1);
                const q = y?.primal;
                if (typeof q === "number" && y.level === x.level)
                    return x.level.binary(p - q, x, 1, y, -1);
            }
        }
        return general(x, y);
    }),
});
/**
 * x·y.
 *   ẏ = x₂ ẋ₁ + x₁ ẋ₂            x̄₁ = x₂ ȳ,  x̄₂ = x₁ ȳ
 */
export const mul = scalarRule((x, y) => x * y, (_, x, y) => [y, x], {
    name: "mul",
    dispatch: (general) => ((x, y) => {
        if (typeof x === "number") {
            if (typeof y === "number")
                return x * y;
            const q = y?.primal;
            if (typeof q === "number")
                return y.level.unary(x * q, y, x);
        }
        else {
            const p = x?.primal;
            if (typeof p === "number") {
                if (typeof y === "number")
                    return x.level.unary(p * y, x, y);
                const q = y?.primal;
                if (typeof q === "number" && y.level === x.level)
                    return x.level.binary(p * q, x, q, y, p);
            }
        }
        return general(x, y);
    }),
});
/**
 * y = x₁ / x₂.
 *   ẏ = (ẋ₁ − y ẋ₂) / x₂         x̄₁ = ȳ / x₂,  x̄₂ = −y ȳ / x₂
 */
export const div = scalarRule((x, y) => x / y, (out, _, y) => [reciprocal(y), neg(div(out, y))], {
    name: "div",
    dispatch: (general) => ((x, y) => {
        if (typeof x === "number") {
            if (typeof y === "number")
                return x / y;
            const q = y?.primal;
            if (typeof q === "number") {
                const out = x / q;
                return y.level.unary(out, y, -(out / q));
            }
        }
        else {
            const p = x?.primal;
            if (typeof p === "number") {
                if (typeof y === "number")
                    return x.level.unary(p / y, x, 1 / y);
                const q = y?.primal;
                if (typeof q === "number" && y.level === x.level) {
                    const out = p / q;
                    return x.level.binary(out, x, 1 / q, y, -(out / q));
                }
            }
        }
        return general(x, y);
    }),
});
/**
 * −x.
 *   ẏ = −ẋ                       x̄ = −ȳ
 */
export const neg = scalarRule((x) => -x, () => [-1], {
    name: "neg",
    dispatch: (general) => ((x) => {
        if (typeof x === "number")
            return -x;
        const p = x?.primal;
        return typeof p === "number" ? x.level.unary(-p, x, -1) : general(x);
    }),
});
/**
 * x².
 *   ẏ = 2x ẋ                     x̄ = 2x ȳ
 */
export const square = scalarRule((x) => x * x, (_, x) => [mul(2, x)], {
    name: "square",
    dispatch: (general) => ((x) => {
        if (typeof x === "number")
            return x * x;
        const p = x?.primal;
        return typeof p === "number" ? x.level.unary(p * p, x, 2 * p) : general(x);
    }),
});
/**
 * y = 1/x.
 *   ẏ = −y² ẋ                    x̄ = −y² ȳ
 */
export const reciprocal = scalarRule((x) => 1 / x, (y) => [neg(square(y))], { name: "reciprocal" });
/**
 * x·y + z. JavaScript has no fused instruction: the product is rounded before the sum.
 *   ẏ = x₂ ẋ₁ + x₁ ẋ₂ + ẋ₃       x̄₁ = x₂ ȳ,  x̄₂ = x₁ ȳ,  x̄₃ = ȳ
 */
export const fma = scalarRule((x, y, z) => x * y + z, (_, x, y) => [y, x, 1], { name: "fma" });
