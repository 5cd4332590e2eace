/** Keys of a finding as JSON, in their order. */
export const findingKeys = ["rule", "name", "severity", "path", "offset", "length", "message", "hint", "spec"];
