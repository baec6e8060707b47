import { allocate, broadcastShapes, forEachEntry, isNdArray, rowMajor, sizeOf } from "../nd/index.js";
import { add, scale, strongProduct } from "./arithmetic.js";
import { declare } from "./define.js";
import { highestLevel } from "./dispatch.js";
import { applyElementwise, operandView, operandsDType } from "./elementwise.js";
import { TracedScalar } from "./level.js";
import { NoTangent, isZero } from "./tangent.js";
export const scalarRule = (f, partialsOf, options = {}) => {
    const name = options.name ?? f.name;
    const partials = partialsOf;
    const plain = (...args) => {
        const x = args[0];
        if (args.length === 1 && typeof x === "number")
            return f(x);
        const [operands, rest] = split(args);
        return applyElementwise(name, (...xs) => f(...xs, ...rest), operands);
    };
    const differentiable = declare({
        primal: f,
        plain,
        definer: "scalarRule",
        zeros: "symbolic",
        pair: () => ({
            frule: (tangents, ...args) => {
                const y = differentiable(...args);
                const [operands] = split(args);
                const terms = [];
                const slopes = partials(y, ...args);
                operands.forEach((_, k) => {
                    const t = tangents[k + 1];
                    if (!isZero(t))
                        terms.push(scale(slopes[k], t));
                });
                return [y, terms.length === 0 ? 0 : terms.reduce((a, b) => add(a, b))];
            },
            rrule: (...args) => {
                const y = differentiable(...args);
                const [operands] = split(args);
                return [
                    y,
                    (ybar) => {
                        if (isNdArray(y) && highestLevel([y, ybar, ...operands]) === undefined) {
                            return [NoTangent, ...plainCotangents(partials, y, ybar, operands, args)];
                        }
                        const slopes = partials(y, ...args);
                        return [NoTangent, ...operands.map((_, k) => scale(slopes[k], ybar))];
                    },
                ];
            },
        }),
    }, {
        ...options,
        name,
        dispatch: (general) => {
            const fast = options.dispatch?.(general);
            return fast ?? fastLane(f, partials, general);
        },
    });
    return differentiable;
};
/** The operands of a call and the options after them. */
function split(args) {
    const last = args[args.length - 1];
    const hasOptions = args.length > 0 && typeof last !== "number" && !(last instanceof TracedScalar) && !isNdArray(last);
    return hasOptions ? [args.slice(0, -1), args.slice(-1)] : [args, []];
}
/** Plain numbers run f; one or two numbers of one level go straight onto it; everything else goes the general way. */
function fastLane(f, partials, general) {
    const slope = partials;
    return (...args) => {
        const [x, z] = args;
        if (args.length === 1) {
            if (typeof x === "number")
                return f(x);
            if (x instanceof TracedScalar && typeof x.primal === "number" && !x.level.ended) {
                const y = f(x.primal);
                return x.level.unary(y, x, slope(y, x.primal)[0]);
            }
        }
        else if (args.length === 2) {
            const a = typeof x === "number" ? x : x instanceof TracedScalar ? x.primal : undefined;
            const b = typeof z === "number" ? z : z instanceof TracedScalar ? z.primal : undefined;
            if (typeof a === "number" && typeof b === "number") {
                const y = f(a, b);
                if (x instanceof TracedScalar) {
                    if (typeof z === "number")
                        return x.level.unary(y, x, slope(y, a, b)[0]);
                    const other = z;
                    if (other.level === x.level) {
                        const [pa, pb] = slope(y, a, b);
                        return x.level.binary(y, x, pa, other, pb);
                    }
                }
                else if (z instanceof TracedScalar)
                    return z.level.unary(y, z, slope(y, a, b)[1]);
                else
                    return y;
            }
        }
        return general(...args);
    };
}
/** x̄ₖ = ∂y/∂xₖ · ȳ entry by entry, all in one pass; the engine undoes the broadcasting. */
function plainCotangents(partials, y, ybar, operands, args) {
    const shape = broadcastShapes("pullback", y.shape, typeof ybar === "number" ? [] : ybar.shape);
    const views = [y, ybar, ...operands].map((operand) => operandView(operand, shape));
    const dtype = operandsDType(operands);
    const results = operands.map(() => allocate(dtype, sizeOf(shape)));
    const rest = args.slice(operands.length);
    const entries = new Array(operands.length);
    const slope = partials;
    forEachEntry(views, shape, (n, positions) => {
        for (let k = 0; k < entries.length; k++)
            entries[k] = views[k + 2].data[positions[k + 2]];
        const slopes = slope(views[0].data[positions[0]], ...entries, ...rest);
        const seed = views[1].data[positions[1]];
        for (let k = 0; k < results.length; k++)
            results[k][n] = strongProduct(slopes[k], seed);
    });
    return results.map((data) => rowMajor(data, shape));
}
