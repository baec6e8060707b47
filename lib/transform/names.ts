// The lists by which calls are told apart. docs/plain-typescript.md publishes them.

/** Functions of numbers whose result is a number that moves where an operand does. */
const elementwise = `abs acos acosh add asin asinh atan atan2 atanh cbrt clip copysign cos cosh cospi cot csc deg2rad digamma div elu erf erfc
  erfcx erfinv exp exp10 exp2 expm1 fma fround gamma gelu hypot ldexp leakyRelu lgamma log log10 log1mexp log1p log2 logSigmoid logaddexp logit
  logsubexp maximum minimum mish mod mul neg polygamma pow rad2deg reciprocal relu rem sec sigmoid sign silu sin sinc sinh sinpi softplus
  softsign sqrt square sub tan tanh trigamma xlog1py xlogx xlogy`;

/** Functions of the library whose results do not move, whatever they are given. */
const inert = `allClose argmax argmin argsort createRange equal greater greaterEqual hasRule ignoreDerivatives isChecked less lessEqual primal
  range ruleOf stopGradient`;

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

export const numberFunctions: ReadonlySet<string> = setOf(elementwise);
/** Functions that make a number of an array, where they are given nothing else. */
export const reductions: ReadonlySet<string> = setOf("sum prod mean variance std max min norm logsumexp median");
export const inertFunctions: ReadonlySet<string> = setOf(inert);

/** Functions that make arrays to be written to; in rewritten code what they make can hold numbers that move. */
export const scratchMakers: ReadonlySet<string> = setOf("zeros ones full");

/** Functions of the library whose result is an array. */
export const arrayFunctions: ReadonlySet<string> = setOf("array copy similar zeros ones full eye arange linspace matmul transpose reshape");

/** Functions of Math that have a rule keyed by them, or one that the run time gives them. */
export const mathFunctions: ReadonlySet<string> = setOf(
  `abs acos acosh asin asinh atan atan2 atanh cbrt ceil cos cosh exp expm1 floor fround hypot log log10 log1p log2 max min pow round sign sin
  sinh sqrt tan tanh trunc`,
);

/** Functions of Math on whole numbers: they take no number that moves. */
export const wholeMathFunctions: ReadonlySet<string> = setOf("clz32 imul random");

/** Global functions that ask for plain numbers: they look at primals. Their results do not move. */
export const askingGlobals: ReadonlySet<string> = setOf(
  "isNaN isFinite parseFloat parseInt String Boolean BigInt Symbol Number.isNaN Number.isFinite Number.isInteger Number.isSafeInteger " +
    "Number.parseFloat Number.parseInt Object.is JSON.stringify console.log console.info console.warn console.error console.debug " +
    "console.table console.assert",
);

/** Global functions that only pass values on. */
export const passingGlobals: ReadonlySet<string> = setOf(
  "Array Array.of Array.isArray Object Object.keys Object.values Object.entries Object.fromEntries Object.assign Object.freeze Object.isFrozen Object.hasOwn " +
    "Object.seal Object.create Object.getPrototypeOf Reflect.has Reflect.ownKeys Error RangeError TypeError Set Map WeakMap",
);

/** What passes values on by a form of its own at run time. */
export const replacedGlobals: Readonly<Record<string, string>> = {
  "Array.from": "arrayFrom",
  "Float64Array.from": "float64From",
  "Float32Array.from": "float32From",
  "Float64Array.of": "float64Of",
  "Float32Array.of": "float32Of",
};

/** Methods of lists that call back with (element, index, list). */
export const callingMethods: ReadonlySet<string> = setOf(
  "map forEach filter some every find findIndex findLast findLastIndex flatMap reduce reduceRight sort toSorted",
);

/** Methods of lists and float arrays, all of them rewritten; lists have them all, float arrays those they have in JavaScript. */
export const listMethods: ReadonlySet<string> = setOf(
  `at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach includes indexOf join keys
  lastIndexOf map pop push reduce reduceRight reverse set shift slice some sort splice toReversed toSorted toSpliced toString unshift values with`,
);

/** Methods of lists that a list itself does right, whatever it holds; no run-time form is needed for a known list. */
export const nativeMethods: ReadonlySet<string> = setOf(
  "concat entries flat forEach keys map pop push reduce reduceRight reverse shift slice splice toReversed toSpliced unshift values",
);

/** Methods whose result is a number, a test or a text of primals. */
export const answeringMethods: ReadonlySet<string> = setOf(
  `every findIndex findLastIndex has includes indexOf join lastIndexOf push some toExponential toFixed toLocaleString toPrecision toString
  unshift`,
);

/** Methods of NdArrays that give views. */
export const viewMethods: ReadonlySet<string> = setOf("pick lo hi step transpose");

/** Properties that never move. */
export const stillProperties: ReadonlySet<string> = setOf("length size shape dimension dtype stride offset order byteLength name");

/** Properties of float arrays that would let values out of sight. */
export const hiddenProperties: ReadonlySet<string> = setOf("buffer subarray");

/** Methods that write into what they are called on. */
export const writingMethods: RegExp = /^(?:push|unshift|splice|fill|set|add|copyWithin|sort|reverse)$/;

/** Global functions that write into what they are given first. */
export const writingGlobals: ReadonlySet<string> = setOf("Object.assign Object.defineProperty Object.defineProperties Reflect.set");
