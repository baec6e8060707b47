/** What lines printed, at their ends, until the text changes. */
import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";

/** What a line printed. */
export interface Shown {
  readonly line: number;
  readonly text: string;
}

class Result extends WidgetType {
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  override eq(other: Result): boolean {
    return other.text === this.text;
  }

  toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = "cm-result";
    element.textContent = `// → ${this.text}`;
    return element;
  }
}

const setResults = StateEffect.define<readonly Shown[]>();

export const resultMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, docChanged, state }) {
    let now = docChanged ? Decoration.none : marks;
    for (const effect of effects) {
      if (!effect.is(setResults)) continue;
      const builder = new RangeSetBuilder<Decoration>();
      for (const { line, text } of [...effect.value].sort((a, b) => a.line - b.line)) {
        if (line < 1 || line > state.doc.lines) continue;
        const at = state.doc.line(line).to;
        builder.add(at, at, Decoration.widget({ widget: new Result(text), side: 1 }));
      }
      now = builder.finish();
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function showResults(view: EditorView, shown: readonly Shown[]): void {
  view.dispatch({ effects: setResults.of(shown) });
}
