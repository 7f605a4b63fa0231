import { useTranslation } from "react-i18next";
import { alarmIn } from "../../../core/trail/trail-alarm.ts";

/** What a record's detail says here: an alarm in the reader's words, anything else as it is. */
export function useDetailText(): (detail: string | undefined) => string | undefined {
  const { t } = useTranslation();
  return detail => {
    const alarm = detail === undefined ? undefined : alarmIn(detail);
    return alarm === undefined ? detail : t(`console.trail.alarms.${alarm.alarm}`, { ...alarm });
  };
}
