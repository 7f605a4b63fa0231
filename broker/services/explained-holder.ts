import { fromBase64 } from "../../core/bytes/base64.ts";
import { readCertificate } from "../../core/certificate/certificate.ts";
import { readHolderIdentity } from "../../core/identity/holder-identity.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import { holderIn } from "../../core/session/session-holder.ts";
import { profileOf, type TrustDocument } from "../../core/trust-policy/trust-document.ts";
import type { ExplainedWho } from "../../protocol/broker/console/explain.ts";
import { holderBehind } from "../store/alias-table.ts";
import { recentPortals } from "../store/recent-portal-table.ts";
import type { Db } from "../store/store.ts";

/**
 * Whose applications are asked for. A holder who was not here during the last 24 hours is his number alone; a certificate is read
 * by the trust's identity rules and not verified. `undefined` where it names nobody.
 */
export async function explainedHolder(
  db: Db,
  { domains }: TrustDocument,
  who: ExplainedWho,
  now: number,
): Promise<Omit<SessionHolder, "displayName"> | undefined> {
  switch (who.by) {
    case "holder": {
      const known = (await recentPortals(db, now)).find(({ holder }) => holder.id === who.id);
      return known?.holder ?? { id: who.id, profession: "", professionCode: undefined };
    }
    case "certificate": {
      const read = readCertificate(fromBase64(who.certificate) ?? new Uint8Array());
      const [identity] = domains.flatMap(domain => readHolderIdentity(read, profileOf(domain)) ?? []);
      if (identity === undefined) return undefined;
      const { displayName: _name, ...holder } = holderIn(identity);
      return { ...holder, id: await holderBehind(db, identity.subjectNameId) };
    }
    case "roles": {
      const { profession, speciality, structure, family } = who;
      const professionCode = /^\d+$/.test(profession) ? Number(profession) : undefined;
      return { id: "", profession, professionCode, speciality, structure, cardFamily: family };
    }
    default:
      return who satisfies never;
  }
}
