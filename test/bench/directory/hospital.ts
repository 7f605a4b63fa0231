import { slapdSuffix } from "../../integration/support/directory-slapd.ts";

export const peopleBase = `ou=people,${slapdSuffix}`;
export const groupsBase = `ou=groups,${slapdSuffix}`;
/** The large trust of our figures has so many for its 100,000 staff. */
const groups = 500;
const membersOfEach = 40;

/** LDIF of a hospital of so many persons, some of them in groups, and of the units that they are in. */
export function hospital(persons: number): string {
  const parts = ["people", "groups"].map(
    name => `dn: ou=${name},${slapdSuffix}\nobjectClass: organizationalUnit\nou: ${name}\n\n`,
  );
  for (let index = 0; index < persons; index += 1)
    parts.push(
      [
        `dn: uid=p${index},${peopleBase}`,
        "objectClass: inetOrgPerson",
        `cn: Person ${index} of the house`,
        `sn: Person ${index}`,
        `displayName: PERSON-${index} Given`,
        `employeeNumber: 8997${String(index).padStart(8, "0")}`,
        `mail: person.${index}@hopital.test`,
        "\n",
      ].join("\n"),
    );
  for (let index = 0; index < groups; index += 1) {
    const members = Array.from({ length: membersOfEach }, (_, at) => (index * membersOfEach + at) % persons);
    const lines = members.map(member => `member: uid=p${member},${peopleBase}`);
    parts.push(
      [`dn: cn=group-${index},${groupsBase}`, "objectClass: groupOfNames", `cn: group-${index}`, ...lines, "\n"].join(
        "\n",
      ),
    );
  }
  return parts.join("");
}
