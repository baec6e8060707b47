import { array } from "../../../lib/nd/index.js";
import { besseli0e, besseli1e } from "../../../rules/special/modified-bessel.js";
import { at, type Kinks } from "../../kinks/cases.js";
import { type Examples, unary } from "../../support/examples.js";

const anywhere = [0.7, -2, 1.8, 3] as const;

export const examples: Examples = {
  besseli0: unary([...anywhere], [{ args: [array([0, 20])], note: "0, and far from it" }]),
  besseli1: unary([...anywhere], [{ args: [array([0, 20])], note: "0, and far from it" }]),
  besseli0e: unary([...anywhere], [{ args: [array([20, 50])], note: "far out" }]),
  besseli1e: unary([...anywhere], [{ args: [array([20, 50])], note: "far out" }]),
};

export const kinks: Kinks = [
  {
    where: "`besseli0e`, and the slope of `besseli1e`, at 0",
    convention: "the derivative there is 0, between those of both sides; that of `besseli1e` itself is ½",
    names: ["besseli0e", "besseli1e"],
    cases: [at("besseli0e(0)", besseli0e, 0, 1, 0), at("besseli1e(0)", besseli1e, 0, 0, 0.5)],
  },
];
