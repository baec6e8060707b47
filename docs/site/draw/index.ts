// Drawing for every page of the site: pictures on a canvas, plots by uPlot, and what both need. Nothing here touches the document before it is called.

export { currentTheme, type Theme, watchTheme } from "./colours.js";
export { labelled, shortNumber, ticksOf } from "./numbers.js";
export { describePicture, drawPicture, type Picture } from "./picture.js";
export { describePlot, makePlot, type Plot, type PlotAxis, type PlotData, type PlotSeries } from "./plot.js";
export { colourAt, endsOf, type ScaleName, shareOf } from "./scales.js";
