import { CloudOff, Moon, Phone, Sun } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { View } from "../../../protocol/window/view.ts";
import { chooseTheme, storedTheme } from "../../components/theme.ts";
import { languages } from "../../i18n/languages.ts";

/** What stays at the edge of every screen: where this is, whom to call, language and theme, and trouble with the server. */
export function Footer({ view }: { readonly view: View }) {
  const { t, i18n } = useTranslation();
  const [theme, setTheme] = useState(storedTheme);
  const other = theme === "light" ? "night" : "light";
  const choose = (language: string) => {
    localStorage.setItem("language", language);
    document.documentElement.lang = language;
    void i18n.changeLanguage(language);
  };
  return (
    <footer>
      <span className="place">{view.workstation.name}</span>
      {view.workstation.helpdeskPhone !== "" && (
        <span>
          <Phone aria-hidden size={18} /> {t("helpdesk", { phone: view.workstation.helpdeskPhone })}
        </span>
      )}
      {view.connection !== "connected" && (
        <span className="connection" role="status">
          <CloudOff aria-hidden size={18} /> {t(`connection.${view.connection}`)}
        </span>
      )}
      <span className="spacer" />
      <fieldset aria-label={t("language.choose")}>
        {Object.entries(languages).map(([code, words]) => (
          <button
            type="button"
            key={code}
            lang={code}
            aria-pressed={i18n.language === code}
            onClick={() => choose(code)}
          >
            {words.language.name}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        onClick={() => {
          chooseTheme(other);
          setTheme(other);
        }}
      >
        {other === "night" ? <Moon aria-hidden size={18} /> : <Sun aria-hidden size={18} />}{" "}
        {t(other === "night" ? "theme.night" : "theme.day")}
      </button>
    </footer>
  );
}
