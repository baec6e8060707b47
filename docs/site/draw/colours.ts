/** The colours of drawings on a canvas, which knows no style sheet. Lines and text have a contrast of at least 3 : 1 and 4.5 : 1 on the page. */
export interface Theme {
  readonly dark: boolean;
  readonly text: string;
  readonly grid: string;
  readonly axis: string;
  /** For series, in this order; told apart with each common colour blindness. Source: Okabe and Ito (2008), Color Universal Design, darkened for white. */
  readonly series: readonly string[];
}

const light: Theme = {
  dark: false,
  text: "#3c3c43",
  grid: "#e2e2e3",
  axis: "#8e8e93",
  series: ["#0067a5", "#b34700", "#00795a", "#a2478a", "#7a6000", "#3c3c43"],
};

const dark: Theme = {
  dark: true,
  text: "#dfdfd6",
  grid: "#3c3f44",
  axis: "#98989f",
  series: ["#56b4e9", "#ff9d4d", "#2fc79a", "#e79ccb", "#f0e442", "#dfdfd6"],
};

/** The theme that the page has now. */
export function currentTheme(): Theme {
  return typeof document !== "undefined" && document.documentElement.classList.contains("dark") ? dark : light;
}

/** Calls back when the page changes between light and dark. Returns what ends that. */
export function watchTheme(changed: (theme: Theme) => void): () => void {
  let last = currentTheme();
  const observer = new MutationObserver(() => {
    const theme = currentTheme();
    if (theme === last) return;
    last = theme;
    changed(theme);
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
  return () => observer.disconnect();
}
