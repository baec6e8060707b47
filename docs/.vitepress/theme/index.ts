import { onContentUpdated, type Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { onMounted, onUnmounted } from "vue";
import { scrollByKeys } from "../../site/scroll-by-keys.js";
import "katex/dist/katex.min.css";
import "./style.css";

export default {
  extends: DefaultTheme,
  setup() {
    onContentUpdated(() => requestAnimationFrame(scrollByKeys));
    onMounted(() => window.addEventListener("resize", scrollByKeys));
    onUnmounted(() => window.removeEventListener("resize", scrollByKeys));
  },
} satisfies Theme;
