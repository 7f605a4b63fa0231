import { describe, expect, test } from "vitest";
import type { DirectoryEntry } from "../../../../broker/directory/directory-entry.ts";
import { readCsv } from "../../../../broker/directory/read-csv.ts";

async function read(...pieces: (string | Uint8Array)[]): Promise<readonly DirectoryEntry[]> {
  async function* bytes() {
    for (const piece of pieces) yield typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
  }
  const entries: DirectoryEntry[] = [];
  for await (const entry of readCsv(bytes())) entries.push(entry);
  return entries;
}

const person = { kind: "person", key: "1", reference: "person:1", displayName: "Éloïse Roy", active: true };

describe("comma-separated values", () => {
  test("need three columns only, in any order", async () => {
    expect(await read("active,displayName,id\nyes,Éloïse Roy,1\n")).toEqual([person]);
  });

  test("name the person above by his id, and the language", async () => {
    const [ann, roy] = await read(
      "id,displayName,active,manager,language\n1,Ann Lee,yes,2,fr-FR\n2,Éloïse Roy,yes,,\n",
    );
    expect(ann).toMatchObject({ manager: "person:2", language: "fr-FR" });
    expect(roy).toEqual({ ...person, key: "2", reference: "person:2" });
  });

  test("say everything of a person, and of his groups", async () => {
    const lines = [
      "id,holder,account,displayName,mail,active,groups,activities",
      '1,8001,eroy,Éloïse Roy,e.roy@house.example,yes,cardiology; staff ;staff,"a1|Cardiologist, Heart clinic|10|SM04|F1|Heart clinic;a2|Teacher"',
      "2,,,Ann Lee,,no,staff,",
    ];
    expect(await read(`${lines.join("\r\n")}\r\n`)).toEqual([
      {
        ...person,
        holder: "8001",
        account: "eroy",
        mail: "e.roy@house.example",
        activities: [
          {
            id: "a1",
            label: "Cardiologist, Heart clinic",
            profession: "10",
            speciality: "SM04",
            structure: "F1",
            structureName: "Heart clinic",
          },
          { id: "a2", label: "Teacher" },
        ],
      },
      { kind: "person", key: "2", reference: "person:2", displayName: "Ann Lee", active: false },
      { kind: "group", key: "cardiology", reference: "group:cardiology", name: "cardiology", members: ["person:1"] },
      { kind: "group", key: "staff", reference: "group:staff", name: "staff", members: ["person:1", "person:2"] },
    ]);
  });

  test("a letter of two bytes may be cut between two pieces, and a byte order mark may stand before", async () => {
    const bytes = new TextEncoder().encode("\uFEFFid,displayName,active\n1,Éloïse Roy,yes\n");
    const cut = bytes.indexOf(0xc3) + 1;
    expect(await read(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual([person]);
  });

  test("a person whose id reads like a group is not that group", async () => {
    const [impostor, group] = await read("id,displayName,active,groups\ngroup:staff,X,yes,\n2,Y,yes,staff\n").then(
      entries => [entries[0], entries.at(-1)],
    );
    expect(impostor?.reference).not.toBe(group?.reference);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ["an empty file", "", /first line/],
    ["a missing column", "id,displayName\n1,X\n", /no column “active”/],
    ["an unknown column", "id,displayName,active,salary\n1,X,yes,3\n", /“salary”/],
    ["a column that comes twice", "id,displayName,active,id\n1,X,yes,1\n", /twice/],
    ["a line cut short", "id,displayName,active\n1,X,yes\n2,Y", /Record Length|columns/i],
    ["a quote that is not closed", 'id,displayName,active\n1,"X,yes\n', /quote/i],
    ["an id that comes twice", "id,displayName,active\n1,X,yes\n1,Y,no\n", /line 3.*“1”/],
    ["no id", "id,displayName,active\n,X,yes\n", /line 2, key/],
    ["another word than yes and no", "id,displayName,active\n1,X,maybe\n", /line 2, active/],
    ["an activity without a label", "id,displayName,active,activities\n1,X,yes,a1\n", /line 2, activities/],
    ["another text encoding", Uint8Array.from([...Buffer.from("id,displayName,active\n1,"), 0xe9, 0x2c]), /UTF-8/],
  ])("%s refuses everything", async (_what, text, detail) => {
    await expect(read(text)).rejects.toMatchObject({
      code: "directory-data-unreadable",
      detail: expect.stringMatching(detail),
    });
  });

  test("what the bytes come with when they break off is passed on", async () => {
    async function* broken() {
      yield new TextEncoder().encode("id,displayName,active\n1,X,yes\n");
      throw new Error("disk gone");
    }
    const reading = (async () => {
      for await (const _entry of readCsv(broken()));
    })();
    await expect(reading).rejects.toThrow("disk gone");
  });
});
