import type { Program, Variant } from "../program.js";
import { chainProgram, poolSumPrograms } from "../programs/lab.js";
import type { Row } from "../results.js";
import type { Suite } from "../suite.js";
import { duration, table } from "../table.js";

/** The same programs at growing sizes. The contrast by elements is left out where one run of it takes more than a second. */
function programs(): Program[] {
  const [small, middle, large] = [100, 200, 400].map(poolSumPrograms) as [Pools, Pools, Pools];
  const withoutContrast = ({ variants, ...rest }: Program): Program => ({ ...rest, variants: { ...variants, contrast: undefined } });
  return [
    small.views,
    middle.views,
    withoutContrast(large.views),
    small.elements,
    withoutContrast(middle.elements),
    withoutContrast(large.elements),
    chainProgram(10_000),
    chainProgram(100_000),
    chainProgram(1_000_000),
  ];
}

type Pools = ReturnType<typeof poolSumPrograms>;

function report(rows: readonly Row[]): string {
  return table(
    ["time per entry or operation", "hand", "ndarray", "traced", "contrast"],
    rows.map(({ name, hand, ratios, count = 1 }) => {
      const each = (variant: Variant): string => {
        const ratio = ratios[variant];
        return ratio === undefined ? "–" : duration((hand * ratio.best) / count);
      };
      return [name, duration(hand / count), each("ndarray"), each("traced"), each("contrast")];
    }),
  );
}

export const growth: Suite = {
  name: "growth",
  title: "Growth: time for each entry of the matrix, or each operation of the chain",
  programs,
  report,
};
