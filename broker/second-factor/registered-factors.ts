import type { OwnFactor } from "../../protocol/broker/own/own-routes.ts";
import { factorsOf } from "../store/second-factor-table.ts";
import type { Db } from "../store/store.ts";

/** What a holder has registered, without what is secret of it. */
export async function registeredFactors(db: Db, holder: string): Promise<OwnFactor[]> {
  return (await factorsOf(db, holder)).map(factor => ({
    id: factor.id,
    kind: factor.kind,
    ...(factor.kind === "security-key" ? { name: factor.name } : {}),
    registeredAt: factor.registeredAt,
    ...(factor.usedAt === undefined ? {} : { usedAt: factor.usedAt }),
  }));
}
