import { codes } from "../example-texts.ts";
import type { RuleTexts } from "../rule.ts";

/** What the rules in `../heap.ts` say, and their examples. */
export const heapTexts: RuleTexts = {
  H015: {
    summary: "The heap does not overlap the header or descriptors.",
    why: "Otherwise writing a string into the heap overwrites a structure, or a structure is read as a string.",
    good: {},
    bad: [{ stored: { "header.heapOffset": 0, "header.heapLength": 600 }, finds: ["header.heapOffset"] }],
  },
  H016: {
    summary: "The heap is the last part of the table.",
    why: "Section 3.2.2.2 puts it at the end; bytes after it do not belong to anything.",
    good: {},
    bad: [{ behind: [0, 0, 0, 0], finds: ["header.heapLength"] }],
  },
  C015: {
    summary: "A list does not overlap anything else.",
    why: "The same bytes would have two meanings.",
    good: {},
    bad: [
      { stored: { "control.ssnsOffset": 64 }, finds: ["control.ssnsOffset"] },
      { stored: { "control.discoveryOffset": 160 }, finds: ["control.discoveryOffset"] },
    ],
  },
  P001: {
    summary: "Every referenced object lies inside the heap.",
    why: "A reference is an offset from the start of the table and a length; bytes outside the heap belong to something else.",
    good: {},
    bad: [{ stored: { "ssns[0].traddrRef": { offset: 0x10 } }, finds: ["ssns[0].traddrRef"] }],
  },
  P002: {
    summary: "An unused reference has offset 0 and length 0.",
    why: "With only one of them, it is not clear whether the object exists.",
    good: {},
    bad: [
      { stored: { "discovery[0].nqnRef": { length: 0 } }, finds: ["discovery[0].nqnRef"] },
      { stored: { "discovery[0].nqnRef": { offset: 0 } }, finds: ["discovery[0].nqnRef"] },
    ],
  },
  P003a: {
    summary: "Strings count their NUL in their length.",
    why: "Specification: the length counts the NUL. Practice: both conventions are in use, and readers accept both. This finding shows which one the table uses.",
    good: { layout: "edk2" },
    bad: [{ finds: ["heap"] }],
  },
  P003b: {
    summary: "Strings have a NUL after their length.",
    why: "Specification: the length counts the NUL. Practice: firmware built on EDK2 writes one NUL after every object, which no length counts. Readers accept both.",
    good: {},
    bad: [{ layout: "edk2", finds: ["heap"] }],
  },
  P004: {
    summary: "All strings of a table end in the same way.",
    why: "A mix means that two programs wrote the table, or that a length is wrong by one.",
    good: {},
    bad: [{ stored: { "ssns[1].trsvcidRef": { length: 4 } }, finds: ["heap"] }],
  },
  P005: {
    summary: "A string ends in a NUL, inside its length or right after it.",
    why: "Readers use it as a C string.",
    good: {},
    bad: [{ stored: { "ssns[0].subsystemNqnRef": { length: 20 } }, finds: ["ssns[0].subsystemNqn"] }],
  },
  P006: {
    summary: "The NUL after a string lies inside the heap.",
    why: "If the length of the last string does not count its NUL, readers read one byte too far.",
    good: {},
    bad: [
      {
        heap: codes("host"),
        stored: { "hfi[0].transportInfo.hostNameRef": { added: 0, length: 4 } },
        finds: ["hfi[0].transportInfo.hostName"],
      },
    ],
  },
  P007: {
    summary: "A string contains no NUL before its end.",
    why: "Readers that stop at the first NUL and readers that use the whole length get different strings.",
    good: {},
    bad: [{ stored: { "hfi[0].transportInfo.hostName": [0x68, 0] }, finds: ["hfi[0].transportInfo.hostName"] }],
  },
  P008: {
    summary: "Strings are valid UTF-8.",
    why: "Section 1.5.2 requires UTF-8.",
    good: { model: { "hfi[0].transportInfo.hostName": "hôte" } },
    bad: [{ stored: { "hfi[0].transportInfo.hostName": [0xff] }, finds: ["hfi[0].transportInfo.hostName"] }],
  },
  P009: {
    summary: "Strings contain no control characters.",
    why: "Strings of the table end up in terminals, logs and configuration files.",
    good: {},
    bad: [{ stored: { "hfi[0].transportInfo.hostName": [0x1b] }, finds: ["hfi[0].transportInfo.hostName"] }],
  },
  P010: {
    summary: "Two objects are identical or do not overlap.",
    why: "A partial overlap means that an offset or a length is wrong.",
    good: {},
    bad: [{ stored: { "ssns[0].traddrRef": { length: 18 } }, finds: ["ssns[0].trsvcid"] }],
  },
  P011: {
    summary: "An object has one reference.",
    why: "Sharing is allowed and saves space, but a tool that changes one object changes the other, too.",
    good: {},
    bad: [{ stored: { "ssns[1].trsvcidRef": { like: "ssns[0].trsvcid" } }, finds: ["ssns[0].trsvcid"] }],
  },
  P012: {
    summary: "Heap bytes that nothing refers to are zero.",
    why: "Leftovers may be firmware memory that was published by mistake.",
    good: { heap: [0, 0] },
    bad: [{ heap: [0, 1, 2, 3], finds: ["heap"] }],
  },
};
