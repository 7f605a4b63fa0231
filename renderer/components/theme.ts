export type Theme = "light" | "night";

const storageName = "theme";

/** The theme chosen here, or the one that the system asks for. */
export function storedTheme(): Theme {
  const stored = localStorage.getItem(storageName);
  if (stored === "light" || stored === "night") return stored;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "night" : "light";
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(storageName, theme);
  applyTheme(theme);
}
