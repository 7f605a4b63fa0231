import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/**
 * What may be missing on a fresh Debian or Ubuntu: the Debian package, why it is needed, and one of the files that show
 * that it is there (a name without a slash is looked for in PATH). `answer` is to a question of its installation, `file` one that it reads.
 */
const known = {
  rsyslog: { why: "a real receiver of the trail", shownBy: ["rsyslogd", "/usr/sbin/rsyslogd"] },
  "rsyslog-gnutls": {
    why: "the same, with TLS",
    shownBy: ["/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so", "/usr/lib/aarch64-linux-gnu/rsyslog/lmnsd_gtls.so"],
  },
  pcscd: { why: "the PC/SC service", shownBy: ["pcscd", "/usr/sbin/pcscd"] },
  "vsmartcard-vpcd": { why: "two virtual readers", shownBy: ["/etc/reader.conf.d/vpcd"] },
  chromium: { why: "the window of the kiosk host", shownBy: ["chromium", "chromium-browser", "google-chrome"] },
  opensc: { why: "an independent judge of the virtual card", shownBy: ["pkcs11-tool"] },
  openssl: { why: "an independent judge of signatures and certificates", shownBy: ["openssl"] },
  slapd: {
    why: "a real LDAP directory, of people and of revocation lists",
    shownBy: ["slapd", "/usr/sbin/slapd"],
    // Without a directory of its own, so that no server is started.
    answer: "slapd slapd/no_configuration boolean true",
  },
  "libapache2-mod-auth-mellon": {
    why: "a SAML service provider of another maker, behind Apache",
    // It brings Apache's program alone: the package apache2 would start a server.
    shownBy: ["/usr/lib/apache2/modules/mod_auth_mellon.so"],
  },
  "libapache2-mod-auth-openidc": {
    why: "an independent relying party of OpenID Connect",
    shownBy: ["/usr/lib/apache2/modules/mod_auth_openidc.so"],
  },
  postgresql: {
    why: "a real PostgreSQL for the broker's store",
    shownBy: ["/usr/bin/pg_createcluster"],
    // Without a cluster of its own, so that no server is started.
    file: { path: "/etc/postgresql-common/createcluster.d/wardkey.conf", content: "create_main_cluster = false" },
  },
  "ldap-utils": { why: "a bare client that the LDAP source is measured against", shownBy: ["ldapsearch"] },
  "samba-ad-dc": { why: "a real domain controller of Active Directory", shownBy: ["samba", "/usr/sbin/samba"] },
  "samba-ad-provision": { why: "what a new domain is made from", shownBy: ["/usr/share/samba/setup/provision.ldif"] },
  "exim4-daemon-light": {
    why: "a real mail server",
    // A machine has one mail server, and keeps the one that it has: then the tests that need this one are skipped.
    shownBy: ["exim4", "/usr/sbin/exim4", "/usr/sbin/sendmail"],
  },
  iproute2: { why: "a private network for the tests", shownBy: ["ip", "/usr/sbin/ip", "/sbin/ip"] },
  gcc: { why: "what tests and benchmarks build in C: a reader with keys, a bare client", shownBy: ["cc"] },
  "g++": { why: "the bridge to PKCS#11 modules, built when its npm package is installed", shownBy: ["c++"] },
  make: { why: "the same", shownBy: ["make"] },
  python3: { why: "the same", shownBy: ["python3"] },
  oathtool: { why: "an authenticator application of others, judging ours", shownBy: ["oathtool"] },
  softhsm2: { why: "a PKCS#11 module of another maker", shownBy: ["/usr/lib/softhsm/libsofthsm2.so"] },
  "libpcsclite-dev": { why: "what tests and benchmarks build in C, too", shownBy: ["/usr/include/PCSC/winscard.h"] },
  "util-linux": { why: "private namespaces for the tests", shownBy: ["unshare"] },
};

export const packagesToStart = ["pcscd", "vsmartcard-vpcd", "chromium", "g++", "make", "python3"];
export const packagesToBench = [
  ...packagesToStart,
  "iproute2",
  "util-linux",
  "gcc",
  "libpcsclite-dev",
  "slapd",
  "ldap-utils",
  "openssl",
  "postgresql",
];
export const packagesToTest = [
  ...packagesToStart,
  "opensc",
  "openssl",
  "slapd",
  "postgresql",
  "libapache2-mod-auth-mellon",
  "exim4-daemon-light",
  "samba-ad-dc",
  "samba-ad-provision",
  "softhsm2",
  "oathtool",
  "rsyslog",
  "rsyslog-gnutls",
  "libapache2-mod-auth-openidc",
  "iproute2",
  "util-linux",
  "gcc",
  "libpcsclite-dev",
];

function isThere(file) {
  if (file.startsWith("/")) return existsSync(file);
  return (process.env.PATH ?? "").split(delimiter).some(directory => existsSync(join(directory, file)));
}

/** Installs the named Debian packages that are missing, saying what and why. Throws where it may not. */
export function ensureSystemPackages(names) {
  const missing = names.filter(name => !known[name].shownBy.some(isThere));
  if (missing.length === 0) return;
  for (const name of missing) console.log(`wardkey: installing the system package ${name} (${known[name].why})`);
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo"];
  const remedy = `install them yourself: apt-get install ${missing.join(" ")}`;
  if (!isThere("apt-get")) throw new Error(`missing ${missing.join(", ")}, and this is no Debian; ${remedy}`);
  if (asRoot.length > 0 && !isThere("sudo"))
    throw new Error(`missing ${missing.join(", ")}, and sudo too; as root, ${remedy}`);
  const apt = (...words) => {
    const [command, ...rest] = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", ...words];
    return spawnSync(command, rest, { stdio: ["inherit", "ignore", "inherit"] }).status === 0;
  };
  const answers = missing.flatMap(name => known[name].answer ?? []);
  if (answers.length > 0)
    spawnSync("env", [...asRoot, "debconf-set-selections"], {
      input: `${answers.join("\n")}\n`,
      stdio: ["pipe", "ignore", "inherit"],
    });
  for (const { path, content } of missing.flatMap(name => known[name].file ?? [])) {
    spawnSync("env", [...asRoot, "mkdir", "-p", dirname(path)]);
    spawnSync("env", [...asRoot, "tee", path], { input: `${content}\n`, stdio: ["pipe", "ignore", "inherit"] });
  }
  apt("update");
  if (!apt("install", "-y", "--no-install-recommends", ...missing))
    throw new Error(`apt-get did not succeed; ${remedy}`);
}
