import { fromBase64 } from "../../core/bytes/base64.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { NoteKey } from "../../core/trail/signed-note.ts";
import type { CardTrialResult } from "../../protocol/broker/console/card-trial.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import type { BrokerConfiguration } from "../main/configuration.ts";
import type { Actor } from "../services/actor.ts";
import type { Enrolments } from "../services/enrolments.ts";
import { type AliasAct, addHolderAlias, effectsOfAlias, removeHolderAlias } from "../services/holder-aliases.ts";
import { type House, placeOf } from "../services/house.ts";
import { liveOverview } from "../services/live-overview.ts";
import type { PushHub } from "../services/push-hub.ts";
import { seatChange } from "../services/seat-change.ts";
import type { SessionEvents } from "../services/session-events.ts";
import type { Sessions } from "../services/sessions.ts";
import { extractTrail, proveRecord } from "../services/trail-extracts.ts";
import { trailPage } from "../services/trail-overview.ts";
import { domainRules, trustOverview } from "../services/trust-overview.ts";
import type { SignedIn } from "../steps/signed-in.ts";
import { holderAliases, holderBehind } from "../store/alias-table.ts";
import type { Store } from "../store/store.ts";
import { bundleInForce } from "../store/trust-table.ts";
import type { CardTrust } from "../trust/card-trust.ts";
import type { AcceptConsoleRoute } from "./console-route.ts";

export interface ConsoleAnswersParts {
  readonly configuration: BrokerConfiguration;
  readonly house: House;
  readonly store: Store;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly enrolments: Enrolments;
  readonly events: SessionEvents;
  readonly hub: PushHub;
  readonly trust: CardTrust;
  /** The name and public half of what signs the trail's checkpoints. */
  readonly trailKey: NoteKey;
  readonly brokerVersion: string;
}

/** Shorter than proxies and browsers wait. */
const longestSilenceMs = 25_000;

/** What the broker answers to each of the console's questions. */
export function answerConsole(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { configuration, house, store, clock, sessions, enrolments, events, hub, trust, trailKey, brokerVersion } =
    parts;
  const startedAt = clock.now();
  const placeNameOf = (id: string) => placeOf(house, id)?.name ?? id;

  const describe = async ({ session, workstation, roles }: SignedIn) => ({
    holder: session.holder,
    means: session.means,
    roles: [...roles],
    workstationName: await enrolments.nameOf(workstation),
    demonstration: configuration.demonstration,
    brokerVersion,
  });
  const actorOf = async ({ session, workstation }: SignedIn): Promise<Actor> => ({
    at: clock.now(),
    by: session.holder.id,
    means: session.means,
    assurance: assuranceOf(session.means),
    session: session.id,
    workstation,
    place: (await enrolments.byId(workstation))?.place,
  });
  const actOf = async (who: SignedIn, detail: string): Promise<AliasAct> => ({ ...(await actorOf(who)), detail });

  accept(consoleRoutes.administrator, describe);
  accept(consoleRoutes.seatChange, async (who, _question, gone) => {
    const changed = seatChange(events, who.seat, longestSilenceMs, gone);
    // Between the steps and here the card may have gone: nothing is waited for then.
    if ((await sessions.openSeat(who.seat)) !== undefined) await changed;
    if ((await sessions.openSeat(who.seat)) === undefined) throw new Failure("session-unknown");
    return describe(who);
  });
  accept(consoleRoutes.live, (_who, { search = "" }) =>
    liveOverview({ store, clock, hub, startedAt, placeNameOf }, search.trim()),
  );
  accept(consoleRoutes.trust, async () =>
    trustOverview(trust, (await bundleInForce(store.db))?.appliedAt, clock.now()),
  );
  accept(consoleRoutes.aliases, async () => ({ now: clock.now(), aliases: [...(await holderAliases(store.db))] }));
  accept(consoleRoutes.aliasEffects, (_who, { identifier, holder }) => effectsOfAlias(store, identifier, holder));
  accept(consoleRoutes.addAlias, async (who, { identifier, holder, reason }) => {
    await addHolderAlias(store, identifier, holder, await actOf(who, reason));
    return {};
  });
  accept(consoleRoutes.removeAlias, async (who, { identifier, reason }) => {
    await removeHolderAlias(store, identifier, await actOf(who, reason));
    return {};
  });
  accept(consoleRoutes.domainRules, async () => domainRules(trust.document));
  accept(consoleRoutes.trail, async (who, filter) => trailPage(store, filter, await actorOf(who), placeNameOf));
  accept(consoleRoutes.trailProof, (_who, { sequence }) => proveRecord(store, sequence, trailKey));
  accept(consoleRoutes.trailExport, async (who, { format, reason, ...filter }) =>
    extractTrail(store, { filter, format, reason }, await actorOf(who), trailKey.name),
  );
  accept(consoleRoutes.tryCard, async (_who, { certificate }): Promise<CardTrialResult> => {
    const verdict = await trust.judge(fromBase64(certificate) ?? new Uint8Array(), "authentication");
    if (!verdict.fit) return { fit: false, code: verdict.code, detail: verdict.detail };
    const { domain, revocation, identity } = verdict;
    return { fit: true, domain, revocation, holder: await holderBehind(store.db, identity.subjectNameId) };
  });
}
