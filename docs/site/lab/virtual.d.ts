/** A code block of docs/lab-live.md as a module: what it declares (docs/site/build/lab-blocks.ts). */
declare module "virtual:lab-block/*" {}
