import { katex } from "@mdit/plugin-katex";
import { defineConfig } from "vitepress";
import { sidebar } from "../site/contents.js";

/** The path under which the site is served: "/" unless DOCS_BASE says another, as a project page of a git host needs. */
const base = process.env["DOCS_BASE"] ?? "/";

export default defineConfig({
  title: "cotangent",
  description: "Derivatives of TypeScript programs, forward and in reverse, by rules of your own.",
  lang: "en",
  base,
  cleanUrls: false,
  ignoreDeadLinks: [/\/perf\/README/, /\.\.\/README/, /^\/reference\//, /^\/playground/, /^\/lab-live/],
  srcExclude: ["node_modules/**", "tests/**", "site/**"],
  markdown: {
    config: (md) => md.use(katex),
  },
  themeConfig: {
    search: { provider: "local" },
    nav: [
      { text: "Guide", link: "/guide/five-minutes" },
      { text: "The lab", link: "/lab-live" },
      { text: "Playground", link: "/playground" },
      { text: "Reference", link: "/reference/" },
    ],
    sidebar,
    outline: [2, 3],
  },
});
