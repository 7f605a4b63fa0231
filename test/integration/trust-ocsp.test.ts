import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { implicit, objectIdentifier, sequence } from "../../core/x509/der-writer.ts";
import { extensions } from "../../core/x509/extensions.ts";
import { day, nameOf, TestAuthority } from "../fixtures/certificate-factory.ts";
import { ocspAnswer } from "../fixtures/ocsp-answer.ts";
import { OpensslResponder } from "./support/openssl-responder.ts";
import { TrustHouse } from "./support/trust-house.ts";

const responderNamed = (address: string) =>
  extensions.other(
    "1.3.6.1.5.5.7.1.1",
    sequence(sequence(objectIdentifier("1.3.6.1.5.5.7.48.1"), implicit(6, new TextEncoder().encode(address)))),
  );
const ocspSigning = "1.3.6.1.5.5.7.3.9";
const minute = 60_000;
const known = [
  { serial: "0701", status: "good" },
  { serial: "0702", status: "revoked" },
] as const;

let house: TrustHouse;
afterEach(() => house.close());

/** No list says anything of the card; one does of the authority that issued it. */
const rootListAlone = () => ({ sources: [house.server.address("/root.crl")] });

describe("a real responder", () => {
  let responder: OpensslResponder;
  beforeEach(async () => {
    // The responder's answers are of real time, and must not be of the future.
    house = await TrustHouse.start(Date.now() + minute);
    responder = await OpensslResponder.start(house.folder, house.issuing, house.issuing, known);
  });
  afterEach(() => responder.stop());

  const card = (serial: number) => house.card(serial, responderNamed(responder.address));
  const asNamed = () => house.configuration({ ...rootListAlone(), ocsp: { use: "as-named" } });

  test("that the card names is asked where no list decides", async () => {
    await house.open(asNamed());
    expect([await house.judge(card(1)), await house.judge(card(2)), await house.judge(card(3))]).toEqual([
      "current",
      "certificate-revoked",
      // The responder does not know it.
      "revocation-unknown",
    ]);
  });

  test("is not asked where the domain says never, nor where lists decide", async () => {
    await house.open(house.configuration({ ...rootListAlone(), ocsp: { use: "never" } }));
    expect(await house.judge(card(1))).toBe("revocation-unknown");
    const { revocation } = house.configuration();
    await house.open(house.configuration({ ...revocation, ocsp: { use: "as-named" } }));
    // The responder would say revoked.
    expect(await house.judge(card(2))).toBe("current");
  });

  test("of the domain's own is asked whatever the card names", async () => {
    const ocsp = { use: "at", address: responder.address } as const;
    await house.open(house.configuration({ ...rootListAlone(), ocsp }));
    const elsewhere = responderNamed("http://127.0.0.1:1/");
    expect([await house.judge(house.card(1, elsewhere)), await house.judge(house.card(2))]).toEqual([
      "current",
      "certificate-revoked",
    ]);
    await house.open(asNamed());
    expect(await house.judge(house.card(1, elsewhere))).toBe("revocation-unknown");
  });

  test("may be a delegate of the issuer, and nobody else", async () => {
    await responder.stop();
    const delegate = (issuer: TestAuthority) =>
      new TestAuthority("RESPONDER", issuer, {
        extensions: [extensions.keyUsage("digitalSignature"), extensions.extendedKeyUsage(ocspSigning)],
        notBefore: house.now - day,
        notAfter: house.now + day,
      });
    for (const [signer, expected] of [
      [delegate(house.issuing), "current"],
      [delegate(house.root), "revocation-unknown"],
      [delegate(new TestAuthority("ISSUING")), "revocation-unknown"],
    ] as const) {
      responder = await OpensslResponder.start(house.folder, house.issuing, signer, known);
      await house.open(asNamed());
      expect(await house.judge(card(1))).toBe(expected);
      await responder.stop();
    }
  });

  test("that is gone is missed once its answer is too old", async () => {
    await house.open(asNamed());
    const shown = card(1);
    expect(await house.judge(shown)).toBe("current");
    await responder.stop();
    await house.pass(57 * minute);
    expect(await house.judge(shown)).toBe("current");
    await house.pass(3 * minute);
    expect(await house.judge(shown)).toBe("revocation-unknown");
  });

  test("counts where lists are past their nextUpdate, before they do", async () => {
    const whenOld = { rule: "allow", hours: 100 } as const;
    const { revocation } = house.configuration();
    const old = { thisUpdate: house.now - 3 * day, nextUpdate: house.now - day };
    house.server.publish("/issuing.crl", house.issuing.crl(old));
    await house.open(house.configuration({ ...revocation, whenOld, ocsp: { use: "as-named" } }));
    expect([await house.judge(card(1)), await house.judge(card(2))]).toEqual(["current", "certificate-revoked"]);
    await responder.stop();
    await house.open(house.configuration({ ...revocation, whenOld, ocsp: { use: "as-named" } }));
    expect(await house.judge(card(1))).toBe("aged");
  });
});

describe("a responder", () => {
  beforeEach(async () => {
    house = await TrustHouse.start();
  });
  const card = (serial = 1) => house.card(serial, responderNamed(house.server.address("/ocsp")));
  const open = () => house.open(house.configuration({ ...rootListAlone(), ocsp: { use: "as-named" } }));
  const asked = () => house.server.seen.filter(seen => seen.startsWith("POST")).length;
  const answers = (answer: (card: Uint8Array) => Uint8Array, shown: Uint8Array) =>
    house.server.answer("/ocsp", (_request, response) => response.end(answer(shown)));
  const good = (about: Uint8Array) => ocspAnswer({ about, issuer: house.issuing });

  test("is asked once by many at once, and not again while its answer is current", async () => {
    const shown = card();
    answers(good, shown);
    await open();
    const told = await Promise.all(Array.from({ length: 10 }, () => house.judge(shown)));
    expect([new Set(told), asked()]).toEqual([new Set(["current"]), 1]);
    await house.pass(20 * 60 * minute);
    expect([await house.judge(shown), asked()]).toEqual(["current", 1]);
    await house.pass(5 * 60 * minute);
    await house.judge(shown);
    expect(asked()).toBe(2);
  });

  test("that cannot be reached is left alone for a minute", async () => {
    house.server.answer("/ocsp", (_request, response) => response.writeHead(503).end());
    await open();
    const shown = card();
    expect([await house.judge(shown), await house.judge(card(2)), asked()]).toEqual([
      "revocation-unknown",
      "revocation-unknown",
      1,
    ]);
    answers(good, shown);
    await house.pass(minute);
    expect([await house.judge(shown), asked()]).toEqual(["current", 2]);
  });

  test.each<[string, (card: Uint8Array) => Uint8Array]>([
    ["garbage", () => Buffer.from("<html>")],
    ["that it does not answer", () => Uint8Array.of(0x30, 3, 0x0a, 1, 3)],
    [
      "in another's name",
      about => ocspAnswer({ about, issuer: house.issuing, responder: new TestAuthority("ISSUING") }),
    ],
    ["about another card", () => good(card(9))],
    [
      "what is no longer current",
      about =>
        ocspAnswer({ about, issuer: house.issuing, thisUpdate: house.now - 2 * day, nextUpdate: house.now - day }),
    ],
  ])("that says %s is asked again by the next card", async (_, answer) => {
    const shown = card();
    answers(answer, shown);
    await open();
    expect(await house.judge(shown)).toBe("revocation-unknown");
    answers(good, shown);
    expect([await house.judge(shown), asked()]).toEqual(["current", 2]);
  });

  test("is not asked about cards of authorities that are not ours", async () => {
    const stranger = new TestAuthority("ISSUING");
    const shown = stranger.issue({ subject: nameOf("1"), extensions: [responderNamed(house.server.address("/ocsp"))] });
    answers(good, shown);
    await open();
    expect(await house.judge(shown)).not.toBe("current");
    expect(asked()).toBe(0);
  });
});
