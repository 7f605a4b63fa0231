import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlaceView } from "../../../protocol/broker/console/house-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import type { PlacedWorkstation } from "../../../protocol/broker/console/workstations.ts";
import { ask } from "../asking/ask.ts";
import { useAsked } from "../asking/use-asked.ts";
import { namedChoices } from "../house/known-choices.ts";
import { AnswerOf } from "./answer-of.tsx";
import { ReasonedAct } from "./reasoned-act.tsx";
import { WorkstationPresence } from "./workstation-presence.tsx";

interface PlacedWorkstationsProps {
  /** Absent: of all places. */
  readonly place: PlaceView | undefined;
  readonly places: readonly PlaceView[];
  readonly mayChange: boolean;
  readonly onChanged: () => void;
}

type Wanted = { readonly act: "move" | "withdraw"; readonly workstation: PlacedWorkstation };

/** The workstations of a place: when each was seen; they can be moved, and withdrawn. */
export function PlacedWorkstations({ place, places, mayChange, onChanged }: PlacedWorkstationsProps) {
  const { t } = useTranslation();
  const { asked, again } = useAsked(consoleRoutes.workstations, place === undefined ? {} : { place: place.id });
  const [wanted, setWanted] = useState<Wanted>();
  const end = () => {
    setWanted(undefined);
    again();
    onChanged();
  };
  return (
    <section aria-labelledby="workstations">
      <h2 id="workstations">
        {place === undefined ? t("console.places.allWorkstations") : t("console.places.inPlace", { place: place.name })}
      </h2>
      <AnswerOf asked={asked}>
        {({ workstations, count, now }) =>
          count === 0 ? (
            <p className="empty">{t("console.places.noWorkstation")}</p>
          ) : (
            <div className="scroll">
              <table>
                {count > workstations.length && (
                  <caption>{t("console.places.first", { shown: workstations.length, all: count })}</caption>
                )}
                <thead>
                  <tr>
                    <th scope="col">{t("console.live.workstation")}</th>
                    <th scope="col">{t("console.live.place")}</th>
                    <th scope="col">{t("console.live.seen")}</th>
                    {mayChange && <td />}
                  </tr>
                </thead>
                <tbody>
                  {workstations.map(workstation => (
                    <tr key={workstation.id}>
                      <th scope="row">{workstation.name}</th>
                      <td>{workstation.placeName}</td>
                      <td>
                        <WorkstationPresence connected={workstation.connected} seenAt={workstation.seenAt} now={now} />
                      </td>
                      {mayChange && (
                        <td className="row-acts">
                          <button
                            type="button"
                            onClick={() => setWanted({ act: "move", workstation })}
                            aria-label={t("console.places.moveThis", { name: workstation.name })}
                          >
                            {t("console.places.move")}
                          </button>
                          <button
                            type="button"
                            onClick={() => setWanted({ act: "withdraw", workstation })}
                            aria-label={t("console.places.withdrawThis", { name: workstation.name })}
                          >
                            {t("console.places.withdraw")}
                          </button>
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </AnswerOf>
      {wanted?.act === "move" && <Move workstation={wanted.workstation} places={places} onEnd={end} />}
      {wanted?.act === "withdraw" && <Withdrawal workstation={wanted.workstation} onEnd={end} />}
    </section>
  );
}

interface MoveProps {
  readonly workstation: PlacedWorkstation;
  readonly places: readonly PlaceView[];
  readonly onEnd: () => void;
}

function Move({ workstation, places, onEnd }: MoveProps) {
  const { t } = useTranslation();
  const { id, name, place: present } = workstation;
  const others = places.filter(place => place.id !== present);
  const [place, setPlace] = useState(others[0]?.id ?? present);
  return (
    <ReasonedAct
      title={t("console.places.moveThis", { name })}
      doIt={t("console.places.move")}
      act={async reason => {
        await ask(consoleRoutes.moveWorkstation, { workstation: id, place, reason });
        return undefined;
      }}
      onEnd={onEnd}
    >
      <label>
        {t("console.places.to")}
        <select value={place} onChange={event => setPlace(event.target.value)}>
          {namedChoices(others).map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p>{t("console.places.moveEffect")}</p>
    </ReasonedAct>
  );
}

function Withdrawal({ workstation, onEnd }: Pick<MoveProps, "workstation" | "onEnd">) {
  const { t } = useTranslation();
  const { id, name } = workstation;
  return (
    <ReasonedAct
      title={t("console.places.withdrawThis", { name })}
      doIt={t("console.places.withdraw")}
      act={async reason => {
        await ask(consoleRoutes.withdrawWorkstation, { workstation: id, reason });
        return undefined;
      }}
      onEnd={onEnd}
    >
      <p>{t("console.places.withdrawEffect", { name })}</p>
    </ReasonedAct>
  );
}
