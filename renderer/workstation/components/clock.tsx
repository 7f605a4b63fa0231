import { useTranslation } from "react-i18next";
import { useNow } from "../../components/use-now.ts";

/** Time and day, large, in the person's language. */
export function Clock() {
  const { i18n } = useTranslation();
  const now = new Date(useNow());
  const time = now.toLocaleTimeString(i18n.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = now.toLocaleDateString(i18n.language, { weekday: "long", day: "numeric", month: "long" });
  return (
    <p className="clock">
      <time dateTime={now.toISOString()}>{time}</time>
      <span>{day}</span>
    </p>
  );
}
