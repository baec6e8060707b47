/** A function in the tables of docs/rules.md. */
export interface RuleRow {
  readonly element: HTMLElement;
  /** All that its row says, in lower case. */
  readonly text: string;
  readonly hasKink: boolean;
}

/** A section of docs/rules.md: its heading, its table and what stands below. */
export interface RuleSection {
  readonly title: string;
  readonly elements: readonly HTMLElement[];
  readonly rows: readonly RuleRow[];
  /** What stands beside the table: the sources, and the functions without a derivative. */
  readonly rest: readonly HTMLElement[];
}

export interface RuleFilter {
  readonly text: string;
  /** The title of a section; all when empty. */
  readonly group: string;
  readonly kink: "" | "yes" | "no";
}

function rowsOf(table: Element): RuleRow[] {
  const names = [...table.querySelectorAll("thead th")].map(({ textContent }) => textContent?.trim());
  const place = names.indexOf("kinks");
  return [...table.querySelectorAll<HTMLElement>("tbody tr")].map((element) => ({
    element,
    text: (element.textContent ?? "").toLowerCase(),
    hasKink: (element.children[place]?.textContent ?? "").trim() !== "",
  }));
}

/** The list of the functions that have no derivative. */
const isOfOthers = ({ textContent }: HTMLElement): boolean => textContent?.startsWith("Not differentiable") === true;

/** The sections of the page that are about functions. */
export function sectionsOf(page: HTMLElement): RuleSection[] {
  const headings = [...page.querySelectorAll<HTMLElement>("h2")];
  const sections = headings.map((heading) => {
    const elements: HTMLElement[] = [heading];
    for (let next = heading.nextElementSibling; next !== null && next.tagName !== "H2"; next = next.nextElementSibling)
      elements.push(next as HTMLElement);
    const rows = elements.flatMap((element) =>
      [...(element.matches("table") ? [element] : element.querySelectorAll("table"))].flatMap(rowsOf),
    );
    const rest = elements.filter((element) => element !== heading && !element.matches("table") && element.querySelector("table") === null);
    const title = [...heading.childNodes]
      .filter((node) => !(node instanceof HTMLAnchorElement))
      .map(({ textContent }) => textContent)
      .join("")
      .trim();
    return { title, elements, rows, rest };
  });
  return sections.filter(({ rows, rest }) => rows.length > 0 || rest.some(isOfOthers));
}

/**
 * Hides what the filter does not let through.
 * @returns how many functions are shown
 */
export function filterRules(sections: readonly RuleSection[], { text, group, kink }: RuleFilter): number {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  let count = 0;
  for (const { title, elements, rows, rest } of sections) {
    const isGroup = group === "" || group === title;
    let inSection = 0;
    for (const row of rows) {
      const fits = isGroup && words.every((word) => row.text.includes(word)) && (kink === "" || row.hasKink === (kink === "yes"));
      row.element.hidden = !fits;
      if (fits) inSection++;
    }
    const isWhole = words.length === 0 && kink === "";
    const holds = (element: HTMLElement): boolean => words.every((word) => (element.textContent ?? "").toLowerCase().includes(word));
    const told = rest.filter((element) => isGroup && (isWhole || (kink === "" && isOfOthers(element) && holds(element))));
    for (const element of elements) element.hidden = inSection === 0;
    for (const element of rest) element.hidden = !told.includes(element);
    const [heading] = elements;
    if (heading !== undefined) heading.hidden = inSection === 0 && told.length === 0;
    count += inSection;
  }
  return count;
}
