/** What the build makes for the sandbox: see site/build. */
declare module "virtual:sandbox/frame" {
  export const script: string;
}

declare module "virtual:sandbox/library" {
  export const address: string;
}

declare module "virtual:sandbox/special" {
  export const address: string;
}

declare module "virtual:sandbox/modules" {
  export const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

declare module "virtual:sandbox/names" {
  export const names: import("../editor/names.js").KnownModules;
}
