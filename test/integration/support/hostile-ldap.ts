import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** What is sent as answer to the message of this number on a line, the first being 1; `end` ends the line. */
export type HostileAnswer = (message: number) => Uint8Array | "end" | undefined;

/** A server on loopback that answers LDAP as a test says. */
export class HostileLdap {
  readonly #server: Server;
  readonly #lines = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(answer: HostileAnswer): Promise<HostileLdap> {
    const hostile = new HostileLdap(createServer());
    hostile.#server.on("connection", line => {
      let messages = 0;
      hostile.#lines.add(line);
      line.on("close", () => hostile.#lines.delete(line));
      line.on("error", () => {});
      line.on("data", () => {
        messages += 1;
        const said = answer(messages);
        if (said === "end") line.end();
        else if (said !== undefined) line.write(said);
      });
    });
    hostile.#server.listen(0, "127.0.0.1");
    await once(hostile.#server, "listening");
    return hostile;
  }

  get address(): string {
    return `ldap://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Comes back when every connection is closed. */
  async quiet(): Promise<void> {
    for (const line of this.#lines) if (!line.closed) await once(line, "close");
  }

  async stop(): Promise<void> {
    for (const line of this.#lines) line.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** LDAPMessage (RFC 4511 4.1.1): so many contents under a tag, all short. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const length = content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const octets = (content: string | Uint8Array) =>
  element(0x04, typeof content === "string" ? Buffer.from(content) : content);
const bind = 0x61;
const entry = 0x64;
const done = 0x65;
const pagedResults = "1.2.840.113556.1.4.319";

function message(id: number, tag: number, ...contents: readonly Uint8Array[]): Buffer {
  return element(0x30, element(0x02, Buffer.from([id])), element(tag, ...contents));
}

function result(code: number, words = ""): Uint8Array[] {
  return [element(0x0a, Buffer.from([code])), octets(""), octets(words)];
}

export const boundAs = (id: number, code = 0, words = "") => message(id, bind, ...result(code, words));
export const searchDone = (id: number, code = 0, words = "") => message(id, done, ...result(code, words));

/** The end of a page, with the cookie of the next. */
export function pageDone(id: number, cookie: string): Buffer {
  const value = element(0x30, element(0x02, Buffer.from([0])), octets(cookie));
  const control = element(0x30, octets(pagedResults), element(0x04, value));
  return element(0x30, element(0x02, Buffer.from([id])), element(done, ...result(0)), element(0xa0, control));
}

/** An entry with one value to each attribute. */
export function foundEntry(
  id: number,
  name: string,
  attributes: Readonly<Record<string, string | Uint8Array>>,
): Buffer {
  const written = Object.entries(attributes).map(([type, value]) =>
    element(0x30, octets(type), element(0x31, octets(value))),
  );
  return message(id, entry, octets(name), element(0x30, ...written));
}
