/** Text of a terminal without its escape sequences (ECMA-48): colours, cursor movements, window titles. */
export function withoutEscapes(text: string): string {
  return text.replace(/\x1b(?:\[[0-9;?=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/g, "");
}
