import { useLanguage } from "../../i18n/use-language.ts";
import { absoluteTime, relativeTime } from "./relative-time.ts";

/** A moment as people say it; the exact one on hover and for programs. `now` is the broker's. */
export function Moment({ at, now }: { readonly at: number; readonly now: number }) {
  const { language } = useLanguage();
  return (
    <time dateTime={new Date(at).toISOString()} title={absoluteTime(at, language)}>
      {relativeTime(at, now, language)}
    </time>
  );
}
