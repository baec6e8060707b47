import { currentTheme, type Theme } from "./colours.js";
import { shortNumber, ticksOf } from "./numbers.js";
import { colourAt, endsOf, type ScaleName, shareOf } from "./scales.js";

/** A matrix to be seen as a picture; its first row is at the top. */
export interface Picture {
  readonly title?: string | undefined;
  readonly width: number;
  readonly height: number;
  /** Row-major, width × height of them. */
  readonly values: ArrayLike<number>;
  readonly scale: ScaleName;
}

const margin = { left: 40, top: 8, right: 8, bottom: 34 };
const bar = { width: 14, gap: 16, labels: 52 };
const font = "12px system-ui, sans-serif";

/** What a picture shows, in words: for those who do not see it. */
export function describePicture({ title, width, height, values, scale }: Picture): string {
  const ends = endsOf(values, "sequential");
  const kind = scale === "diverging" ? "coloured about zero" : "coloured from the least to the greatest";
  const name = title === undefined || title === "" ? "Picture" : title;
  return `${name}: ${height} rows and ${width} columns of numbers from ${shortNumber(ends[0])} to ${shortNumber(ends[1])}, ${kind}.`;
}

/**
 * Draws a picture with the numbers of its rows and columns and a bar that explains its colours, as wide as the canvas is laid out, and as
 * high as square entries need. Sets the canvas's role and label.
 * @throws {RangeError} when there are not width × height values
 */
export function drawPicture(canvas: HTMLCanvasElement, picture: Picture, theme: Theme = currentTheme()): void {
  const { width, height, values, scale } = picture;
  if (!(width > 0 && height > 0) || values.length !== width * height) {
    throw new RangeError(`drawPicture: ${values.length} values do not fill ${height} rows of ${width}`);
  }
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", describePicture(picture));
  const total = Math.max(200, canvas.parentElement?.clientWidth ?? canvas.clientWidth);
  const across = total - margin.left - margin.right - bar.gap - bar.width - bar.labels;
  const size = Math.min(across / width, 420 / height);
  const [w, h] = [size * width, Math.max(40, size * height)];
  const ratio = globalThis.devicePixelRatio || 1;
  const [cssWidth, cssHeight] = [w + margin.left + margin.right + bar.gap + bar.width + bar.labels, h + margin.top + margin.bottom];
  canvas.width = Math.round(cssWidth * ratio);
  canvas.height = Math.round(cssHeight * ratio);
  canvas.style.width = `${cssWidth}px`;
  canvas.style.maxWidth = "100%";
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, cssWidth, cssHeight);
  const ends = endsOf(values, scale);
  drawEntries(context, picture, ends, theme, [w, h]);
  context.font = font;
  context.fillStyle = theme.text;
  context.strokeStyle = theme.axis;
  context.strokeRect(margin.left - 0.5, margin.top - 0.5, w + 1, h + 1);
  drawIndices(context, picture, [w, h]);
  drawBar(context, scale, ends, theme, [margin.left + w + bar.gap, h]);
}

function drawEntries(
  context: CanvasRenderingContext2D,
  { width, height, values, scale }: Picture,
  ends: readonly [number, number],
  theme: Theme,
  [w, h]: readonly [number, number],
): void {
  const small = new OffscreenCanvas(width, height);
  const inner = small.getContext("2d");
  if (inner === null) return;
  const image = inner.createImageData(width, height);
  for (let k = 0; k < values.length; k++) {
    image.data.set([...colourAt(shareOf(values[k] as number, ends), scale, theme.dark), 255], 4 * k);
  }
  inner.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, margin.left, margin.top, w, h);
}

/** Some of the numbers of rows and columns, counted from 0, at their middles. */
function drawIndices(context: CanvasRenderingContext2D, { width, height }: Picture, [w, h]: readonly [number, number]): void {
  const whole = (count: number, room: number) => ticksOf(0, count - 1, Math.max(1, Math.min(6, room / 40))).filter(Number.isInteger);
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const j of whole(width, w)) context.fillText(String(j), margin.left + ((j + 0.5) * w) / width, margin.top + h + 4);
  context.fillText("column", margin.left + w / 2, margin.top + h + 19);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const i of whole(height, h)) context.fillText(String(i), margin.left - 5, margin.top + ((i + 0.5) * h) / height);
  context.save();
  context.translate(9, margin.top + h / 2);
  context.rotate(-Math.PI / 2);
  context.textAlign = "center";
  context.fillText("row", 0, 0);
  context.restore();
}

function drawBar(
  context: CanvasRenderingContext2D,
  scale: ScaleName,
  ends: readonly [number, number],
  theme: Theme,
  [left, h]: readonly [number, number],
): void {
  for (let y = 0; y < h; y++) {
    context.fillStyle = `rgb(${colourAt(1 - y / h, scale, theme.dark).join(" ")})`;
    context.fillRect(left, margin.top + y, bar.width, Math.min(1.5, h - y));
  }
  context.strokeStyle = theme.axis;
  context.strokeRect(left - 0.5, margin.top - 0.5, bar.width + 1, h + 1);
  context.fillStyle = theme.text;
  context.textAlign = "left";
  const [least, greatest] = ends;
  if (!(greatest > least)) {
    context.textBaseline = "middle";
    context.fillText(shortNumber(least), left + bar.width + 5, margin.top + h / 2);
    return;
  }
  context.textBaseline = "top";
  context.fillText(shortNumber(greatest), left + bar.width + 5, margin.top);
  context.textBaseline = "bottom";
  context.fillText(shortNumber(least), left + bar.width + 5, margin.top + h);
  if (scale === "diverging" && h > 50) {
    context.textBaseline = "middle";
    context.fillText("0", left + bar.width + 5, margin.top + h / 2);
  }
}
