import { useTranslation } from "react-i18next";

const barWidth = 26;
const gap = 6;
const height = 150;
const foot = 22;

/** How many signed in at each hour: bars, and the same numbers as a table. */
export function HoursChart({ byHour }: { readonly byHour: readonly number[] }) {
  const { t } = useTranslation();
  const all = byHour.reduce((sum, count) => sum + count, 0);
  const most = Math.max(1, ...byHour);
  const width = byHour.length * (barWidth + gap);
  return (
    <>
      <svg
        className="hours"
        viewBox={`0 0 ${width} ${height + foot}`}
        role="img"
        aria-label={t("console.stopwatch.hoursChart", { count: all, hour: byHour.indexOf(Math.max(...byHour)) })}
      >
        {byHour.map((count, hour) => {
          const tall = (count / most) * (height - 16);
          const x = hour * (barWidth + gap);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the hour is what the bar stands for
            <g key={hour}>
              <rect className="bar" x={x} y={height - tall} width={barWidth} height={tall} rx={3} />
              {count > 0 && (
                <text className="value" x={x + barWidth / 2} y={height - tall - 4}>
                  {count}
                </text>
              )}
              <text x={x + barWidth / 2} y={height + 16}>
                {hour}
              </text>
            </g>
          );
        })}
        <line className="floor" x1={0} x2={width} y1={height} y2={height} />
      </svg>
      <details>
        <summary>{t("console.stopwatch.asTable")}</summary>
        <table className="narrow">
          <thead>
            <tr>
              <th scope="col">{t("console.stopwatch.hour")}</th>
              <th scope="col">{t("console.stopwatch.signIns")}</th>
            </tr>
          </thead>
          <tbody>
            {byHour.map((count, hour) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the hour is what the row stands for
              <tr key={hour}>
                <th scope="row">{t("console.stopwatch.hourOf", { hour })}</th>
                <td className="number">{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
