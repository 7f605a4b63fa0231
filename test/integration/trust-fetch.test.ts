import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer as createRawServer } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fetchHttp, postHttp } from "../../broker/trust/fetch-http.ts";
import { fetchLdap } from "../../broker/trust/fetch-ldap.ts";
import { TestAuthority } from "../fixtures/certificate-factory.ts";
import { boundAs, foundEntry, type HostileAnswer, HostileLdap, searchDone } from "./support/hostile-ldap.ts";
import { ListServer } from "./support/list-server.ts";
import { Slapd } from "./support/slapd.ts";

const limits = { largestBytes: 10_000, timeoutMs: 20_000 };
const list = new TestAuthority("AC PERSONNES").crl();
const unreachable = expect.objectContaining({ code: "revocation-source-unreachable" });
const unreadable = expect.objectContaining({ code: "revocation-data-unreadable" });

describe("a list by HTTP", () => {
  let server: ListServer;
  beforeEach(async () => {
    server = await ListServer.start();
    server.publish("/aci.crl", list);
  });
  afterEach(() => server.stop());

  test("comes whole, and only when it has changed", async () => {
    const first = await fetchHttp(server.address("/aci.crl"), {}, limits);
    if (first.kind !== "changed") throw new Error("nothing came");
    expect(Buffer.from(first.bytes)).toEqual(Buffer.from(list));
    expect(await fetchHttp(server.address("/aci.crl"), first.validators, limits)).toEqual({ kind: "unchanged" });
    server.publish("/aci.crl", Buffer.concat([list, list]));
    expect((await fetchHttp(server.address("/aci.crl"), first.validators, limits)).kind).toBe("changed");
    expect(server.seen).toEqual(["GET /aci.crl 200", "GET /aci.crl 304", "GET /aci.crl 200"]);
  });

  test("is asked for by its date where it has no tag", async () => {
    server.answer("/dated.crl", (request, response) => {
      const date = "Mon, 15 Jun 2026 12:00:00 GMT";
      if (request.headers["if-modified-since"] === date) response.writeHead(304).end();
      else response.writeHead(200, { "last-modified": date }).end(list);
    });
    const first = await fetchHttp(server.address("/dated.crl"), {}, limits);
    if (first.kind !== "changed") throw new Error("nothing came");
    expect((await fetchHttp(server.address("/dated.crl"), first.validators, limits)).kind).toBe("unchanged");
  });

  test("follows three redirects, not four, and none to a file", async () => {
    const to = (path: string, location: string) =>
      server.answer(path, (_request, response) => response.writeHead(302, { location }).end());
    to("/3", "/2");
    to("/2", server.address("/1"));
    to("/1", "/aci.crl");
    to("/4", "/3");
    to("/file", "file:///etc/passwd");
    to("/ftp", "ftp://127.0.0.1/x");
    expect((await fetchHttp(server.address("/3"), {}, limits)).kind).toBe("changed");
    for (const path of ["/4", "/file", "/ftp"])
      await expect(fetchHttp(server.address(path), {}, limits)).rejects.toEqual(unreachable);
  });

  test("larger than the limit is cut off, whether the server says its length or not", async () => {
    server.publish("/large.crl", new Uint8Array(10_001));
    server.publish("/full.crl", new Uint8Array(10_000));
    server.answer("/endless.crl", (_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(new Uint8Array(4_096)));
      };
      response.on("drain", more);
      more();
    });
    expect((await fetchHttp(server.address("/full.crl"), {}, limits)).kind).toBe("changed");
    for (const path of ["/large.crl", "/endless.crl"])
      await expect(fetchHttp(server.address(path), {}, limits)).rejects.toEqual(unreadable);
  });

  test("that is not there, breaks off, or never comes, is unreachable", async () => {
    server.answer("/broken.crl", (_request, response) => {
      response.writeHead(200, { "content-length": 5_000 });
      response.write(new Uint8Array(10), () => response.destroy());
    });
    server.answer("/never.crl", () => {});
    await expect(fetchHttp(server.address("/none.crl"), {}, limits)).rejects.toEqual(unreachable);
    await expect(fetchHttp(server.address("/broken.crl"), {}, limits)).rejects.toEqual(unreachable);
    await expect(fetchHttp(server.address("/never.crl"), {}, { ...limits, timeoutMs: 50 })).rejects.toEqual(
      unreachable,
    );
    await expect(fetchHttp("http://127.0.0.1:1/x.crl", {}, limits)).rejects.toEqual(unreachable);
  });

  test("a question is posted with its type, and its answer bounded too", async () => {
    server.answer("/ocsp", (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", part => parts.push(part));
      request.on("end", () =>
        response.writeHead(200).end(`${request.method} ${request.headers["content-type"]} ${Buffer.concat(parts)}`),
      );
    });
    server.answer("/large", (_request, response) => response.writeHead(200).end(new Uint8Array(10_001)));
    const asked = new TextEncoder().encode("who");
    const answer = await postHttp(server.address("/ocsp"), "application/ocsp-request", asked, limits);
    expect(Buffer.from(answer).toString()).toBe("POST application/ocsp-request who");
    await expect(postHttp(server.address("/large"), "text/plain", asked, limits)).rejects.toEqual(unreadable);
    await expect(postHttp(server.address("/none"), "text/plain", asked, limits)).rejects.toEqual(unreachable);
  });
});

describe("a list by LDAP, from a real directory", () => {
  let directory: Slapd;
  const large = new TestAuthority("AC PERSONNES").crl({
    revoked: Array.from({ length: 500 }, (_, index) => ({ serial: Uint8Array.of(3, index >> 8, index & 0xff), at: 0 })),
  });
  beforeAll(async () => {
    directory = await Slapd.start({ "certificateRevocationList;binary": list, "deltaRevocationList;binary": large });
  });
  afterAll(() => directory.stop());

  test.each(["certificateRevocationList;binary", "certificaterevocationlist;binary"])(
    "comes whole, its attribute written %s",
    async attribute => {
      const bytes = await fetchLdap(directory.address(attribute), limits);
      expect(Buffer.from(bytes)).toEqual(Buffer.from(list));
    },
  );

  test("larger than the limit is cut off", async () => {
    const address = directory.address("deltaRevocationList;binary");
    expect((await fetchLdap(address, { ...limits, largestBytes: 50_000 })).length).toBe(large.length);
    await expect(fetchLdap(address, limits)).rejects.toEqual(unreadable);
  });

  test("that is not there is unreachable", async () => {
    const missing = [
      directory.address("authorityRevocationList;binary"),
      directory.address("certificateRevocationList;binary", "cn=NOBODY,c=FR"),
      directory.address(""),
      "ldap://127.0.0.1:1/c=FR?certificateRevocationList;binary?base",
      "http://127.0.0.1/",
    ];
    for (const address of missing) await expect(fetchLdap(address, limits)).rejects.toEqual(unreachable);
  });

  test("of a server that says nothing, or nothing of LDAP, is unreachable", async () => {
    const silent = createRawServer(line => line.on("error", () => {}));
    const odd = createRawServer(line => line.on("error", () => {}).write("HTTP/1.1 400 Bad Request\r\n\r\n"));
    try {
      for (const server of [silent, odd]) {
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        const address = `ldap://127.0.0.1:${(server.address() as AddressInfo).port}/c=FR?certificateRevocationList;binary`;
        await expect(fetchLdap(address, { ...limits, timeoutMs: 300 })).rejects.toEqual(unreachable);
      }
    } finally {
      silent.close();
      odd.close();
    }
  });
});

describe("a list by LDAP, from a directory that", () => {
  const attribute = "certificateRevocationList;binary";
  const found = foundEntry(1, "c=FR", { [attribute]: list });
  const other = foundEntry(1, "c=FR", { description: "x".repeat(100) });
  const lying = foundEntry(1, "c=FR", { [attribute]: "x" });
  lying[lying.length - 2] = 0x7f;

  async function fetched(answer: HostileAnswer): Promise<Uint8Array> {
    const directory = await HostileLdap.start(answer);
    try {
      return await fetchLdap(`${directory.address}/c=FR?${attribute}`, { ...limits, timeoutMs: 1_000 });
    } finally {
      await directory.quiet();
      await directory.stop();
    }
  }

  test("has it brings it", async () => {
    const bytes = await fetched(() => Buffer.concat([other, found, searchDone(1)]));
    expect(Buffer.from(bytes)).toEqual(Buffer.from(list));
  });

  test.each<[string, HostileAnswer, unknown]>([
    ["answers nothing", () => undefined, unreachable],
    ["ends the connection", () => "end", unreachable],
    ["sends half of it and no more", () => found.subarray(0, 40), unreachable],
    ["sends it and no end", () => found, unreachable],
    ["sends what is no LDAP", () => Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), unreachable],
    ["sends a message that reaches out of itself", () => lying, unreachable],
    ["sends a message without a length", () => Buffer.from([0x30, 0x80, 0x02, 0x01, 0x01]), unreachable],
    ["sends an answer of another kind", () => boundAs(1), unreachable],
    ["refers to another", () => searchDone(1, 10), unreachable],
    ["has more than one is asked for", () => Buffer.concat([found, found, searchDone(1, 4)]), unreachable],
    ["announces a message of a gigabyte", () => Buffer.from([0x30, 0x84, 0x40, 0, 0, 0]), unreadable],
    ["sends entries and entries", () => Buffer.concat(Array.from({ length: 100 }, () => other)), unreadable],
  ])("%s is told, and left", async (_, answer, failure) => {
    await expect(fetched(answer)).rejects.toEqual(failure);
  });

  test("answers nothing is left when nobody wants the list any more", async () => {
    const directory = await HostileLdap.start(() => undefined);
    try {
      const ended = new AbortController();
      const fetching = fetchLdap(`${directory.address}/c=FR?${attribute}`, { ...limits, signal: ended.signal });
      ended.abort();
      await expect(fetching).rejects.toEqual(unreachable);
      await directory.quiet();
    } finally {
      await directory.stop();
    }
  });
});
