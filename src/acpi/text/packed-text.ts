/** Forms of bytes as text that are not undone, and what to do. */
const forms: readonly (readonly [start: RegExp, message: string])[] = [
  ...(
    [
      ["gzip", "H4sI"],
      ["xz", "\\/Td6WFoA"],
      ["zstd", "KLUv\\/"],
      ["bzip2", "QlpoO"],
    ] as const
  ).map(
    ([name, start]) =>
      [
        new RegExp(`(?:^|\\s|["'>])${start}[A-Za-z0-9+/]{16}`),
        `${name} in base64: base64 -d FILE | nbft COMMAND - reads it, where FILE has nothing but the base64`,
      ] as const,
  ),
  [/^begin [0-7]{3,4} \S/m, "uuencoded: uudecode -o - FILE | nbft COMMAND - reads it"],
  // `NBFT`, and bits of the Length.
  [/(?<![A-Z2-7])JZBEMV[A-Z2-7]{10}/, "base32: base32 -d FILE | nbft COMMAND - reads it"],
  [
    /^S[0-3](?:[0-9A-F]{2}){4,255}\s*$/m,
    "Motorola S-records: objcopy -I srec -O binary FILE NBFT makes the table of it",
  ],
  [
    /^:[0-9A-F]{6}0[0-5](?:[0-9A-F]{2}){1,256}\s*$/m,
    "Intel HEX: objcopy -I ihex -O binary FILE NBFT makes the table of it",
  ],
];

/** What a text is that has bytes in a form which another program undoes, and how; undefined for any other text. */
export function packedForm(text: string): string | undefined {
  return forms.find(([start]) => start.test(text))?.[1];
}
