import type { DefaultTheme } from "vitepress";
import { groups } from "./build/reference-groups.js";

/** The pages of the reference that are made from the code. */
const apiItems = (): DefaultTheme.SidebarItem[] => groups().map(({ slug, title }) => ({ text: title, link: `/reference/api/${slug}` }));

/** The table of contents of the site, in the order in which a reader needs its pages. */
export const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: "Guide",
    items: [
      { text: "Five minutes", link: "/guide/five-minutes" },
      { text: "Arrays and views", link: "/guide/arrays" },
      { text: "Models as records", link: "/guide/models" },
      { text: "Forward or reverse", link: "/guide/modes" },
      { text: "Second order", link: "/guide/second-order" },
      { text: "Control flow, loops, mutation", link: "/guide/control-flow" },
      { text: "Writing rules", link: "/guide/writing-rules" },
      { text: "Rules for functions of others", link: "/guide/foreign-functions" },
      { text: "Functions of functions", link: "/functions-of-functions" },
      { text: "Networks and models", link: "/networks" },
      { text: "Speed", link: "/guide/speed" },
    ],
  },
  {
    text: "Coming from",
    items: [
      { text: "JAX", link: "/phrasebooks/jax" },
      { text: "PyTorch", link: "/phrasebooks/pytorch" },
      { text: "Zygote and ChainRules", link: "/phrasebooks/zygote" },
    ],
  },
  {
    text: "Recipes",
    items: [
      { text: "All recipes", link: "/recipes/" },
      { text: "Fit a curve", link: "/recipes/fit-a-curve" },
      { text: "Logistic regression", link: "/recipes/logistic-regression" },
      { text: "Gaussian process", link: "/recipes/gaussian-process" },
      { text: "Parameters of an ODE", link: "/recipes/ode-parameters" },
      { text: "Image filter", link: "/recipes/image-filter" },
      { text: "Inverse kinematics", link: "/recipes/inverse-kinematics" },
      { text: "L-BFGS", link: "/recipes/lbfgs" },
    ],
  },
  {
    text: "The lab",
    items: [
      { text: "The lab, live", link: "/lab-live" },
      { text: "The lab, written", link: "/lab" },
      { text: "Playground", link: "/playground" },
    ],
  },
  {
    text: "In full",
    items: [
      { text: "Writing a rule", link: "/writing-a-rule" },
      { text: "Testing a rule", link: "/testing-rules" },
      { text: "Ordinary TypeScript", link: "/plain-typescript" },
      { text: "Limits", link: "/limits" },
      { text: "The mathematics", link: "/maths" },
      { text: "Inside", link: "/inside" },
      { text: "Decisions", link: "/decisions" },
    ],
  },
  {
    text: "Reference",
    items: [
      { text: "Overview", link: "/reference/" },
      { text: "The rules", link: "/rules" },
      { text: "Laws of tangents", link: "/reference/laws" },
      { text: "Kinks, ties and edges", link: "/reference/kinks" },
      { text: "Errors", link: "/reference/errors" },
      { text: "All messages", link: "/reference/api/messages" },
      { text: "All names", link: "/reference/api/", collapsed: true, items: apiItems() },
      { text: "Benchmarks", link: "/source/perf/README" },
      { text: "Changelog", link: "/source/CHANGELOG" },
      { text: "Contributing", link: "/source/CONTRIBUTING" },
    ],
  },
];
