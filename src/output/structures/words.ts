import type { Field, Names } from "../../structure/index.ts";

/** `HfiTransportInfoTcp` and `hostNqnConfigured` as `hfi_transport_info_tcp` and `host_nqn_configured`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "_");
}

/** Name of a structure below the prefix `nbft_`: `header` for `NbftHeader`. */
export function structureWord(name: string): string {
  return snakeCase(name).replace(/^nbft_/, "");
}

/** A name of a value as an identifier; names that begin with a digit get an underscore. */
export function valueWord(name: string): string {
  return snakeCase(name).replace(/^(?=\d)/, "_");
}

/** Names of the values of a field, or of the entries of the list that it refers to. */
export function namesOf(field: Field): Names | undefined {
  if (field.kind === "uint") return field.names;
  return field.kind === "ref" && field.object.kind === "list" ? field.object.names : undefined;
}

/** What a field is, in one line: title, abbreviation and first revision. */
export function fieldNote({ title, abbreviation, since }: Pick<Field, "title" | "abbreviation" | "since">): string {
  const more = [abbreviation, since === undefined ? undefined : `since ${since}`].filter((each) => each !== undefined);
  return more.length === 0 ? title : `${title} (${more.join(", ")})`;
}
