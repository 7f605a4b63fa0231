import type { Clock } from "../../../core/ports/clock.ts";
import type { HolderGroups } from "../../../core/ports/holder-groups.ts";
import { assuranceOf } from "../../../core/session/means.ts";
import type { NoteKey } from "../../../core/trail/signed-note.ts";
import type { BreakGlassEndings } from "../../break-glass/break-glass-endings.ts";
import type { Fallbacks } from "../../fallback/fallbacks.ts";
import type { PasswordSignIns } from "../../fallback/password-sign-ins.ts";
import type { HouseChanges } from "../../house/house-changes.ts";
import type { HouseInForce } from "../../house/house-in-force.ts";
import type { BrokerConfiguration } from "../../main/configuration.ts";
import type { PoliciesInForce } from "../../policy/policies-in-force.ts";
import type { AdministratorAct } from "../../services/administrator-act.ts";
import type { Enrolments } from "../../services/enrolments.ts";
import type { PushHub } from "../../services/push-hub.ts";
import type { SessionEndings } from "../../services/session-endings.ts";
import type { SessionEvents } from "../../services/session-events.ts";
import type { Sessions } from "../../services/sessions.ts";
import type { SignInStatistics } from "../../services/sign-in-statistics.ts";
import type { SignedIn } from "../../steps/signed-in.ts";
import type { Store } from "../../store/store.ts";
import type { CardTrust } from "../../trust/card-trust.ts";

/** What the console's answers are made from. */
export interface ConsoleAnswersParts {
  readonly configuration: BrokerConfiguration;
  readonly house: HouseInForce;
  readonly houseChanges: HouseChanges;
  readonly policies: PoliciesInForce;
  readonly groups: HolderGroups;
  readonly store: Store;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly sessionEndings: SessionEndings;
  readonly enrolments: Enrolments;
  readonly events: SessionEvents;
  readonly hub: PushHub;
  readonly trust: CardTrust;
  /** SHA-256 of its SubjectPublicKeyInfo, base64url: part of every enrolment code. */
  readonly brokerKey: string;
  /** The name and public half of what signs the trail's checkpoints. */
  readonly trailKey: NoteKey;
  readonly brokerVersion: string;
  /** Where temporary access is configured. */
  readonly fallbacks: Fallbacks | undefined;
  readonly passwords: PasswordSignIns | undefined;
  readonly statistics: SignInStatistics;
  /** Where emergency access is configured. */
  readonly breakGlass: BreakGlassEndings | undefined;
}

/** An administrator's act, as the trail has it. */
export async function actOf(
  { session, workstation }: SignedIn,
  { clock, enrolments }: Pick<ConsoleAnswersParts, "clock" | "enrolments">,
): Promise<AdministratorAct> {
  return {
    at: clock.now(),
    by: session.holder.id,
    means: session.means,
    assurance: assuranceOf(session.means),
    session: session.id,
    workstation,
    place: (await enrolments.byId(workstation))?.place,
  };
}
