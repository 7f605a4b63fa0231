import "@fontsource-variable/atkinson-hyperlegible-next";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { applyTheme, storedTheme } from "../components/theme.ts";
import { keptLanguage } from "../i18n/kept-language.ts";
import { startLanguages } from "../i18n/languages.ts";
import { App } from "./app.tsx";
import { LoopbackChannel } from "./channel/loopback-channel.ts";
import { type PreloadBridge, PreloadChannel } from "./channel/preload-channel.ts";

declare global {
  interface Window {
    /** Only in the Electron host. */
    readonly wardkey?: PreloadBridge;
  }
}

const channel =
  window.wardkey === undefined ? new LoopbackChannel(window.location) : new PreloadChannel(window.wardkey);
const language = keptLanguage();
const root = document.getElementById("root");
document.documentElement.lang = language;
applyTheme(storedTheme());
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={startLanguages(language)}>
        <App channel={channel} />
      </I18nextProvider>
    </StrictMode>,
  );
}
