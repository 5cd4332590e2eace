// binary-parser 2.3.0 publishes no types for ESM imports; this points at the ones it has.
declare module "binary-parser" {
  export { Parser } from "binary-parser/dist/binary_parser.js";
}
