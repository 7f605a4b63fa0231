import type { Language } from "../../core/language.ts";

/** What the tab at the edge of an application says that leads back to the portal. */
export const backToPortal: Readonly<Record<Language, string>> = {
  fr: "← Portail",
  en: "← Portal",
  es: "← Portal",
  ca: "← Portal",
};
