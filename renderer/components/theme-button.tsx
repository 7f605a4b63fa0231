import { Moon, Sun } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { chooseTheme, storedTheme } from "./theme.ts";

/** Changes between day and night, and remembers it. */
export function ThemeButton() {
  const { t } = useTranslation();
  const [theme, setTheme] = useState(storedTheme);
  const other = theme === "light" ? "night" : "light";
  const Icon = other === "night" ? Moon : Sun;
  return (
    <button
      type="button"
      onClick={() => {
        chooseTheme(other);
        setTheme(other);
      }}
    >
      <Icon aria-hidden size={18} /> {t(other === "night" ? "theme.night" : "theme.day")}
    </button>
  );
}
