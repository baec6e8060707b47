/** The line where a program went wrong, marked until the text changes there. */
import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Fault } from "./index.js";

const setFault = StateEffect.define<Fault | undefined>();

export const faultMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, changes, state }) {
    let now = marks.map(changes);
    for (const effect of effects)
      if (effect.is(setFault)) now = effect.value === undefined ? Decoration.none : marksOf(state.doc, effect.value);
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function marksOf(
  doc: { lines: number; line(n: number): { from: number; to: number; text: string } },
  { line, column, message }: Fault,
): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  if (line < 1 || line > doc.lines) return Decoration.none;
  const { from, to, text } = doc.line(line);
  marks.add(from, from, Decoration.line({ class: "cm-fault", attributes: { title: message } }));
  const at = from + Math.min((column ?? 1) - 1, text.length);
  const word = /^[\w$]+|^./.exec(text.slice(at - from))?.[0] ?? "";
  if (column !== undefined && word !== "") marks.add(at, Math.min(to, at + word.length), Decoration.mark({ class: "cm-fault-place" }));
  return marks.finish();
}

export function markFault(view: EditorView, fault: Fault | undefined): void {
  view.dispatch({ effects: setFault.of(fault) });
}
