/** Components, to the TypeScript compiler: what they take is checked where Vite builds them. */
declare module "*.vue" {
  import type { DefineComponent } from "vue";

  const component: DefineComponent<Record<string, unknown>, Record<string, unknown>, unknown>;
  // biome-ignore lint/style/noDefaultExport: a component is its file's default export
  export default component;
}
