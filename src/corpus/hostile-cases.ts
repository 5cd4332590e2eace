import { writeUint } from "../bytes/numbers.ts";
import { type Draft, withDefaults } from "../document/defaults.ts";
import type { SsnsDescriptor } from "../nbft/generated/model.ts";
import { openTable } from "../nbft/read/frame.ts";
import {
  controlDescriptor,
  hfiDescriptor,
  hfiTransportInfoTcp,
  nbftHeader,
  ssnsDescriptor,
} from "../nbft/structures/index.ts";
import { encodeNbft } from "../nbft/write/encode.ts";
import { MAX_OBJECT_LENGTH } from "../nbft/write/encode-object.ts";
import { uuidNqn } from "../text/nvme.ts";
import { summed } from "./mutator.ts";
import type { Prng } from "./prng.ts";
import { randomMac, randomUuid } from "./random-values.ts";
import type { CorpusCase } from "./sound-cases.ts";

/** A table with one interface and some subsystems. */
function base(prng: Prng, subsystems: number, more: Draft<SsnsDescriptor> = {}): Uint8Array<ArrayBuffer> {
  const nqn = uuidNqn(randomUuid(prng));
  const entry: Draft<SsnsDescriptor> = {
    traddr: "192.0.2.20",
    subsystemNqn: nqn,
    nid: randomUuid(prng),
    nsid: 1,
    ...more,
  };
  const table = withDefaults({
    host: { hostNqn: uuidNqn(randomUuid(prng)) },
    hfi: [{ transportInfo: { mac: randomMac(prng), ipAddress: "192.0.2.30" } }],
    ssns: Array.from({ length: subsystems }, () => entry),
  });
  return Uint8Array.from(encodeNbft(table, { limits: false }));
}

/** A table with more bytes at the end of its heap. */
function withHeap(bytes: Uint8Array, more: Uint8Array): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(bytes.length + more.length);
  longer.set(bytes);
  longer.set(more, bytes.length);
  const { header } = openTable(longer);
  writeUint(longer, nbftHeader.fields.length.at, 4, longer.length);
  writeUint(longer, nbftHeader.fields.heapLength.at, 4, header.heapLength + more.length);
  return longer;
}

/** First byte of each subsystem's descriptor. */
function ssnsPlaces(bytes: Uint8Array): number[] {
  const { offset, stride, count } = openTable(bytes).lists.ssns;
  return Array.from({ length: count }, (_, i) => offset + i * stride);
}

/** Makes every subsystem's reference lead to the same object. */
function allLeadTo(bytes: Uint8Array, field: { readonly at: number }, offset: number, length: number): Uint8Array {
  for (const at of ssnsPlaces(bytes)) {
    writeUint(bytes, at + field.at, 4, offset);
    writeUint(bytes, at + field.at + 4, 2, length);
  }
  return summed(bytes);
}

const { secondaryHfis, subsystemNqn, trsvcid } = ssnsDescriptor.fields;

/** Tables that are made to cost a reader time, memory or its life, beyond what breaking single rules does. */
export const hostileCases: readonly CorpusCase[] = [
  {
    name: "hostile-255-ssns-one-list",
    title: "255 subsystems share one secondary HFI list of 65535 bytes: quadratic readers take seconds",
    make: (prng) => {
      const bytes = withHeap(base(prng, 255), new Uint8Array(MAX_OBJECT_LENGTH).fill(1));
      return allLeadTo(bytes, secondaryHfis, bytes.length - MAX_OBJECT_LENGTH, MAX_OBJECT_LENGTH);
    },
  },
  {
    name: "hostile-255-ssns-heap-lists",
    title: "255 subsystems take the heap as their secondary HFI list, each from another byte on",
    make: (prng) => {
      const bytes = base(prng, 255);
      const { heapStart, heapEnd } = openTable(bytes);
      for (const [i, at] of ssnsPlaces(bytes).entries()) {
        writeUint(bytes, at + secondaryHfis.at, 4, heapStart + i);
        writeUint(bytes, at + secondaryHfis.at + 4, 2, Math.min(heapEnd - heapStart - i, MAX_OBJECT_LENGTH));
      }
      return summed(bytes);
    },
  },
  {
    name: "hostile-255-ssns-one-nqn",
    title: "255 subsystems share one NQN of 65535 bytes",
    make: (prng) => {
      const more = new Uint8Array(MAX_OBJECT_LENGTH + 1).fill(0x61, 0, MAX_OBJECT_LENGTH);
      const bytes = withHeap(base(prng, 255), more);
      return allLeadTo(bytes, subsystemNqn, bytes.length - more.length, MAX_OBJECT_LENGTH);
    },
  },
  {
    name: "hostile-nqn-60000",
    title: "an NQN of 60000 bytes",
    make: (prng) => base(prng, 1, { subsystemNqn: `nqn.2026-01.org.example:${"x".repeat(59_976)}` }),
  },
  {
    name: "hostile-control-characters",
    title: "strings that clear a terminal, end lines and forge JSON",
    make: (prng) =>
      base(prng, 1, { subsystemNqn: 'nqn.2026-01.org.example:\u001b[2J\u001b]0;owned\u0007\r\n"},{"\u202e' }),
  },
  {
    name: "hostile-extended-info-is-its-owner",
    title: "the extended information of an HFI is the transport info that refers to it",
    make: (prng) => {
      const bytes = base(prng, 1);
      const hfi = openTable(bytes).lists.hfi.offset + hfiDescriptor.fields.transportInfo.at;
      const info = new DataView(bytes.buffer).getUint32(hfi, true);
      const { extendedInfo, transportInfoVersion } = hfiTransportInfoTcp.fields;
      bytes[nbftHeader.fields.minorRevision.at] = 1;
      bytes[info + transportInfoVersion.at] = 2;
      writeUint(bytes, info + extendedInfo.at, 4, info);
      writeUint(bytes, info + extendedInfo.at + 4, 2, hfiTransportInfoTcp.size);
      return summed(bytes);
    },
  },
  {
    name: "hostile-lists-on-one-place",
    title: "all four lists stand on the same bytes, 255 entries each",
    make: (prng) => {
      const bytes = withHeap(base(prng, 1), new Uint8Array(MAX_OBJECT_LENGTH));
      const { hfiOffset, ssnsOffset, securityOffset, discoveryOffset } = controlDescriptor.fields;
      for (const { at } of [hfiOffset, ssnsOffset, securityOffset, discoveryOffset]) {
        const place = nbftHeader.size + at;
        writeUint(bytes, place, 4, 160);
        writeUint(bytes, place + 4, 2, ssnsDescriptor.size);
        writeUint(bytes, place + 6, 1, 1);
        writeUint(bytes, place + 7, 1, 255);
      }
      return summed(bytes);
    },
  },
  {
    name: "hostile-all-ones",
    title: "every descriptor and the heap filled with FFh after structure id and flags",
    make: (prng) => {
      const bytes = base(prng, 2);
      const { lists, heapEnd } = openTable(bytes);
      for (const { offset, stride, count } of [lists.hfi, lists.ssns]) {
        for (let i = 0; i < count; i++) bytes.fill(0xff, offset + i * stride + 1, offset + (i + 1) * stride);
      }
      bytes.fill(0xff, heapEnd - 64, heapEnd);
      return summed(bytes);
    },
  },
  {
    name: "hostile-service-id-is-the-heap",
    title: "every service id is the whole heap",
    make: (prng) => {
      const bytes = base(prng, 64);
      const { heapStart, heapEnd } = openTable(bytes);
      return allLeadTo(bytes, trsvcid, heapStart, heapEnd - heapStart);
    },
  },
];
