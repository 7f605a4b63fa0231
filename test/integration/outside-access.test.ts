import { spawn } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { breakGlassConfiguration } from "../../broker/break-glass/break-glass-configuration.ts";
import { ldapSource } from "../../broker/directory/ldap/ldap-configuration.ts";
import { fallbackConfiguration } from "../../broker/fallback/fallback-configuration.ts";
import type { FailureCode } from "../../core/errors/catalogue.ts";
import type { SeatedSession } from "../../core/ports/broker-connection.ts";
import { ownApplication } from "../../core/second-factor/own-application.ts";
import type { Means } from "../../core/session/means.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { commandLine } from "../../demo/ward/command-line.ts";
import { freePorts } from "../../demo/ward/free-ports.ts";
import { WardCard } from "../../demo/ward/ward-card.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import { ownRoutes } from "../../protocol/broker/own/own-routes.ts";
import { ConsoleDesk } from "./support/console-desk.ts";
import { DirectorySlapd, slapdManager, slapdPassword, slapdSuffix } from "./support/directory-slapd.ts";
import { codeOf, OwnDesk } from "./support/own-desk.ts";
import { Pcscd, readerPorts } from "./support/pcscd.ts";
import { federationSecret, PhoneFederation } from "./support/phone-federation.ts";
import { proofOf, signIn, TestBroker } from "./support/test-broker.ts";
import { wardkey } from "./support/wardkey.ts";

const nurse = "899700218896";
const physician = "899700075064";

let house: TestBroker;
/** Within a place that lies outside. */
let home: BrokerClient;
let otherHome: BrokerClient;
let ward: BrokerClient;
const open: { close(): Promise<unknown> }[] = [];

const now = () => Date.now() + house.aheadMs;
/** To the next time step. */
const wait = () => {
  house.aheadMs += 30_000;
};
const refusal = (code: FailureCode) => expect.objectContaining({ name: "Failure", code });
const records = (act: TrailRecord["act"]) => house.records().filter(record => record.act === act);
const last = (act: TrailRecord["act"]) => records(act).at(-1);
const bytes = (text: string) => new TextEncoder().encode(text);

async function workstation(name: string, place: string): Promise<BrokerClient> {
  const client = new BrokerClient(await house.enrol(name, place));
  open.push(client);
  return client;
}

/** The nurse registers an authenticator in the ward, and leaves. */
async function register(card = "nurse"): Promise<string> {
  const desk = await OwnDesk.open(house, ward, card);
  const secret = await desk.registerTotp(now());
  await ward.end(desk.seat);
  wait();
  return secret;
}

/** Her card and PIN at a workstation outside: what is owed then. */
async function firstProof(client = home, card = "nurse") {
  await expect(signIn(client, house.keysOf(card))).rejects.toEqual(refusal("second-factor-owed"));
  return client.owedSecondFactor();
}

beforeEach(async () => {
  house = await TestBroker.start({
    places: [
      { id: "ward", name: "Ward", helpdeskPhone: "1234", graceSeconds: 300 },
      { id: "away", name: "Away", helpdeskPhone: "1234", graceSeconds: 300, external: true },
      { id: "home", within: "away", name: "At home", helpdeskPhone: "1234", graceSeconds: 300 },
    ],
    administrators: [{ holder: physician, roles: ["helpdesk"] }],
    fallback: {
      profiles: [
        { id: "shift", name: "One shift", minutes: 600, signIns: 3, secondPerson: false },
        { id: "guarded", name: "With a code", minutes: 600, signIns: 3, secondPerson: false, secondFactor: true },
      ],
    },
  });
  ward = await workstation("WARD-1", "ward");
  home = await workstation("HOME-1", "home");
  otherHome = await workstation("HOME-2", "away");
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await house.close();
});

describe("at a place outside", () => {
  test("card and PIN wait for the code of the phone, and open the session once it is there", async () => {
    const secret = await register();
    const { request, holder, factors } = await firstProof();
    expect({ holder, factors }).toMatchObject({ holder: { displayName: "Inès MOREL" }, factors: ["totp"] });
    expect(records("session-opened")).toHaveLength(1);
    expect(last("second-factor-asked")).toMatchObject({ holder: nurse, means: "card-pin", place: "home" });
    const session = await home.proveByCode(request, bytes(codeOf(secret, now())));
    expect(session).toMatchObject({ means: "card-pin", resumed: false, holder: { id: nurse } });
    expect(last("session-opened")).toMatchObject({ means: "card-pin", secondFactor: "totp", place: "home" });
    await home.cover(session.seat, "card-removed", 0);
    expect(last("seat-covered")).toMatchObject({ secondFactor: "totp" });
  });

  test("whoever has registered nothing is told where to", async () => {
    await expect(signIn(home, house.keysOf("nurse"))).rejects.toEqual(refusal("second-factor-missing"));
    expect(last("sign-in-denied")).toMatchObject({ code: "second-factor-missing", holder: nurse });
    await expect(home.owedSecondFactor()).rejects.toEqual(refusal("second-factor-over"));
  });

  test("a wrong code, one of another holder, and one that is old open nothing; the right one after them does", async () => {
    const [own, others] = [await register(), await register("physician")];
    const { request } = await firstProof();
    const wrong = String((Number(codeOf(own, now())) + 1) % 1_000_000).padStart(6, "0");
    for (const code of [wrong, codeOf(others, now()), codeOf(own, now() - 90_000), "", "12345", "1234567"]) {
      await expect(home.proveByCode(request, bytes(code))).rejects.toEqual(
        expect.objectContaining({ code: expect.stringMatching(/^(second-factor-wrong|sign-in-throttled)$/) }),
      );
      if (last("sign-in-denied")?.code === "sign-in-throttled") break;
    }
    expect(last("sign-in-denied")).toMatchObject({ code: "sign-in-throttled", holder: nurse });
    house.aheadMs += 20_000;
    expect(await home.proveByCode(request, bytes(codeOf(own, now())))).toMatchObject({ resumed: false });
  });

  test("a code is good once: not for another sign-in, and not the one that registered it", async () => {
    const desk = await OwnDesk.open(house, ward, "nurse");
    const secret = await desk.registerTotp(now());
    await ward.end(desk.seat);
    const registering = codeOf(secret, now());
    const first = await firstProof();
    await expect(home.proveByCode(first.request, bytes(registering))).rejects.toEqual(refusal("second-factor-wrong"));
    expect(last("sign-in-denied")?.detail).toBe("used before");
    wait();
    const code = bytes(codeOf(secret, now()));
    const { seat } = await home.proveByCode(first.request, code);
    await home.end(seat);
    const second = await firstProof();
    await expect(home.proveByCode(second.request, code)).rejects.toEqual(refusal("second-factor-wrong"));
    wait();
    expect(await home.proveByCode(second.request, bytes(codeOf(secret, now())))).toMatchObject({ resumed: false });
  });

  test("a sign-in is taken once, also by two right answers at the same time", async () => {
    const secret = await register();
    const { request } = await firstProof();
    const code = codeOf(secret, now());
    const answers = await Promise.allSettled([1, 2].map(() => home.proveByCode(request, bytes(code))));
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(records("session-opened")).toHaveLength(2);
    await expect(home.proveByCode(request, bytes(code))).rejects.toEqual(refusal("second-factor-over"));
  });

  test("it belongs to its workstation, lasts two minutes, and ends when it is left", async () => {
    const secret = await register();
    const { request } = await firstProof();
    const code = () => bytes(codeOf(secret, now()));
    await expect(otherHome.proveByCode(request, code())).rejects.toEqual(refusal("second-factor-over"));
    await expect(ward.proveByCode(request, code())).rejects.toEqual(refusal("second-factor-over"));
    house.aheadMs += 121_000;
    await expect(home.proveByCode(request, code())).rejects.toEqual(refusal("second-factor-over"));
    const again = await firstProof();
    await home.abandonSecondFactor();
    expect(last("second-factor-abandoned")).toMatchObject({ holder: nurse, means: "card-pin" });
    await expect(home.proveByCode(again.request, code())).rejects.toEqual(refusal("second-factor-over"));
    expect(records("session-opened")).toHaveLength(1);
  });

  test("the card alone brings nothing back, and a session of the ward does not come along by its PIN alone", async () => {
    const secret = await register();
    const { seat } = await signIn(ward, house.keysOf("nurse"));
    await ward.cover(seat, "card-removed", 0);
    const { certificate } = house.keysOf("nurse").authentication;
    expect((await home.challenge(certificate, true)).challenge).toMatchObject({ key: "authentication" });
    const { request } = await firstProof();
    expect(records("session-moved")).toEqual([]);
    const moved = await home.proveByCode(request, bytes(codeOf(secret, now())));
    expect(moved).toMatchObject({ resumed: true, movedFrom: { workstationName: "WARD-1" } });
    expect(last("session-moved")).toMatchObject({ secondFactor: "totp" });
    // Back inside, it is one proof again, and says so.
    await home.cover(moved.seat, "card-removed", 0);
    expect(await signIn(ward, house.keysOf("nurse"))).toMatchObject({ means: "card-presence" });
    expect(last("session-moved")?.secondFactor).toBeUndefined();
  });
});

/** How a holder gets in by each means there is; a way that is added has to stand here. */
const ways = {
  "card-pin": () => signIn(home, house.keysOf("nurse"), false),
  // What a card shows without its PIN was asked for while the place lay inside.
  "card-presence": async () => {
    const { presence, authentication } = house.keysOf("nurse");
    const { seat } = await signIn(ward, house.keysOf("nurse"));
    await ward.cover(seat, "card-removed", 0);
    const offered = await home.challenge(authentication.certificate, true);
    return home.prove(offered.challenge.nonce, proofOf(offered, presence), {});
  },
  "card-seen": undefined,
  federated: async () => {
    const [port = 0] = await freePorts(1);
    const claims = { SubjectNameID: nurse, given_name: "Inès", family_name: "MOREL", SubjectRole: [] };
    const federation = await PhoneFederation.start({ port }, { [nurse]: claims });
    try {
      const clientSecretFile = join(house.directory, "federation-secret");
      writeFileSync(clientSecretFile, `${federationSecret}\n`);
      await house.restart({
        federation: {
          name: "Phone",
          discovery: federation.discovery,
          issuer: federation.origin,
          client: { authentication: "client_secret_basic", clientId: "wardkey", clientSecretFile },
          scope: "openid scope_all",
          acr: "eidas1",
          sessionMinutes: 30,
        },
      });
      const { request } = await home.askPhone(nurse);
      return await home.awaitPhone(request);
    } finally {
      await federation.close();
    }
  },
  "temporary-password": async () => home.signInWithPassword(nurse, bytes(await issue("shift"))),
  "directory-password": async () => {
    const people = `ou=people,${slapdSuffix}`;
    const slapd = await DirectorySlapd.start({
      content: [
        `dn: ${people}\nobjectClass: organizationalUnit\nou: people\n\n`,
        `dn: uid=i.morel,${people}\nobjectClass: inetOrgPerson\nuid: i.morel\ncn: Ines\nsn: MOREL\n`,
        `employeeNumber: ${nurse}\nuserPassword: usual\n\n`,
      ].join(""),
    });
    try {
      const bindPasswordFile = join(house.directory, "ldap-password");
      writeFileSync(bindPasswordFile, slapdPassword);
      const source = ldapSource.parse({
        ...{ id: "hospital", kind: "ldap", servers: [slapd.secureAddress], bindName: slapdManager, bindPasswordFile },
        ...{ schema: "inet-org-person", people: { base: people }, authorities: slapd.tls.certificate },
      });
      await house.restart({
        directory: { required: false, sources: [source] },
        fallback: fallbackConfiguration.parse({ directoryPasswords: [{ source: "hospital", minutes: 45 }] }),
      });
      await expect.poll(() => records("directory-synced").length, { timeout: 10_000 }).toBeGreaterThan(0);
      return await home.signInWithPassword("i.morel", bytes("usual"));
    } finally {
      await slapd.stop();
    }
  },
  "break-glass": async () => {
    await house.restart({
      breakGlass: breakGlassConfiguration.parse({
        places: [{ place: "away", ways: ["without-card"] }],
        reasons: [{ id: "vital", text: { en: "A life is at risk" } }],
      }),
    });
    return home.signInByGlass(nurse, { kind: "vital", words: "cardiac arrest" });
  },
} as const satisfies Record<Means, (() => Promise<SeatedSession>) | undefined>;

async function issue(profile: string): Promise<string> {
  const desk = await ConsoleDesk.open(house, "physician");
  open.push(desk);
  const order = { holder: nurse, profile, reason: "card at home", checked: [], cardLost: false };
  const answer = await desk.ask(consoleRoutes.requestFallback, order);
  return answer.state === "issued" ? answer.password : expect.fail(answer.state);
}

describe("no way in skips it", () => {
  test.each(Object.entries(ways).flatMap(([means, way]) => (way === undefined ? [] : [[means, way] as const])))(
    "by %s",
    async (_means, way) => {
      await register();
      const before = records("session-opened").length + records("session-moved").length;
      await expect(way()).rejects.toEqual(
        expect.objectContaining({ code: expect.stringMatching(/^(second-factor-owed|proof-mismatch)$/) }),
      );
      const at = house.records().filter(({ act, place }) => act.startsWith("session-") && place === "home");
      expect(at).toEqual([]);
      expect(records("session-opened").length + records("session-moved").length).toBeLessThanOrEqual(before + 2);
    },
    30_000,
  );
});

describe("a temporary password", () => {
  test("counts outside with the code, and one sign-in is used by it only then", async () => {
    const secret = await register();
    const password = await issue("shift");
    await expect(home.signInWithPassword(nurse, bytes(password))).rejects.toEqual(refusal("second-factor-owed"));
    expect(records("fallback-used")).toEqual([]);
    const { request } = await home.owedSecondFactor();
    const session = await home.proveByCode(request, bytes(codeOf(secret, now())));
    expect(session).toMatchObject({ means: "temporary-password", temporaryAccess: { left: 2 } });
    expect(last("session-opened")).toMatchObject({ means: "temporary-password", secondFactor: "totp" });
    await expect(home.launch(session.seat, ownApplication.id)).rejects.toEqual(refusal("application-not-entitled"));
  });

  test("that was revoked meanwhile opens nothing", async () => {
    const secret = await register();
    const password = await issue("shift");
    await expect(home.signInWithPassword(nurse, bytes(password))).rejects.toEqual(refusal("second-factor-owed"));
    const { request } = await home.owedSecondFactor();
    // Her card ends it.
    const { seat } = await signIn(ward, house.keysOf("nurse"));
    await ward.end(seat);
    await expect(home.proveByCode(request, bytes(codeOf(secret, now())))).rejects.toEqual(refusal("password-refused"));
  });

  test("of a profile that says so wants the code inside, too; another does not", async () => {
    const secret = await register();
    const guarded = await issue("guarded");
    await expect(ward.signInWithPassword(nurse, bytes(guarded))).rejects.toEqual(refusal("second-factor-owed"));
    const { request } = await ward.owedSecondFactor();
    expect(await ward.proveByCode(request, bytes(codeOf(secret, now())))).toMatchObject({
      means: "temporary-password",
    });
  });
});

describe("what a holder registers", () => {
  test("is offered in the portal of a card, and nowhere else", async () => {
    const session = await signIn(ward, house.keysOf("nurse"));
    expect(session.applications.map(({ id }) => id)).toContain(ownApplication.id);
    await ward.end(session.seat);
    const byPassword = await ward.signInWithPassword(nurse, bytes(await issue("shift")));
    expect(byPassword.applications.map(({ id }) => id)).not.toContain(ownApplication.id);
    await expect(ward.launch(byPassword.seat, ownApplication.id)).rejects.toEqual(refusal("application-not-entitled"));
  });

  test("counts only once its code was right, is replaced by a new one, and its secret stands sealed in the store", async () => {
    const desk = await OwnDesk.open(house, ward, "nurse");
    const begun = await desk.ask(ownRoutes.beginTotp, {});
    expect(begun.address).toBe(
      `otpauth://totp/Wardkey:In%C3%A8s%20MOREL?secret=${begun.secret}&issuer=Wardkey&algorithm=SHA1&digits=6&period=30`,
    );
    await expect(desk.ask(ownRoutes.confirmTotp, { code: "000000" })).rejects.toEqual(refusal("second-factor-wrong"));
    expect((await desk.ask(ownRoutes.factors, {})).factors).toEqual([]);
    await desk.ask(ownRoutes.confirmTotp, { code: codeOf(begun.secret, now()) });
    const second = await desk.registerTotp(now());
    expect((await desk.ask(ownRoutes.factors, {})).factors).toMatchObject([{ kind: "totp" }]);
    expect(records("second-factor-registered")).toMatchObject([
      { holder: nurse, means: "card-pin", secondFactor: "totp" },
      { holder: nurse },
    ]);
    await expect(desk.ask(ownRoutes.confirmTotp, { code: codeOf(second, now()) })).rejects.toEqual(
      refusal("second-factor-over"),
    );
    const files = [house.configuration.store, `${house.configuration.store}-wal`];
    const store = files.map(file => readFileSync(file, "latin1")).join("");
    expect(store).toContain("totp");
    for (const secret of [begun.secret, second]) expect(store).not.toContain(secret);
    expect(statSync(`${house.configuration.store}.second-factors`).mode & 0o777).toBe(0o600);
  });

  test("is told to the holder at her next sign-in by card, once, whoever changed it", async () => {
    expect((await signIn(ward, house.keysOf("nurse"))).secondFactorsChanged).toBeUndefined();
    const changedAt = now();
    await register();
    const { secondFactorsChanged, seat } = await signIn(ward, house.keysOf("nurse"));
    expect(secondFactorsChanged?.at).toBeGreaterThanOrEqual(changedAt);
    await ward.end(seat);
    expect((await signIn(ward, house.keysOf("nurse"))).secondFactorsChanged).toBeUndefined();
    const desk = await ConsoleDesk.open(house, "physician");
    open.push(desk);
    await desk.ask(consoleRoutes.resetSecondFactors, { holder: nurse, reason: "phone lost" });
    expect((await signIn(ward, house.keysOf("nurse"))).secondFactorsChanged).toBeDefined();
  });

  test("is closed when the card goes, and keys are not offered by a broker without a domain", async () => {
    const desk = await OwnDesk.open(house, ward, "nurse");
    expect((await desk.ask(ownRoutes.factors, {})).keysPossible).toBe(false);
    await expect(desk.ask(ownRoutes.beginKey, {})).rejects.toEqual(refusal("request-malformed"));
    await ward.cover(desk.seat, "card-removed", 0);
    await expect(desk.ask(ownRoutes.factors, {})).rejects.toEqual(refusal("session-unknown"));
    await expect(desk.ask(ownRoutes.beginTotp, {})).rejects.toEqual(refusal("session-unknown"));
  });

  test("is not changed by a card that came back without its PIN, where the PIN is not typed", async () => {
    const first = await OwnDesk.open(house, ward, "nurse");
    await first.registerTotp(now());
    house.aheadMs += 11 * 60_000;
    const heard: string[] = [];
    ward.subscribe(event => {
      heard.push(event.type);
      if (event.type === "step-up-wanted") void ward.refuseStepUp(event.stepUp, "step-up-cancelled", undefined);
    });
    await expect.poll(() => heard).toContain("connected");
    await expect(first.ask(ownRoutes.beginTotp, {})).rejects.toEqual(refusal("step-up-cancelled"));
    const [factor] = (await first.ask(ownRoutes.factors, {})).factors;
    await expect(first.ask(ownRoutes.remove, { id: factor?.id ?? "" })).rejects.toEqual(refusal("step-up-cancelled"));
    expect(records("second-factor-removed")).toEqual([]);
  });

  test("is taken away by the helpdesk for a reason, and counts no more at once", async () => {
    const secret = await register();
    const { request } = await firstProof();
    const desk = await ConsoleDesk.open(house, "physician");
    open.push(desk);
    expect((await desk.ask(consoleRoutes.holder, { holder: nurse })).secondFactors).toMatchObject([{ kind: "totp" }]);
    await desk.ask(consoleRoutes.resetSecondFactors, { holder: nurse, reason: "phone lost" });
    expect(last("second-factors-reset")).toMatchObject({ holder: nurse, by: physician, detail: "phone lost" });
    await expect(home.proveByCode(request, bytes(codeOf(secret, now())))).rejects.toEqual(
      refusal("second-factor-wrong"),
    );
    await expect(signIn(home, house.keysOf("nurse"))).rejects.toEqual(refusal("second-factor-missing"));
    await expect(desk.ask(consoleRoutes.resetSecondFactors, { holder: nurse, reason: "phone lost" })).rejects.toEqual(
      refusal("request-malformed"),
    );
  });
});

describe("wardkey sign-in with a card on the real pcscd", () => {
  const pin = demonstrationCards.find(({ id }) => id === "nurse")?.pin ?? "";
  let pcscd: Pcscd;
  let card: WardCard;
  let words: readonly string[];

  beforeEach(async () => {
    pcscd = await Pcscd.start();
    card = await WardCard.start("nurse", join(house.directory, "pki"));
    await card.insert(readerPorts[0]);
    await house.enrol("HOME-3", "home");
    words = ["sign-in", "--state", join(house.directory, "HOME-3"), "--json", "--pin-stdin"];
  });

  afterEach(async () => {
    await card.stop();
    await pcscd.stop();
  });

  test("outside, it asks for the code after the PIN, and leaves though its input stays open", async () => {
    const secret = await register();
    const { output } = await answering(words, pin, () => codeOf(secret, now()));
    expect(JSON.parse(output)).toMatchObject({ means: "card-pin", holder: { displayName: "Inès MOREL" } });
    expect(last("session-opened")).toMatchObject({ secondFactor: "totp", place: "home" });
  }, 60_000);

  test("both may come at once; without the code nothing opens, and it does not wait", async () => {
    const secret = await register();
    const alone = await wardkey(words, `${pin}\n`);
    expect([alone.status, JSON.parse(alone.output)]).toMatchObject([1, { code: "second-factor-owed" }]);
    expect(records("session-opened").filter(({ place }) => place === "home")).toEqual([]);
    const both = await wardkey(words, `${pin}\r\n${codeOf(secret, now())}\n`);
    expect([both.status, JSON.parse(both.output)]).toMatchObject([0, { means: "card-pin" }]);
    expect(last("session-opened")).toMatchObject({ secondFactor: "totp", place: "home" });
  }, 60_000);
});

/** Types the PIN, and the code when it is asked for; its end of the command's input stays open. */
function answering(words: readonly string[], pin: string, code: () => string): Promise<{ output: string }> {
  const child = spawn(process.execPath, [commandLine, ...words], { stdio: ["pipe", "pipe", "pipe"] });
  let output = "";
  let asked = "";
  child.stdout.on("data", data => (output += String(data)));
  child.stderr.on("data", data => {
    const before = asked;
    asked += String(data);
    if (!before.includes("the code of") && asked.includes("the code of")) child.stdin.write(`${code()}\n`);
  });
  child.stdin.write(`${pin}\n`);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve({ output: output || asked }));
  });
}
