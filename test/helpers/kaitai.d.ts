declare module "kaitai-struct-compiler" {
  const compiler: {
    compile(
      language: string,
      description: object,
      importer: object | undefined,
      debug: boolean,
    ): Promise<Record<string, string>>;
  };
  export default compiler;
}

declare module "kaitai-struct/KaitaiStream.js" {
  export default class KaitaiStream {
    constructor(bytes: ArrayBuffer);
  }
}
