import { MonitorCheck, MonitorX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Moment } from "./moment.tsx";

interface WorkstationPresenceProps {
  readonly connected: boolean;
  readonly seenAt?: number | undefined;
  readonly now: number;
}

/** Whether a workstation is there, or when it last was. */
export function WorkstationPresence({ connected, seenAt, now }: WorkstationPresenceProps) {
  const { t } = useTranslation();
  const Icon = connected ? MonitorCheck : MonitorX;
  return (
    <span className="badge" data-health={connected ? "good" : "none"}>
      <Icon aria-hidden size={16} /> {connected && t("console.live.here")}
      {!connected && (seenAt === undefined ? t("console.live.notSeen") : <Moment at={seenAt} now={now} />)}
    </span>
  );
}
