import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../../../demo/ward/free-ports.ts";
import { answering } from "./answering.ts";

/** A real OpenLDAP directory on loopback that publishes what an authority publishes: lists under its own entry. */
export class Slapd {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #port: number;

  private constructor(process: ChildProcess, folder: string, port: number) {
    this.#process = process;
    this.#folder = folder;
    this.#port = port;
  }

  /** `values`: attribute (with its option) and bytes, in the entry `cn=AC PERSONNES,o=AUTHORITY,c=FR`. */
  static async start(values: Readonly<Record<string, Uint8Array>>): Promise<Slapd> {
    const folder = mkdtempSync(join(tmpdir(), "wardkey-slapd-"));
    mkdirSync(join(folder, "db"));
    const settings = join(folder, "slapd.conf");
    writeFileSync(
      settings,
      [
        "include /etc/ldap/schema/core.schema",
        "modulepath /usr/lib/ldap",
        "moduleload back_mdb",
        `pidfile ${join(folder, "pid")}`,
        "database mdb",
        "maxsize 104857600",
        'suffix "c=FR"',
        `directory ${join(folder, "db")}`,
        "access to * by * read",
        "",
      ].join("\n"),
    );
    const published = Object.entries(values).map(
      ([name, bytes]) => `${name}:: ${Buffer.from(bytes).toString("base64")}`,
    );
    const entries = [
      ["dn: c=FR", "objectClass: country", "c: FR"],
      ["dn: o=AUTHORITY,c=FR", "objectClass: organization", "o: AUTHORITY"],
      [
        "dn: cn=AC PERSONNES,o=AUTHORITY,c=FR",
        "objectClass: organizationalRole",
        "objectClass: pkiCA",
        "objectClass: deltaCRL",
        "cn: AC PERSONNES",
        ...published,
      ],
    ];
    const ldif = entries.map(lines => `${lines.join("\n")}\n`).join("\n");
    const added = spawnSync("slapadd", ["-f", settings], { input: ldif, encoding: "utf8" });
    if (added.status !== 0) throw new Error(`slapadd: ${added.stderr || added.error}`);
    const [port = 0] = await freePorts(1);
    const process = spawn("slapd", ["-f", settings, "-h", `ldap://127.0.0.1:${port}`, "-d", "0"], { stdio: "ignore" });
    await answering(port, process, "slapd");
    return new Slapd(process, folder, port);
  }

  address(attribute: string, name = "cn=AC%20PERSONNES,o=AUTHORITY,c=FR"): string {
    return `ldap://127.0.0.1:${this.#port}/${name}?${attribute}?base?objectClass=pkiCA`;
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.kill();
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
