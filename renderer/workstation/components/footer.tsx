import { CloudOff, Phone } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { View } from "../../../protocol/window/view.ts";
import { ThemeButton } from "../../components/theme-button.tsx";
import { languages } from "../../i18n/languages.ts";

/** What stays at the edge of every screen: where this is, whom to call, language and theme, and trouble with the server. */
export function Footer({ view }: { readonly view: View }) {
  const { t, i18n } = useTranslation();
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
      <ThemeButton />
    </footer>
  );
}
