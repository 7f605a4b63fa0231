import {
  type DemonstrationCard,
  demonstrationCards,
} from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import type { DeskCard, DeskControls, DeskState, DeskTrailRecord } from "../desk/desk-controls.ts";
import type { Ward } from "./ward.ts";

const latestRecords = 12;

const kindNames: Readonly<Record<DemonstrationCard["kind"], string>> = {
  piv: "PIV",
  cps3: "CPS3",
  "cps3-contactless": "CPS3 · NFC",
  cps4: "CPS4",
  hba: "HBA (DE)",
  cns: "CNS (IT)",
  pkcs15: "PKCS#15",
};
const staff = ["physician", "nurse"];

/** The cards of the ward as they lie on the desk. */
export const deskCards: readonly DeskCard[] = demonstrationCards.map(deskCardOf);

export function deskCardOf(card: DemonstrationCard): DeskCard {
  const { id, givenName, familyName, profession, pin, fault } = card;
  const shelf = fault !== "none" ? "trouble" : staff.includes(id) ? "staff" : "kinds";
  return { id, givenName, familyName, profession, pin, fault, kindName: kindNameOf(card), shelf };
}

function kindNameOf({ kind, key, variant }: DemonstrationCard): string {
  if (variant?.hasGlobalPin === true) return "PIV · global PIN";
  if (variant?.isOld === true) return "PIV · SP 800-73-1";
  return kind === "piv" && ["p-384", "rsa-3072"].includes(key) ? `PIV · ${key.toUpperCase()}` : kindNames[kind];
}

/** What the desk's buttons do to a ward. */
export class DeskWard implements DeskControls {
  readonly #ward: Ward;
  readonly #listeners = new Set<() => void>();
  #inserted: Readonly<Record<string, string>> = {};
  #broker: DeskState["broker"] = "running";
  #aheadMs = 0;

  constructor(ward: Ward) {
    this.#ward = ward;
    // The trail grows by what the workstations do.
    for (const workstation of ward.workstations) workstation.subscribe(changed => changed === "view" && this.#tell());
  }

  state(): DeskState {
    return { inserted: this.#inserted, broker: this.#broker, clockAheadMs: this.#aheadMs, trail: this.#trail() };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async insert(card: string, workstation: string): Promise<void> {
    const index = this.#ward.workstations.findIndex(known => known.id === workstation);
    if (index < 0) throw new Error(`no workstation ${workstation}`);
    await this.remove(workstation);
    const elsewhere = Object.entries(this.#inserted).find(([, inserted]) => inserted === card)?.[0];
    if (elsewhere !== undefined) await this.remove(elsewhere);
    await this.#ward.card(card).insert(this.#ward.portOf(index));
    this.#inserted = { ...this.#inserted, [workstation]: card };
    this.#tell();
  }

  async remove(workstation: string): Promise<void> {
    const { [workstation]: card, ...others } = this.#inserted;
    if (card === undefined) return;
    await this.#ward.card(card).remove();
    this.#inserted = others;
    this.#tell();
  }

  async setBroker(running: boolean): Promise<void> {
    this.#broker = "changing";
    this.#tell();
    try {
      await (running ? this.#ward.broker.start() : this.#ward.broker.stop());
    } finally {
      this.#broker = this.#ward.broker.running ? "running" : "stopped";
      this.#tell();
    }
  }

  async passTime(ms: number): Promise<void> {
    this.#aheadMs += ms;
    await this.#ward.passTime(ms / 1000, this.#aheadMs);
    this.#tell();
  }

  #trail(): DeskTrailRecord[] {
    const names = new Map(this.#ward.enrolledNames);
    return this.#ward.broker
      .chain()
      .slice(-latestRecords)
      .reverse()
      .map(({ sequence, text }) => {
        const { at, act, code, holder, means, workstation } = JSON.parse(text) as Record<string, string> & {
          at: number;
        };
        const name = workstation === undefined ? undefined : (names.get(workstation) ?? workstation);
        return { number: sequence, at, act: act ?? "", result: code ?? "ok", holder, means, workstation: name };
      });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
