/** A maker's PKCS#11 module, and the files that its installers are known to put it in. */
export interface UsualPlace {
  readonly name: string;
  /** Where the same card is shown by several modules, that of its own maker counts before the one for every card. */
  readonly rank: "vendor" | "general";
  readonly win32: readonly string[];
  readonly linux: readonly string[];
  readonly darwin: readonly string[];
}

/**
 * Every place is a whole path; `%NAME%` stands for a variable of Windows. 64-bit modules alone: a 32-bit one cannot be loaded
 * by this program. Where a distribution keeps libraries by architecture, both of its names are here.
 */
export const usualPlaces: readonly UsualPlace[] = [
  {
    name: "Cryptolib CPS",
    rank: "vendor",
    win32: ["%WINDIR%\\System32\\cps3_pkcs11_w64.dll"],
    linux: ["/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so", "/usr/local/galss/libcps3_pkcs11_lux.so"],
    darwin: ["/usr/local/lib/libcps3_pkcs11_osx.dylib"],
  },
  {
    name: "Bit4id",
    rank: "vendor",
    win32: ["bit4xpki", "bit4ipki", "bit4opki"].map(name => `%WINDIR%\\System32\\${name}.dll`),
    linux: ["/usr/lib/bit4id/libbit4opki.so"],
    darwin: ["/System/Library/bit4id/libbit4xpki.dylib", "/usr/lib/bit4id/libbit4opki.dylib"],
  },
  {
    name: "Athena",
    rank: "vendor",
    win32: ["%WINDIR%\\System32\\asepkcs.dll"],
    linux: ["/usr/lib/x64-athena/libASEP11.so"],
    darwin: ["/Library/Application Support/Athena/libASEP11.dylib"],
  },
  {
    name: "SafeNet",
    rank: "vendor",
    win32: ["%WINDIR%\\System32\\eTPKCS11.dll"],
    linux: ["/usr/lib/libeTPkcs11.so"],
    darwin: ["/usr/local/lib/libeTPkcs11.dylib"],
  },
  {
    name: "Thales IDPrime",
    rank: "vendor",
    win32: [
      "%PROGRAMFILES%\\SafeNet\\Authentication\\SAC\\x64\\IDPrimePKCS1164.dll",
      "%PROGRAMFILES%\\Gemalto\\IDGo 800 PKCS#11\\IDPrimePKCS1164.dll",
    ],
    linux: ["/usr/lib/libIDPrimePKCS11.so"],
    darwin: ["/usr/local/lib/libidprimepkcs11.0.dylib"],
  },
  {
    name: "Gemalto Classic Client",
    rank: "vendor",
    win32: ["%PROGRAMFILES%\\Gemalto\\Classic Client\\BIN\\gclib.dll"],
    linux: ["/usr/lib/pkcs11/libgclib.so"],
    darwin: [],
  },
  {
    name: "AET SafeSign",
    rank: "vendor",
    win32: ["%WINDIR%\\System32\\aetpkss1.dll"],
    linux: ["/usr/lib/libaetpkss.so", "/usr/lib/libaetpkss.so.3"],
    darwin: ["/usr/local/lib/libaetpkss.dylib"],
  },
  {
    name: "CardOS",
    rank: "vendor",
    win32: ["%WINDIR%\\System32\\cardos11_64.dll"],
    linux: [],
    darwin: [],
  },
  {
    name: "cryptovision or NeoWave",
    rank: "vendor",
    win32: ["%WINDIR%\\System32\\cmp1164.dll"],
    linux: [],
    darwin: [],
  },
  {
    name: "YubiKey",
    rank: "vendor",
    win32: ["%PROGRAMFILES%\\Yubico\\Yubico PIV Tool\\bin\\libykcs11.dll"],
    linux: byArchitecture("libykcs11.so"),
    darwin: ["/usr/local/lib/libykcs11.dylib"],
  },
  {
    name: "Belgian eID",
    rank: "vendor",
    win32: ["%WINDIR%\\System32\\beidpkcs11.dll"],
    linux: byArchitecture("libbeidpkcs11.so.0"),
    darwin: ["/Library/Belgium Identity Card/Pkcs11/libbeidpkcs11.dylib"],
  },
  {
    name: "OpenSC",
    rank: "general",
    win32: ["%PROGRAMFILES%\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll"],
    linux: byArchitecture("opensc-pkcs11.so"),
    darwin: ["/Library/OpenSC/lib/opensc-pkcs11.so", "/usr/local/lib/opensc-pkcs11.so"],
  },
];

function byArchitecture(file: string): string[] {
  return ["x86_64-linux-gnu", "aarch64-linux-gnu"]
    .flatMap(architecture => [`/usr/lib/${architecture}/${file}`, `/usr/lib/${architecture}/pkcs11/${file}`])
    .concat(`/usr/lib64/${file}`, `/usr/lib64/pkcs11/${file}`, `/usr/lib/${file}`, `/usr/lib/pkcs11/${file}`);
}
