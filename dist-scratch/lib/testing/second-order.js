import { NoTangent, innerProduct } from "../core/index.js";
import { centralDifference } from "./central-difference.js";
import { assertClose } from "./compare.js";
import { canMove, randTangent, seededRandom } from "./random.js";
/**
 * ⟨ż, H ẋ⟩ of φ(x) = ⟨ȳ, f(x)⟩ in all four pairs of modes: they must agree with each other to 1e-8, and with finite differences of the
 * gradient.
 */
export function secondOrder(engines, { f, args }, options) {
    const random = seededRandom((options.seed ?? 1) + 1);
    const moving = args.map(canMove);
    const draw = () => args.map((arg, k) => (moving[k] ? randTangent(arg, random) : NoTangent));
    const dx = draw();
    const dz = draw();
    const ybar = randTangent(f(...args), random);
    const phi = (...xs) => innerProduct(ybar, f(...xs));
    const gradient = (...xs) => engines.pullback(phi, ...xs)[1](1);
    const along = (direction) => (...xs) => engines.pushforward(phi, xs, direction)[1];
    const pairs = {
        "forward over forward": () => engines.pushforward(along(dz), args, dx)[1],
        "forward over reverse": () => innerProduct(engines.pushforward(gradient, args, dx)[1], dz),
        "reverse over forward": () => innerProduct(engines.pullback(along(dz), ...args)[1](1), dx),
        "reverse over reverse": () => innerProduct(engines.pullback((...xs) => innerProduct(gradient(...xs), dz), ...args)[1](1), dx),
    };
    const numeric = centralDifference((...xs) => innerProduct(gradient(...xs), dz), args, dx, { step: options.step });
    const expected = numeric.derivative;
    const name = f.name || "f";
    let first;
    for (const [pair, compute] of Object.entries(pairs)) {
        const got = compute();
        first ??= got;
        assertClose(got, first, { rtol: 1e-8, atol: 1e-9 * (1 + Math.abs(expected)) }, `${name}: second derivative, ${pair} against forward over forward`);
        assertClose(got, expected, { rtol: options.rtol ?? 1e-5, atol: (options.atol ?? 1e-6) + 10 * numeric.error }, `${name}: second derivative, ${pair} against finite differences`);
    }
}
