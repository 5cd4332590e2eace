/** A file in the part of an address that no browser sends anywhere. */
export interface SharedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Largest fragment that is made: browsers and chats cut longer ones. */
const MAX_FRAGMENT = 100_000;

/** The fragment of a file; undefined where it is too long. */
export async function fragmentOf({ name, bytes }: SharedFile): Promise<string | undefined> {
  const packed = await through(bytes, new CompressionStream("deflate-raw"));
  const text = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  const fragment = `#${new URLSearchParams({ name, z: text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") })}`;
  return fragment.length > MAX_FRAGMENT ? undefined : fragment;
}

/** The file of a fragment; undefined where it has none. @throws when it is damaged. */
export async function fileOfFragment(fragment: string): Promise<SharedFile | undefined> {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  const text = fields.get("z");
  if (text === null) return undefined;
  const packed = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  return { name: fields.get("name") ?? "shared", bytes: await through(packed, new DecompressionStream("deflate-raw")) };
}

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const piped = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}
