/** The editor in the site's inks; they change with the page between light and dark. */
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const ink = (name: string): { color: string } => ({ color: `var(--code-${name})` });

export const inks = HighlightStyle.define([
  { tag: [tags.comment], ...ink("comment") },
  { tag: [tags.string, tags.number, tags.regexp, tags.bool, tags.null, tags.special(tags.string)], ...ink("literal") },
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.self], ...ink("keyword") },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.function(tags.definition(tags.variableName))],
    ...ink("function"),
  },
  { tag: [tags.typeName, tags.className, tags.namespace], ...ink("type") },
]);

export const look = EditorView.theme({
  "&": { backgroundColor: "var(--vp-code-block-bg)", color: "var(--code-text)", fontSize: "13.5px" },
  ".cm-scroller": { fontFamily: "var(--vp-font-family-mono)", lineHeight: "1.6" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--vp-c-text-1)" },
  ".cm-line": { padding: "0 18px 0 8px" },
  ".cm-gutters": { backgroundColor: "var(--vp-code-block-bg)", color: "var(--vp-c-text-3)", border: "none", paddingLeft: "6px" },
  ".cm-cursor": { borderLeftColor: "var(--vp-c-text-1)" },
  "&.cm-focused": { outline: "2px solid var(--vp-c-brand-1)", outlineOffset: "-2px" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--editor-selection)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--editor-selection)", outline: "none" },
  ".cm-nonmatchingBracket": { color: "var(--editor-fault)" },
  ".cm-fault": { backgroundColor: "var(--editor-fault-wash)", boxShadow: "inset 3px 0 0 var(--editor-fault)" },
  ".cm-fault-place": { textDecoration: "underline wavy var(--editor-fault)", textUnderlineOffset: "3px" },
  ".cm-result": { color: "var(--code-comment)", paddingLeft: "1.5ch", whiteSpace: "pre" },
  ".cm-tooltip": {
    backgroundColor: "var(--vp-c-bg-elv)",
    border: "1px solid var(--vp-c-border)",
    borderRadius: "6px",
    color: "var(--vp-c-text-1)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--vp-font-family-mono)", fontSize: "13px", maxHeight: "14em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--vp-c-brand-1)", color: "var(--vp-c-bg)" },
  ".cm-completionInfo": { padding: "8px 10px", maxWidth: "36em", fontSize: "13px", lineHeight: "1.5" },
  ".cm-completionInfo code": { display: "block", marginBottom: "4px", fontFamily: "var(--vp-font-family-mono)", whiteSpace: "pre-wrap" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "1em", opacity: "0.8" },
});
