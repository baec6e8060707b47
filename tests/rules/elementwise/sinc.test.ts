import { test } from "uvu";
import { derivative, gradient, type Scalar, sinc } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { edge, testEdges, testUnaryCase } from "./scalar-cases.js";

const { PI } = Math;
const value = (x: number): number => Math.sin(PI * x) / (PI * x);
const slope = (x: number): number => (Math.cos(PI * x) - value(x)) / x;

testUnaryCase({ f: sinc, at: [-2.3, -0.4, 0.7, 3.1], value, slope, curve: (x) => (-PI * Math.sin(PI * x) - 2 * slope(x)) / x });

/** sinc and its first four derivatives, to 17 digits. */
const sincTable: readonly (readonly [x: number, ...derivatives: number[]])[] = [
  [0, 1, 0, (-PI * PI) / 3, 0, PI ** 4 / 5],
  [1e-9, 1, -3.289868133696453e-9, -3.289868133696453, 1.9481818206800487e-8, 19.481818206800487],
  [-1e-9, 1, 3.289868133696453e-9, -3.289868133696453, -1.9481818206800487e-8, 19.481818206800487],
  [1e-3, 0.999998355066745, -0.0032898648867278964, -3.289858392793072, 0.01948179531659038, 19.48174953618773],
  [0.1, 0.983631643083466, -0.325751267883124, -3.193029835964854, 1.9253792898320052, 18.799492671762525],
  [0.3, 0.8583936913341398, -0.9020281301388888, -2.4584852862661744, 5.24749315292437, 13.648773849855683],
  [0.32, 0.8398685183385703, -0.9501303854986679, -2.3508551155640784, 5.513021414831013, 12.898061274046874],
  [0.4, 0.7568267286406569, -1.119524335664274, -1.8719587335325203, 6.415001782257937, 9.57178588454465],
  [0.5, 0.6366197723675814, -1.2732395447351628, -1.1902271282389358, 7.141362769433615, 4.8816512051307255],
  [0.65, 0.4363325927744835, -1.3697278346369697, -0.09188289448740505, 7.317469719606775, -2.5278216392158677],
  [1, 0, -1, 2, 3.8696044010893584, -15.478417604357434],
  [1.5, -0.2122065907891938, 0.14147106052612918, 1.90576702169169, -3.81153404338338, -10.5067603378442],
  [-2.25, 0.10003514623967845, -0.2698096155319418, -1.2271380889524741, 1.4655333034584255, 12.34972520614223],
  [7, 0, -0.14285714285714285, 0.04081632653061224, 1.392450774499646, -0.7956861568569406],
];

testEdges(
  "sinc near 0 and at integers, to second order",
  sincTable.map(([x, y = 0, first = 0, second]) => edge(sinc, x, y, first, second, 1e-14)),
);

test("sinc: third and fourth derivatives, by nesting forward and reverse", () => {
  for (const [x, , , , third = 0, fourth = 0] of sincTable) {
    const second = (v: Scalar): Scalar => derivative((w) => derivative(sinc as (u: Scalar) => Scalar, w), v);
    assertClose(derivative(second, x), third, { rtol: 1e-13, atol: 0 }, `third at ${x}`);
    assertClose(gradient(second, x), [third], { rtol: 1e-13, atol: 0 }, `third at ${x}, reverse outside`);
    assertClose(
      gradient((v) => derivative(second, v as Scalar), x),
      [fourth],
      { rtol: 1e-13, atol: 0 },
      `fourth at ${x}`,
    );
  }
});

test.run();
