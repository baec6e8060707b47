import { onContentUpdated, type Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { defineAsyncComponent, onMounted, onUnmounted } from "vue";
import { scrollByKeys } from "../../site/scroll-by-keys.js";
import LiveExample from "./components/LiveExample.vue";
import { registerLive } from "./components/live.js";
import MeasuredFigures from "./components/MeasuredFigures.vue";
import PeerFigures from "./components/PeerFigures.vue";
import { listenForPrograms } from "./components/programs.js";
import RulesTable from "./components/RulesTable.vue";
import "katex/dist/katex.min.css";
import "./style.css";
import "./reference.css";
import "./components/programs.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("LiveExample", LiveExample);
    app.component("MeasuredFigures", MeasuredFigures);
    app.component("PeerFigures", PeerFigures);
    app.component("RulesTable", RulesTable);
    app.component(
      "PlayGround",
      defineAsyncComponent(() => import("./components/PlayGround.vue")),
    );
    registerLive(app);
  },
  setup() {
    onContentUpdated(() => requestAnimationFrame(scrollByKeys));
    onMounted(listenForPrograms);
    onMounted(() => window.addEventListener("resize", scrollByKeys));
    onUnmounted(() => window.removeEventListener("resize", scrollByKeys));
  },
} satisfies Theme;
