import type { ThemeRegistrationRaw } from "shiki";

const colour = (name: string): string => `var(--code-${name})`;

const paint = (name: string, ...scope: string[]) => ({ scope, settings: { foreground: colour(name) } });

/**
 * How code is coloured when the site is built: five inks, which theme/style/code.css names for light and dark, so that one text of a
 * block serves both.
 */
export const codeTheme: ThemeRegistrationRaw = {
  name: "cotangent",
  type: "light",
  colors: { "editor.foreground": colour("text"), "editor.background": colour("paper") },
  settings: [
    { settings: { foreground: colour("text"), background: colour("paper") } },
    { scope: ["comment", "punctuation.definition.comment"], settings: { foreground: colour("comment"), fontStyle: "italic" } },
    paint("keyword", "keyword", "storage", "variable.language", "constant.language", "punctuation.definition.keyword"),
    paint("text", "keyword.operator", "storage.type.function.arrow"),
    paint("keyword", "keyword.operator.new", "keyword.operator.expression", "keyword.operator.logical.python"),
    paint("literal", "string", "constant.numeric", "constant.character", "punctuation.definition.string", "constant.other"),
    paint("text", "punctuation.definition.template-expression", "meta.template.expression"),
    paint("function", "entity.name.function", "support.function", "meta.function-call.generic"),
    paint("type", "entity.name.type", "support.type", "entity.name.class", "support.class", "entity.other.inherited-class"),
  ],
};
