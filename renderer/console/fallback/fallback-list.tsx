import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import type { FallbackEntry, IssuedFallback } from "../../../protocol/broker/console/fallback.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { Moment } from "../components/moment.tsx";
import { ReasonedAct } from "../components/reasoned-act.tsx";

interface FallbackListProps {
  readonly fallbacks: readonly FallbackEntry[];
  /** By the broker's clock. */
  readonly now: number;
  readonly onIssued: (issued: IssuedFallback) => void;
  readonly onChanged: () => void;
}

/** Present temporary accesses with what is left of them, and what whoever looks may do with each. */
export function FallbackList({ fallbacks, now, onIssued, onChanged }: FallbackListProps) {
  const { t } = useTranslation();
  const [revoking, setRevoking] = useState<FallbackEntry>();
  const [refusal, setRefusal] = useState<FailureCode>();
  const act = async (work: () => Promise<unknown>) => {
    setRefusal(undefined);
    await work().catch((problem: unknown) => setRefusal(asFailure(problem).code));
    onChanged();
  };
  return (
    <>
      {refusal !== undefined && (
        <p className="notice" data-tone="bad" role="alert">
          <strong>{t(`failures.${refusal}.title`)}</strong> {t(`failures.${refusal}.text`)} <code>{refusal}</code>
        </p>
      )}
      {fallbacks.length === 0 ? (
        <p className="empty">{t("console.fallback.none")}</p>
      ) : (
        <div className="scroll">
          <table className="accesses">
            <thead>
              <tr>
                <th scope="col">{t("console.fallback.holder")}</th>
                <th scope="col">{t("console.fallback.state")}</th>
                <th scope="col">{t("console.fallback.left")}</th>
                <th scope="col">{t("console.fallback.why")}</th>
                <th scope="col">{t("console.fallback.by")}</th>
                <th scope="col">{t("console.fallback.acts")}</th>
              </tr>
            </thead>
            <tbody>
              {fallbacks.map(entry => (
                <Row
                  key={entry.id}
                  entry={entry}
                  now={now}
                  onApprove={() => void act(() => ask(consoleRoutes.approveFallback, { id: entry.id }))}
                  onIssue={() =>
                    void act(async () => onIssued(await ask(consoleRoutes.issueFallback, { id: entry.id })))
                  }
                  onRevoke={() => setRevoking(entry)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {revoking !== undefined && (
        <ReasonedAct
          title={t("console.fallback.revokeOf", { name: revoking.holder.displayName })}
          doIt={t("console.fallback.revoke")}
          act={async reason => {
            await ask(consoleRoutes.revokeFallback, { id: revoking.id, reason });
            return undefined;
          }}
          onEnd={() => {
            setRevoking(undefined);
            onChanged();
          }}
        >
          <p>{t("console.fallback.revokeDoes")}</p>
        </ReasonedAct>
      )}
    </>
  );
}

interface RowProps {
  readonly entry: FallbackEntry;
  readonly now: number;
  readonly onApprove: () => void;
  readonly onIssue: () => void;
  readonly onRevoke: () => void;
}

function Row({ entry, now, onApprove, onIssue, onRevoke }: RowProps) {
  const { t } = useTranslation();
  const { holder, profile, state, reason, requestedBy, requestedAt, approvedBy, until, endedAt, left, may } = entry;
  const name = holder.displayName;
  return (
    <tr>
      <th scope="row">
        {name}
        <small>
          <code>{holder.id}</code>
        </small>
      </th>
      <td>
        <span className="badge" data-fallback={state}>
          {t(`console.fallback.states.${state}`)}
        </span>
        <small>{profile}</small>
      </td>
      <td>
        {until !== undefined && <Moment at={until} now={now} />}
        {endedAt !== undefined && <Moment at={endedAt} now={now} />}
        {left !== undefined && until !== undefined && <small>{t("console.fallback.signIns", { count: left })}</small>}
      </td>
      <td>{reason}</td>
      <td>
        {requestedBy.displayName}
        <small>
          <Moment at={requestedAt} now={now} />
          {approvedBy !== undefined && ` · ${t("console.fallback.approvedBy", { name: approvedBy.displayName })}`}
        </small>
      </td>
      <td>
        <div className="row-acts">
          {may.approve && (
            <button type="button" onClick={onApprove} aria-label={t("console.fallback.approveOf", { name })}>
              {t("console.fallback.approve")}
            </button>
          )}
          {may.issue && (
            <button
              type="button"
              className="primary"
              onClick={onIssue}
              aria-label={t("console.fallback.showPasswordOf", { name })}
            >
              {t("console.fallback.showPassword")}
            </button>
          )}
          {may.revoke && (
            <button type="button" onClick={onRevoke} aria-label={t("console.fallback.revokeOf", { name })}>
              {t("console.fallback.revoke")}
            </button>
          )}
        </div>
      </td>
    </tr>
  );
}
