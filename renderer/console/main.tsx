import "@fontsource-variable/atkinson-hyperlegible-next";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { applyTheme, storedTheme } from "../components/theme.ts";
import { keptLanguage } from "../i18n/kept-language.ts";
import { startLanguages } from "../i18n/languages.ts";
import { App } from "./app.tsx";

const language = keptLanguage();
const root = document.getElementById("root");
document.documentElement.lang = language;
applyTheme(storedTheme());
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={startLanguages(language)}>
        <App />
      </I18nextProvider>
    </StrictMode>,
  );
}
