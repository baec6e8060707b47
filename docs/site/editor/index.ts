/** The editor, as the site uses it: loaded when a reader first means to edit. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, temporarilySetTabFocusMode } from "@codemirror/commands";
import { typescriptLanguage } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput, indentUnit, LanguageSupport, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { completeNames } from "./complete.js";
import { faultMarks, markFault } from "./faults.js";
import { inks, look } from "./look.js";
import { resultMarks, type Shown, showResults } from "./results.js";

export type { Shown } from "./results.js";

/** Where a program went wrong, from 1. */
export interface Fault {
  readonly line: number;
  readonly column?: number | undefined;
  readonly message: string;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly code: string;
  /** What a screen reader calls it. */
  readonly label: string;
  /** The id of the text that tells how to leave it. */
  readonly describedBy?: string | undefined;
  onChange?(code: string): void;
  /** Mod-Enter. */
  onRun?(): void;
}

export interface Editor {
  code(): string;
  /** Puts another text in; its history stays. */
  replace(code: string): void;
  /** Marks a line as the one that went wrong; nothing marks none. */
  fault(fault?: Fault): void;
  /** Shows results at the ends of lines. */
  results(shown: readonly Shown[]): void;
  focus(at?: number): void;
  destroy(): void;
}

export function createEditor({ parent, code, label, describedBy, onChange, onRun }: EditorOptions): Editor {
  const runs = (): boolean => {
    onRun?.();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: code,
      extensions: [
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of("  "),
        bracketMatching(),
        closeBrackets(),
        new LanguageSupport(typescriptLanguage, typescriptLanguage.data.of({ autocomplete: completeNames })),
        autocompletion({ icons: false, maxRenderedOptions: 60 }),
        syntaxHighlighting(inks),
        look,
        faultMarks,
        resultMarks,
        keymap.of([
          { key: "Mod-Enter", preventDefault: true, run: runs },
          ...closeBracketsKeymap,
          ...completionKeymap,
          // Where nothing else takes it, Escape makes the next Tab leave the editor.
          { key: "Escape", run: temporarilySetTabFocusMode },
          ...defaultKeymap,
          ...historyKeymap,
          indentWithTab,
        ]),
        EditorView.contentAttributes.of({
          tabindex: "0",
          "aria-label": label,
          ...(describedBy === undefined ? {} : { "aria-describedby": describedBy }),
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange?.(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    code: () => view.state.doc.toString(),
    replace: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    fault: (fault) => markFault(view, fault),
    results: (shown) => showResults(view, shown),
    focus(at) {
      if (at !== undefined) view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) } });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
