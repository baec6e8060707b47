import type { MarkdownRenderer } from "vitepress";

/**
 * Puts each table of a page into a frame that scrolls sideways, so that the page itself need not. The empty corner of a table is no heading
 * of a column, so it becomes an ordinary cell.
 */
export function tableFrame(md: MarkdownRenderer): void {
  const { rules } = md.renderer;
  rules["table_open"] = () => `<div class="table-frame">\n<table>\n`;
  rules["table_close"] = () => "</table>\n</div>\n";
  rules["th_open"] = (tokens, index, options, _env, self) => {
    const [token, content, close] = tokens.slice(index, index + 3);
    if (token && content?.type === "inline" && content.content === "") {
      token.tag = "td";
      if (close) close.tag = "td";
    }
    return self.renderToken(tokens, index, options);
  };
}
