import { readNbft } from "../../src/nbft/read/read.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { table } from "../helpers/vectors.ts";

/** Texts that would do something if any output took them for more than a text. `PWNED` in an output's effect is a hole. */
export const hostileTexts: Readonly<Record<string, string>> = {
  "command substitution": "$(touch PWNED)",
  backticks: "`touch PWNED`",
  "command separators": "x;touch PWNED|touch PWNED&touch PWNED\n",
  "a single quote": "x'; touch PWNED; echo '",
  "a double quote": 'x"; touch PWNED; echo "',
  "a line end": "x\ntouch PWNED\n#",
  "a carriage return": "x\rtouch PWNED",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
  "an expansion": "${PWNED:=x}$IFS$((1+1))~/*?[a-z]",
  "everything at once, without a blank": "'\"$(PWNED)`PWNED`\\'\"<PWNED>&PWNED;",
  "an option": "--config=PWNED",
  "a backslash at the end": "x\\",
  "a brace": "{touch,PWNED}",
  "a comment": "x #PWNED",
  redirection: ">PWNED",
  "a C string": "\\x27; touch PWNED; \\047\\n%s%n%p",
  "a closing CDATA": "]]><PWNED/><![CDATA[",
  "an XML element": "</text><PWNED a='b'/>",
  "an XML entity": "<!DOCTYPE x [<!ENTITY PWNED SYSTEM 'file:///etc/passwd'>]>&PWNED;",
  "a script element": "</script></style></title><script>PWNED()</script>",
  "an event handler": '" onmouseover="PWNED()" x="',
  "a JSON end": '"},{"PWNED":true,"x":"',
  "a key file section": "x\n[PWNED]\nPWNED=1",
  "a YAML document": "x\n---\nPWNED: !!js/function 'f'\n&a [*a]",
  "a YAML value": ": {PWNED: 1} # - ? | >",
  "a workflow command": "x\n::error::PWNED\n::set-output name=PWNED::1",
  "a fabrics option": "nqn.x,PWNED=1,traddr=1.2.3.4",
  "a setattempt key": "nqn.x\n$End\nPWNED:1",
  "terminal escapes": "\u001b]0;PWNED\u0007\u001b[2J\u001b[31m\u009b0m\b\b\u007f",
  "bidirectional controls": "\u202ePWNED\u2066\u200b\ufeff",
  "a path": "../../../../PWNED",
  "nothing but controls": "\u0001\u0002\u0003",
};

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

/** A sound table of revision 1.0 with everything that can hold a text, and in each of these places the same one. */
export function hostileTable(text: string): Uint8Array {
  const model = structuredClone(readNbft(table("S21")).table) as Mutable<NbftTable>;
  model.header.minorRevision = 0;
  model.header.driverSignature = text;
  model.host!.hostNqn = text;
  for (const { transportInfo } of model.hfi) {
    delete transportInfo?.extendedInfo;
    Object.assign(transportInfo!, { hostName: text });
  }
  for (const ssns of model.ssns) {
    ssns.subsystemNqn = text;
    ssns.trsvcid = text.length < 100 ? text : "4420";
    ssns.flags.extendedInfoInUse = true;
    ssns.flags.dhcpRootPathOverride = true;
    Object.assign(ssns, {
      securityIndex: 0,
      discoveryIndex: 0,
      extendedInfo: {
        structureId: 9,
        version: 1,
        ssnsIndex: ssns.index,
        flags: { valid: true, adminAsqsz: false },
        cntlid: 0,
        asqsz: 32,
        dhcpRootPath: text,
      },
    });
  }
  for (const discovery of model.discovery) Object.assign(discovery, { uri: text, nqn: text, securityIndex: 0 });
  for (const security of model.security)
    Object.assign(security, { secretKeypath: text, secretType: { redfishHostInterfaceUri: true } });
  return encodeNbft(model, { limits: false });
}

/** Records that every program takes for usable, whose NQNs end in the text: what gets as far as scripts and configurations. */
export function hostileNames(text: string): Uint8Array {
  const model = structuredClone(readNbft(hostileTable(text)).table) as Mutable<NbftTable>;
  const nqn = `nqn.2026-01.org.example:${text}`;
  model.host!.hostNqn = nqn;
  for (const { transportInfo } of model.hfi) Object.assign(transportInfo!, { hostName: "host" });
  for (const ssns of model.ssns) {
    Object.assign(ssns, { subsystemNqn: nqn, trsvcid: "4420" });
    ssns.extendedInfo!.dhcpRootPath = `NVME+TCP://192.0.2.20:4420/${nqn}`;
  }
  for (const discovery of model.discovery) Object.assign(discovery, { uri: "nvme+tcp://192.0.2.30:8009/", nqn });
  return encodeNbft(model, { limits: false });
}

/** A static address with the text as its host name: what gets into network configurations. */
export function hostileHostName(text: string): Uint8Array {
  const model = structuredClone(readNbft(hostileTable(text)).table) as Mutable<NbftTable>;
  for (const { transportInfo } of model.hfi) {
    Object.assign(transportInfo!, { ipOrigin: "manual", dhcpServer: undefined, hostName: text });
    transportInfo!.flags.dhcpOverride = false;
  }
  return encodeNbft(model, { limits: false });
}
