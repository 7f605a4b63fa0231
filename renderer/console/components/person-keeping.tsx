import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import { activityText, readActivity } from "../../../core/session/activity-text.ts";
import { type HolderEntry, personKeeping } from "../../../protocol/broker/console/directory-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { TextField } from "./text-field.tsx";

interface PersonKeepingProps {
  /** The entry that is changed, or what a new one begins as; absent: nothing is known yet. */
  readonly entry?: Partial<HolderEntry>;
  readonly onDone: (holder: string) => void;
  readonly onCancel: () => void;
}

/** Enters a person into the console's own source, or changes him there. */
export function PersonKeeping({ entry = {}, onDone, onCancel }: PersonKeepingProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [written, setWritten] = useState(() => ({
    holder: entry.holder ?? "",
    displayName: entry.displayName ?? "",
    account: entry.account ?? "",
    mail: entry.mail ?? "",
    groups: (entry.groups ?? []).join("; "),
    activities: (entry.activities ?? []).map(activityText).join("\n"),
    reason: "",
  }));
  const [active, setActive] = useState(entry.standing !== "disabled");
  const [refusal, setRefusal] = useState<FailureCode>();
  useEffect(() => dialog.current?.showModal(), []);
  const field = (name: keyof typeof written) => ({
    value: written[name],
    onChange: (text: string) => setWritten({ ...written, [name]: text }),
  });
  const activities = linesOf(written.activities, "\n").map(readActivity);
  const isFit = !activities.includes(undefined);
  const wish = {
    holder: written.holder,
    displayName: written.displayName,
    ...(written.account.trim() === "" ? {} : { account: written.account }),
    ...(written.mail.trim() === "" ? {} : { mail: written.mail }),
    active,
    groups: linesOf(written.groups, ";"),
    ...(activities.length === 0 ? {} : { activities: activities.filter(one => one !== undefined) }),
    reason: written.reason,
  };
  const submit = () => {
    setRefusal(undefined);
    ask(consoleRoutes.keepPerson, wish).then(
      () => onDone(written.holder.trim()),
      problem => setRefusal(asFailure(problem).code),
    );
  };
  const title =
    entry.key === undefined ? t("console.keeping.addTitle") : t("console.keeping.editOf", { name: entry.displayName });
  return (
    <dialog ref={dialog} className="act" aria-labelledby="keeping-title" onClose={onCancel}>
      <h2 id="keeping-title">{title}</h2>
      <form
        onSubmit={event => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField label={t("console.keeping.identifier")} {...field("holder")} fixed={entry.holder !== undefined} />
        <TextField label={t("console.keeping.name")} {...field("displayName")} />
        <TextField label={t("console.keeping.account")} {...field("account")} />
        <TextField label={t("console.keeping.mail")} {...field("mail")} />
        <TextField label={t("console.keeping.groups")} {...field("groups")} />
        <label>
          {t("console.keeping.activities")}
          <textarea
            rows={3}
            value={written.activities}
            spellCheck={false}
            aria-invalid={!isFit}
            onChange={event => setWritten({ ...written, activities: event.target.value })}
          />
        </label>
        {!isFit && (
          <p className="notice" data-tone="bad">
            {t("console.keeping.unfit")}
          </p>
        )}
        <label className="choice">
          <input type="checkbox" checked={active} onChange={event => setActive(event.target.checked)} />{" "}
          {t("console.keeping.active")}
        </label>
        <TextField label={t("console.keeping.reason")} {...field("reason")} />
        <section className="effects" aria-live="polite">
          <p>{t("console.keeping.effect")}</p>
          {!active && <p>{t("console.keeping.disables")}</p>}
        </section>
        {refusal !== undefined && (
          <p className="notice" data-tone="bad" role="alert">
            {t(`failures.${refusal}.title`)} <code>{refusal}</code>
          </p>
        )}
        <div>
          <button type="button" onClick={() => dialog.current?.close()}>
            {t("console.keeping.cancel")}
          </button>
          <button type="submit" className="primary" disabled={!isFit || !personKeeping.safeParse(wish).success}>
            {t("console.keeping.save")}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function linesOf(text: string, between: string): string[] {
  return [...new Set(text.split(between).map(part => part.trim()))].filter(part => part !== "");
}
