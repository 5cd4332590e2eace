import { type ListName, listNames, listStructures } from "../nbft/read/frame.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "../nbft/structures/index.ts";
import { textForms } from "../structure/text-value.ts";
import { parseHex } from "../text/hex.ts";
import type { NbftDocument } from "./nbft-document.ts";
import { hexPattern, shapeOfStructure } from "./shape/of-structure.ts";
import { boolean, integer, list, map, type ObjectShape, object, required, text, word } from "./shape/shape.ts";

const anyText = { expected: "text", parse: (given: string) => given };
const whole = (title: string) => integer(title, 0, 0xffffffff);
const yes = (title: string) => boolean(title, { only: true });

const place = () => ({
  offset: required(whole("First byte, from the start of the table")),
  length: required(whole("Bytes, of each entry in a list")),
  version: required(whole("Version")),
});

const listPlace = () =>
  object("listPlace", "Where a list is", {
    ...place(),
    entries: whole("Entries when the layout was made"),
    count: whole("Count that the Control Descriptor states, where that is another"),
  });

const layoutShape = () =>
  object("layout", "Where the bytes differ from the canonical layout; written by nbft dump, left out by hand", {
    style: word("A canonical layout", {
      spec: "as the specification describes it: lengths of texts count their NUL",
      edk2: "as the Timberland driver writes it: a NUL that no length counts after every object",
    }),
    strings: word("Whether the lengths of texts count their NUL", {
      counted: "they do, as the specification says",
      uncounted: "they do not, as in every published table of a firmware",
    }),
    size: whole("Bytes of the table with what follows it"),
    header: object("headerLayout", "Derived fields of the header", {
      length: whole("Length, where it is not the right one"),
      checksum: whole("Checksum, where it is not the right one"),
      heapOffset: required(whole("Heap Offset")),
      heapLength: required(whole("Heap Length")),
    }),
    host: object("hostPlace", "Where the Host Descriptor is", {
      ...place(),
      unread: yes("It cannot be read there"),
    }),
    ...(Object.fromEntries(listNames.map((name) => [name, listPlace()])) as Record<
      ListName,
      ReturnType<typeof listPlace>
    >),
    objects: map(
      "Where heap objects are, by the path of what they say",
      text("Path", anyText),
      object("objectPlace", "Where a heap object is", {
        offset: required(whole("First byte, from the start of the table")),
        length: required(whole("Bytes that the reference states")),
        kept: yes("Its bytes are in `bytes`, for they are not those of its value"),
        unread: yes("It cannot be read there"),
      }),
    ),
    bytes: list(
      "Bytes that nothing else says",
      object("run", "Bytes one after the other", {
        offset: required(whole("First byte, from the start of the table")),
        bytes: required(
          text("Hexadecimal digits", {
            expected: textForms.hex,
            parse: (given) => (parseHex(given) ? given : undefined),
            pattern: hexPattern,
          }),
        ),
      }),
      { max: 0xffffffff },
    ),
  });

let made: ObjectShape<NbftDocument> | undefined;

/** The document of a table as a person or `nbft dump` writes it. */
export function documentShape(): ObjectShape<NbftDocument> {
  // Made when it is first asked for: who reads or shows tables needs none.
  made ??= makeShape();
  return made;
}

function makeShape(): ObjectShape<NbftDocument> {
  return object("document", "NVMe Boot Firmware Table", {
    $schema: text("JSON Schema of this file, for editors", anyText),
    source: text("Where the table came from; ignored when encoding", anyText),
    header: shapeOfStructure(nbftHeader),
    control: shapeOfStructure(controlDescriptor),
    host: shapeOfStructure(hostDescriptor),
    ...Object.fromEntries(
      listNames.map((name) => [
        name,
        list(`List of ${listStructures[name].title}s`, shapeOfStructure(listStructures[name])),
      ]),
    ),
    layout: layoutShape(),
  }) as ObjectShape<NbftDocument>;
}
