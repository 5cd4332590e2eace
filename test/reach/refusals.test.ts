import { expect, it } from "vitest";
import { kernelPort, otherPort } from "../../src/reach/refusals.ts";

it.each<[string, number | undefined, string | undefined]>([
  ["4420", 4420, undefined],
  ["65535", 65535, undefined],
  ["65536", undefined, undefined],
  ["0", undefined, undefined],
  ["", 8009, "Linux takes port 8009"],
  ["none", 8009, "Linux takes port 8009"],
  ["04420", 2320, "Linux reads it as octal: port 2320"],
  ["+4420", 4420, undefined],
  ["+017", 15, "Linux reads it as octal: port 15"],
  ["09", undefined, undefined],
  ["08009", undefined, undefined],
  ["0x1144", 4420, undefined],
  ["0X1144", 4420, undefined],
  ["4420\n", 4420, undefined],
  ["4420 ", undefined, undefined],
  [" 4420", undefined, undefined],
  ["-1", undefined, undefined],
  ["nvme", undefined, undefined],
  ["4294971716", undefined, undefined],
])("Linux reads the service id %j as port %s", (text, port, other) => {
  expect(kernelPort(text)).toBe(port);
  expect(otherPort(text)).toBe(other);
});
