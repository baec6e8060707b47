import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { currentTheme, type Theme, watchTheme } from "./colours.js";
import { labelled, shortNumber } from "./numbers.js";

export interface PlotAxis {
  readonly label: string;
  readonly unit?: string | undefined;
}

export interface PlotSeries {
  readonly label: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Points instead of a line. */
  readonly points?: boolean | undefined;
}

/** Lines and points over two labelled axes. */
export interface PlotData {
  readonly title?: string | undefined;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly series: readonly PlotSeries[];
}

export interface Plot {
  update(data: PlotData): void;
  destroy(): void;
}

const height = 280;
const dashes: readonly number[][] = [[], [8, 4], [2, 3], [8, 3, 2, 3], [14, 4], [4, 8]];

/** What a plot shows, in words: for those who do not see it. */
export function describePlot({ title, x, y, series }: PlotData): string {
  const range = (values: Float64Array): string => {
    let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) [least, greatest] = [Math.min(least, value), Math.max(greatest, value)];
    return values.length === 0 ? "nothing" : `${shortNumber(least)} to ${shortNumber(greatest)}`;
  };
  const parts = series.map((one) => {
    const last = one.y.length === 0 ? "" : `, last ${shortNumber(one.y.at(-1) as number)}`;
    return `${one.label}: ${one.y.length} points, x ${range(one.x)}, y ${range(one.y)}${last}`;
  });
  return `${title === undefined || title === "" ? "Plot" : title}. Across: ${labelled(x)}; up: ${labelled(y)}. ${parts.join(". ")}.`;
}

/**
 * A plot in an element, as wide as this is; it follows the element's width and the page's theme until it is destroyed. The points of a series
 * are joined in their order, so that paths may go anywhere. Series differ in colour and dash, and a legend names them.
 */
export function makePlot(element: HTMLElement, data: PlotData): Plot {
  let current = data;
  let chart: UPlot | undefined;
  const draw = (): void => {
    chart?.destroy();
    element.replaceChildren();
    const frame = document.createElement("div");
    frame.setAttribute("role", "img");
    frame.setAttribute("aria-label", describePlot(current));
    const theme = currentTheme();
    if (current.title !== undefined && current.title !== "") element.append(paragraph("plot-title", current.title, theme));
    element.append(frame, legendOf(current, theme));
    chart = new UPlot(optionsOf(current, theme, widthOf(element)), dataOf(current), frame);
  };
  draw();
  const unwatch = watchTheme(draw);
  const resize = new ResizeObserver(() => chart?.setSize({ width: widthOf(element), height }));
  resize.observe(element);
  return {
    update(next) {
      current = next;
      draw();
    },
    destroy() {
      unwatch();
      resize.disconnect();
      chart?.destroy();
      element.replaceChildren();
    },
  };
}

const widthOf = (element: HTMLElement): number => Math.max(200, element.clientWidth);

/** Each series with its own x: uPlot's "mode 2". */
function dataOf({ series }: PlotData): UPlot.AlignedData {
  return [null, ...series.map(({ x, y }) => [x, y])] as unknown as UPlot.AlignedData;
}

function optionsOf({ x, y, series }: PlotData, theme: Theme, width: number): UPlot.Options {
  const axis = (label: string, size: number): UPlot.Axis => ({
    label,
    labelSize: 22,
    labelFont: "13px system-ui, sans-serif",
    font: "12px system-ui, sans-serif",
    size,
    stroke: theme.text,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { stroke: theme.axis, width: 1 },
    values: (_, splits) => splits.map((value) => shortNumber(value, 6)),
  });
  return {
    mode: 2,
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, auto: true, range: padded }, y: { auto: true, range: padded } },
    axes: [axis(labelled(x), 36), axis(labelled(y), 60)],
    series: [
      {},
      ...series.map((one, k) => ({
        label: one.label,
        facets: [
          { scale: "x", auto: true },
          { scale: "y", auto: true },
        ],
        paths: (u: UPlot, index: number) => {
          drawSeries(u, index, one, strokeOf(theme, k), dashes[k % dashes.length] as number[]);
          return null;
        },
      })),
    ] as UPlot.Series[],
  };
}

const strokeOf = (theme: Theme, k: number): string => theme.series[k % theme.series.length] as string;

/** The range of an axis: that of the data and a little more; something about a single value, and about nothing. */
function padded(_: UPlot, least: number | null, greatest: number | null): UPlot.Range.MinMax {
  if (least === null || greatest === null || !Number.isFinite(least) || !Number.isFinite(greatest)) return [0, 1];
  const pad = greatest > least ? (greatest - least) * 0.04 : Math.abs(least) * 0.1 || 1;
  return [least - pad, greatest + pad];
}

function drawSeries(u: UPlot, index: number, { points }: PlotSeries, colour: string, dash: number[]): void {
  UPlot.orient(u, index, (_series, dataX, dataY, scaleX, scaleY, toX, toY, left, top, across, down) => {
    const { ctx } = u;
    const ratio = UPlot.pxRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, across, down);
    ctx.clip();
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
    ctx.lineWidth = 2 * ratio;
    ctx.setLineDash(dash.map((length) => length * ratio));
    ctx.beginPath();
    let open = false;
    for (let k = 0; k < dataX.length; k++) {
      const [a, b] = [dataX[k] as number, dataY[k] as number];
      if (!Number.isFinite(a) || !Number.isFinite(b)) {
        open = false;
        continue;
      }
      const [px, py] = [toX(a, scaleX, across, left), toY(b, scaleY, down, top)];
      if (points === true) {
        ctx.moveTo(px + 3 * ratio, py);
        ctx.arc(px, py, 3 * ratio, 0, 2 * Math.PI);
      } else if (open) ctx.lineTo(px, py);
      else ctx.moveTo(px, py);
      open = true;
    }
    if (points === true) ctx.fill();
    else ctx.stroke();
    ctx.restore();
  });
}

function paragraph(name: string, text: string, theme: Theme): HTMLElement {
  const element = document.createElement("p");
  element.className = name;
  element.style.cssText = `margin: 0 0 4px; font-weight: 600; font-size: 14px; color: ${theme.text}`;
  element.textContent = text;
  return element;
}

/** Names of the series with their colours; hidden from readers of the label, which names them too. */
function legendOf({ series }: PlotData, theme: Theme): HTMLElement {
  const list = document.createElement("div");
  list.className = "plot-legend";
  list.setAttribute("aria-hidden", "true");
  list.style.cssText = `display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 13px; color: ${theme.text}`;
  series.forEach(({ label, points }, k) => {
    const item = document.createElement("span");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", "28");
    svg.setAttribute("height", "10");
    svg.style.cssText = "display: inline-block; margin-right: 6px; vertical-align: middle";
    const mark = document.createElementNS("http://www.w3.org/2000/svg", points === true ? "circle" : "line");
    const attributes =
      points === true
        ? { cx: "14", cy: "5", r: "3", fill: strokeOf(theme, k) }
        : {
            x1: "0",
            x2: "28",
            y1: "5",
            y2: "5",
            stroke: strokeOf(theme, k),
            "stroke-width": "2",
            "stroke-dasharray": (dashes[k % dashes.length] as number[]).join(" "),
          };
    for (const [name, value] of Object.entries(attributes)) mark.setAttribute(name, value);
    svg.append(mark);
    item.append(svg, label);
    list.append(item);
  });
  return list;
}
