import { useTranslation } from "react-i18next";
import type { FallbackProfileView } from "../../../protocol/broker/console/fallback.ts";

interface ProfileChoiceProps {
  readonly profiles: readonly FallbackProfileView[];
  readonly chosen: string;
  readonly onChoose: (profile: string) => void;
}

/** Hours and minutes, by the symbols that every language shares. */
function lasting(minutes: number): string {
  const parts = [`${Math.floor(minutes / 60)} h`, `${minutes % 60} min`];
  return parts.filter(part => !part.startsWith("0 ")).join(" ");
}

/** What the access is worth: how long, how often, where, and whether somebody else has to approve it. */
export function ProfileChoice({ profiles, chosen, onChoose }: ProfileChoiceProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="profiles">
      <legend>{t("console.fallback.profile")}</legend>
      {profiles.map(({ id, name, minutes, signIns, places, secondPerson }) => (
        <label key={id} className="tick">
          <input type="radio" name="profile" checked={id === chosen} onChange={() => onChoose(id)} />
          <span>
            {name}
            <small>
              {[
                lasting(minutes),
                t("console.fallback.signIns", { count: signIns }),
                places === undefined ? t("console.fallback.everywhere") : places.join(", "),
                ...(secondPerson ? [t("console.fallback.secondPerson")] : []),
              ].join(" · ")}
            </small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
