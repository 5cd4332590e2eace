import fc from "fast-check";

// Each run tries the same cases, unless CONTRIBUTING.md's NBFT_SEED says otherwise: what fails was caused by a change.
const seed = process.env["NBFT_SEED"] ?? "1";
if (seed !== "random") fc.configureGlobal({ seed: Number(seed) });
