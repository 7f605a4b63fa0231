import { BriefcaseMedical, Check, History, Lock, LogOut, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen } from "../../../protocol/window/view.ts";

type ActivityScreenView = Extract<Screen, { name: "activity" }>;

interface ActivityScreenProps {
  readonly screen: ActivityScreenView;
  readonly send: (intent: Intent) => void;
}

/** Under which of several activities the holder works: number keys choose, and what was chosen last has the focus. */
export function ActivityScreen({ screen, send }: ActivityScreenProps) {
  const { t } = useTranslation();
  const { holder, activities, present, working, problem, closes } = screen;
  const choose = (activity: string | undefined) =>
    activity !== undefined && !working && send({ type: "choose-activity", activity });
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (/^[1-9]$/.test(event.key)) choose(activities[Number(event.key) - 1]?.id);
      else if (event.key === "Escape") send({ type: "cancel" });
      else if (event.key === "ArrowDown" || event.key === "ArrowUp")
        moveFocus(list.current, event.key === "ArrowDown" ? 1 : -1);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
  useEffect(() => list.current?.querySelector<HTMLElement>("[data-first-focus]")?.focus(), []);
  const marked = markedOf(screen);
  return (
    <section className="activities" aria-busy={working}>
      <div className="who">
        <p className="eyebrow">
          <BriefcaseMedical aria-hidden size={24} /> {holder.displayName} · {holder.profession}
        </p>
        <h1>{t(present === undefined ? "activity.title" : "activity.titleChange")}</h1>
        <p role="status">{t(working ? "activity.working" : "activity.hint")}</p>
        {problem !== undefined && (
          <p className="problem" role="alert">
            <strong>{t(`failures.${problem}.title`)}</strong> {t(`failures.${problem}.text`)}
          </p>
        )}
        {closes.length > 0 && (
          <p className="warning">
            <TriangleAlert aria-hidden size={24} /> {t("activity.closes", { applications: closes.join(", ") })}
          </p>
        )}
      </div>
      <ol ref={list}>
        {activities.map(({ id, label, structureName }, index) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === present ? "true" : undefined}
              aria-disabled={working}
              aria-keyshortcuts={index < 9 ? String(index + 1) : undefined}
              data-activity={id}
              data-first-focus={id === (marked ?? activities[0]?.id) ? "" : undefined}
              onClick={() => choose(id)}
            >
              {index < 9 && <kbd aria-hidden>{index + 1}</kbd>}
              <span className="label">
                {label}
                {structureName !== undefined && <small>{structureName}</small>}
              </span>
              {id === marked && <Mark isPresent={id === present} />}
            </button>
          </li>
        ))}
      </ol>
      <div className="ways-out">
        {present === undefined ? (
          <>
            <button type="button" onClick={() => send({ type: "lock" })}>
              <Lock aria-hidden size={22} /> {t("activity.lock")}
            </button>
            <button type="button" onClick={() => send({ type: "end-session" })}>
              <LogOut aria-hidden size={22} /> {t("activity.end")}
            </button>
          </>
        ) : (
          <button type="button" onClick={() => send({ type: "cancel" })}>
            {t("activity.back")}
          </button>
        )}
      </div>
    </section>
  );
}

function Mark({ isPresent }: { readonly isPresent: boolean }) {
  const { t } = useTranslation();
  const Icon = isPresent ? Check : History;
  return (
    <span className="mark">
      <Icon aria-hidden size={20} /> {t(isPresent ? "activity.present" : "activity.last")}
    </span>
  );
}

/** What counts now, or else what was chosen last. */
function markedOf({ present, last }: ActivityScreenView): string | undefined {
  return present ?? last;
}

function moveFocus(list: HTMLOListElement | null, by: 1 | -1): void {
  const buttons: (Element | null)[] = [...(list?.querySelectorAll("button") ?? [])];
  const from = buttons.indexOf(document.activeElement);
  const next = buttons[Math.min(Math.max(from + by, 0), buttons.length - 1)];
  if (next instanceof HTMLElement) next.focus();
}
