import { checkBytes } from "../../bytes/bytes.ts";
import { viewOf } from "../../bytes/view.ts";
import { DecodeError } from "../../errors.ts";
import { hex } from "../../text/hex.ts";
import { formatGuid } from "../../text/uuid.ts";
import { certificateName } from "./certificate-name.ts";

/** What a signature database holds of one kind. */
export interface SignatureList {
  /** Kind of the signatures, or its GUID. */
  readonly type: string;
  /** In the order of the list. */
  readonly signatures: readonly {
    /** GUID of who added it. */
    readonly owner: string;
    /** Bytes of the signature. */
    readonly size: number;
    /** Of an X.509 certificate: its subject. */
    readonly subject?: string | undefined;
    /** Of an X.509 certificate: its last day. */
    readonly validUntil?: string | undefined;
  }[];
}

const certificate = "X.509 certificate";
/** Kinds of signatures (UEFI Specification 2.10, section 32.4.1). */
const types: Readonly<Record<string, string>> = {
  "a5c059a1-94e4-4aa7-87b5-ab155c2bf072": certificate,
  "c1c41626-504c-4092-aca9-41f936934328": "SHA-256",
  "ff3e5307-9fd0-48c9-85f1-8ad56c701e01": "SHA-384",
  "093e0fae-a6c4-4f50-9f1b-d41e2b89c19a": "SHA-512",
  "826ca512-cf10-4ac9-b187-be01496631bd": "SHA-1",
  "3c5766e8-269c-4e34-aa14-ed776e85b3b6": "RSA-2048",
  "3bd2a492-96c0-4079-b420-fcf98ef103ed": "X.509 certificate as SHA-256",
  "4aafd29d-68df-49ee-8aa9-347d375665a7": "PKCS #7",
};

const headerSize = 28;

/**
 * The signature lists of `PK`, `KEK`, `db`, `dbx`, `dbt` and `dbr` (UEFI Specification 2.10, section 32.4.1).
 *
 * @throws {DecodeError} when a list leaves the data, or its sizes do not fit each other.
 */
export function decodeSignatureLists(data: Uint8Array): SignatureList[] {
  checkBytes(data);
  const view = viewOf(data);
  const lists: SignatureList[] = [];
  for (let at = 0; at < data.length; ) {
    const fail = () => new DecodeError(`the signature list at ${hex(at)} does not fit its data`, { offset: at });
    if (at + headerSize > data.length) throw fail();
    const [size, header, each] = [16, 20, 24].map((field) => view.getUint32(at + field, true)) as [
      number,
      number,
      number,
    ];
    const end = at + size;
    const start = at + headerSize + header;
    if (end > data.length || start > end || each < 16 || (end - start) % each !== 0) throw fail();
    const guid = formatGuid(data, at);
    const type = types[guid] ?? guid;
    const signatures = Array.from({ length: (end - start) / each }, (_, i) => {
      const place = start + i * each;
      const bytes = data.subarray(place + 16, place + each);
      return {
        owner: formatGuid(data, place),
        size: bytes.length,
        ...(type === certificate && certificateName(bytes)),
      };
    });
    lists.push({ type, signatures });
    at = end;
  }
  return lists;
}
