import { katex } from "@mdit/plugin-katex";
import { defineConfig, type MarkdownRenderer } from "vitepress";
import { codeTheme } from "../site/build/code-theme.js";
import { programFences } from "../site/build/fence.js";
import { labBlocks } from "../site/build/lab-blocks.js";
import { groups, linksByName } from "../site/build/reference-groups.js";
import { lineAnchors, sourceLinks } from "../site/build/reference-links.js";
import { searchedHtml } from "../site/build/reference-search.js";
import { sandboxPlugin } from "../site/build/sandbox-plugin.js";
import { slug } from "../site/build/slug.js";
import { tableFrame } from "../site/build/table-frame.js";
import { sidebar } from "../site/contents.js";

/** The path under which the site is served: "/" unless DOCS_BASE says another, as a project page of a git host needs. */
const base = process.env["DOCS_BASE"] ?? "/";

/** The plugin is typed for a later markdown-it than VitePress has; both have what it uses. */
const katexOn = katex as unknown as (md: MarkdownRenderer) => void;

export default defineConfig({
  title: "cotangent",
  description: "Derivatives of TypeScript programs, forward and in reverse, by rules of your own.",
  lang: "en",
  base,
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `${base}logo.svg` }]],
  cleanUrls: false,
  // what a page loads before anything is clicked is the page alone
  router: { prefetchLinks: false },
  srcExclude: ["node_modules/**", "tests/**", "site/**", "reference/examples/**"],
  vite: {
    plugins: [sandboxPlugin(), labBlocks()],
    worker: { format: "es" },
    // the live lab imports the library from its sources
    server: { fs: { allow: [".."] } },
    // what the library is compiled for: lowered fields of classes would make it slower
    build: { target: "es2022" },
  },
  markdown: {
    theme: codeTheme,
    anchor: { slugify: slug },
    config: (md) => {
      katexOn(md);
      md.use(tableFrame);
      md.use(sourceLinks, { page: "rules.md", links: linksByName(groups()) });
      md.use(programFences);
    },
    codeTransformers: [lineAnchors],
  },
  transformPageData(page) {
    if (page.relativePath === "rules.md") Object.assign(page.frontmatter, { pageClass: "wide", aside: false });
    if (page.relativePath.startsWith("phrasebooks/")) Object.assign(page.frontmatter, { pageClass: "phrasebook", aside: false });
    if (page.relativePath === "lab-live.md") Object.assign(page.frontmatter, { pageClass: "live-lab", aside: false });
  },
  themeConfig: {
    logo: "/logo.svg",
    search: { provider: "local", options: { _render: searchedHtml } },
    nav: [
      { text: "Guide", link: "/guide/five-minutes" },
      { text: "The lab", link: "/lab-live" },
      { text: "Playground", link: "/playground" },
      { text: "Reference", link: "/reference/", activeMatch: "^/(?:reference/|rules|source/)" },
    ],
    sidebar,
    outline: [2, 3],
  },
});
