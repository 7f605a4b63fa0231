import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { logoutRequest } from "./messages.ts";
import { namespaces, statusCodes } from "./names.ts";
import { childOf, readXml } from "./read-xml.ts";
import type { SamlApplication } from "./saml-application.ts";
import type { SamlKeys } from "./saml-keys.ts";
import { signXml } from "./sign-xml.ts";
import type { NameId } from "./subject.ts";
import { element, type Markup } from "./write-xml.ts";

/** An application was told who sits at a seat: what has to be undone when the card goes. */
export interface SamlSignIn {
  readonly application: SamlApplication;
  readonly nameId: NameId;
  readonly sessionIndex: string;
}

interface Parts {
  /** The broker as identity provider. */
  readonly issuer: string;
  readonly keys: () => Promise<SamlKeys>;
  readonly clock: Clock;
  readonly log: Log;
}

const tries = 3;
const pauseMs = 1_000;
const patienceMs = 5_000;

/**
 * Who has signed in from which seat, and how applications are told that it is over: by SOAP, which is the one binding of SAML's single
 * logout that needs no browser (saml-bindings-2.0-os, section 3.2). The others lose their sign-in with the seat's browser profile.
 */
export class SamlSignIns {
  readonly #parts: Parts;
  readonly #bySeat = new Map<string, Map<string, SamlSignIn>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** In a browser an application has one sign-in: the latest. */
  remember(seat: string, signIn: SamlSignIn): void {
    const ofSeat = this.#bySeat.get(seat) ?? new Map<string, SamlSignIn>();
    ofSeat.set(signIn.application.id, signIn);
    this.#bySeat.set(seat, ofSeat);
  }

  /** The application has ended its own sign-ins of this name; none of `sessionIndexes` named: all. Answers at which seats there was one. */
  end(application: string, nameId: string, sessionIndexes: readonly string[]): string[] {
    return [...this.#bySeat].flatMap(([seat, ofSeat]) => {
      const known = ofSeat.get(application);
      const meant = sessionIndexes.length === 0 || sessionIndexes.includes(known?.sessionIndex ?? "");
      return known?.nameId.value === nameId && meant && ofSeat.delete(application) ? [seat] : [];
    });
  }

  /** The card has gone: applications are told, with a few tries. */
  async signOut(seat: string): Promise<void> {
    const ofSeat = [...(this.#bySeat.get(seat)?.values() ?? [])];
    this.#bySeat.delete(seat);
    await Promise.all(ofSeat.map(signIn => this.#tell(signIn)));
  }

  async #tell({ application, nameId, sessionIndex }: SamlSignIn): Promise<void> {
    const service = application.provider.singleLogoutServices.find(({ binding }) => binding === "soap");
    if (service === undefined) return;
    const { issuer, clock, log } = this.#parts;
    const { current } = await this.#parts.keys();
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const envelope = { issuer, destination: service.url, now: clock.now() };
      try {
        await askBySoap(service.url, signXml(logoutRequest(envelope, nameId, sessionIndex), current, "after-issuer"));
        return;
      } catch (error) {
        log.warn("saml-logout-failed", { application: application.id, attempt, detail: String(error) });
        await new Promise(resolve => setTimeout(resolve, pauseMs * attempt).unref());
      }
    }
  }
}

/** Rejects where the answer does not say that it is done. */
async function askBySoap(url: string, request: Markup): Promise<void> {
  const body = element("soap:Envelope", { "xmlns:soap": namespaces.soap }, element("soap:Body", {}, request));
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "text/xml", soapaction: '"http://www.oasis-open.org/committees/security"' },
    body: body.text,
    redirect: "error",
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const content = childOf(readXml(await answer.text()), namespaces.soap, "Body");
  const response = content && childOf(content, namespaces.protocol, "LogoutResponse");
  const status = response && childOf(response, namespaces.protocol, "Status");
  const code = (status && childOf(status, namespaces.protocol, "StatusCode"))?.attributes["Value"];
  if (code !== statusCodes.success[0]) throw new Error(`its status is ${code}`);
}
