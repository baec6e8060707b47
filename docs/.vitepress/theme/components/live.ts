import { type App, defineAsyncComponent } from "vue";

const components = {
  LiveF1: () => import("./LiveF1.vue"),
  LiveMaximum: () => import("./LiveMaximum.vue"),
  LivePooling: () => import("./LivePooling.vue"),
  LiveOutlines: () => import("./LiveOutlines.vue"),
  LiveRope: () => import("./LiveRope.vue"),
  LiveCrossCheck: () => import("./LiveCrossCheck.vue"),
  LiveSpeed: () => import("./LiveSpeed.vue"),
};

/** Registers the components of the live lab; each is loaded where a page has it. */
export function registerLive(app: App): void {
  for (const [name, load] of Object.entries(components)) app.component(name, defineAsyncComponent(load));
}
