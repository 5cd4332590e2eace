// The catalogue of all rules as plain data, and their examples with what is found in them. Written to src/rules/generated; a test compares.
import { containerRules } from "../../src/acpi/rules.ts";
import type { Program } from "../../src/consumers/behaviours/index.ts";
import { behavioursOfRule, programs } from "../../src/consumers/behaviours/index.ts";
import type { Diagnostic } from "../../src/diagnostic.ts";
import { qemuRules } from "../../src/machine/qemu/rules.ts";
import { targetRules } from "../../src/machine/target/rules.ts";
import type { Breakage, RuleExample, RuleInfo } from "../../src/rule-info.ts";
import { describeExample, exampleFindings } from "../../src/rules/explain.ts";
import type { AnyRule, BadExample } from "../../src/rules/rule.ts";
import { explainedRules } from "../../src/rules/texts/index.ts";
import { configRules, configTextRules } from "../../src/uefi/setattempt/rules/index.ts";
import { storeRules } from "../../src/uefi/store/rules.ts";
import { configExamples } from "./examples/config.ts";
import { containerExamples } from "./examples/container.ts";
import type { MadeExamples } from "./examples/example.ts";
import { machineExamples } from "./examples/machine.ts";
import { storeExamples } from "./examples/store.ts";
import { targetExamples } from "./examples/target.ts";

/** Examples of the rules that are not about tables. */
export const madeExamples: MadeExamples = {
  ...storeExamples,
  ...configExamples,
  ...machineExamples,
  ...targetExamples,
  ...containerExamples,
};

/** Every rule, family by family. */
export function catalogue(): RuleInfo[] {
  const others = [storeRules, qemuRules, targetRules, containerRules].map((table) => Object.values<RuleInfo>(table));
  const [stores, ...rest] = others;
  return [...explainedRules, ...stores!, ...configTextRules, ...configRules, ...rest.flat()].map(ruleInfo);
}

/** Programs that go wrong: what the table of behaviours knows, or else what the rule says. */
function breakagesOf({ code, breaks = [] }: RuleInfo): readonly Breakage[] {
  const known = behavioursOfRule(code);
  if (known.length > 0 && breaks.length > 0)
    throw new Error(`${code}: the table of behaviours knows who breaks: leave out \`breaks\``);
  const everywhere = "every release that reads NBFTs";
  return [
    ...known.map(({ program, releases, does, defects }) => {
      const name = (programs[program] as Program).spelling ?? program;
      return { who: releases === everywhere ? name : `${name} ${releases}`, what: does, ...(defects && { defects }) };
    }),
    ...breaks,
  ];
}

/** What a rule says about itself, without its checks and examples: plain data. */
function ruleInfo(rule: RuleInfo): RuleInfo {
  const { code, name, severity, milder, fatal, summary, why, hint, spec, fix } = rule;
  const breaks = breakagesOf(rule);
  return {
    code,
    name,
    severity,
    ...(milder && { milder }),
    ...(fatal && { fatal }),
    summary,
    why,
    hint,
    spec,
    ...(breaks.length > 0 && { breaks }),
    ...(fix !== undefined && { fix }),
  };
}

/** What a rule finds in an example of its own; a mistake in the example is reported with the rule's code. */
function findingsOf(rule: AnyRule, bad: BadExample): readonly Diagnostic[] {
  try {
    return exampleFindings(rule, bad);
  } catch (error) {
    throw new Error(`an example of ${rule.code} is wrong: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/** Examples of every rule by its code. */
export function ruleExamples(): Record<string, readonly RuleExample[]> {
  const ofTables = explainedRules.map((rule) => {
    const examples = rule.bad.map((bad) => ({
      input: describeExample(bad),
      finds: findingsOf(rule, bad).map(({ severity, path, offset, message }) => ({
        severity,
        path,
        offset,
        message,
      })),
    }));
    return [rule.code, examples] as const;
  });
  const ofOthers = Object.entries(madeExamples).map(([code, { input, check }]) => {
    const finds = check().filter(({ rule }) => rule === code);
    return [code, [{ input, finds: finds.map(finding) }]] as const;
  });
  return Object.fromEntries([...ofTables, ...ofOthers]);
}

/** What an example shows of a finding: all but what its rule says. Findings about what is no file have no place in bytes. */
function finding({ severity, path, offset, length, message, ...more }: Diagnostic): RuleExample["finds"][number] {
  const line = "line" in more && typeof more.line === "number" ? more.line : undefined;
  const place = line !== undefined ? { line } : offset > 0 || length > 0 ? { offset } : {};
  return { severity, path, ...place, message };
}

/** The sources that are generated, by their names in src/rules/generated. */
export function catalogueSources(): Record<string, string> {
  const notice = "// Generated from the rules by `npm run generate`; do not edit.\n";
  const type = (names: string) => `import type { ${names} } from "../../rule-info.ts";\n\n`;
  return {
    "catalogue.ts": `${notice}${type("RuleInfo")}/** Every rule, family by family. */
export const catalogue: readonly RuleInfo[] = ${JSON.stringify(catalogue(), null, 1)};
`,
    "examples.ts": `${notice}${type("RuleExample")}/** Inputs that each rule finds something in, by its code. */
export const ruleExamples: Readonly<Record<string, readonly RuleExample[]>> = ${JSON.stringify(ruleExamples(), null, 1)};
`,
  };
}
