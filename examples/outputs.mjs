/** What nbft prints, made by a program: findings as text and SARIF, a picture, a page: node examples/outputs.mjs [FILE] */
import { readFileSync } from "node:fs";
import { readNbft } from "nbft";
import { explainTables } from "nbft/consumers";
import {
  consumerMatrix,
  explainedFindings,
  findingsGithub,
  findingsSarif,
  formatExplanation,
  formatFindings,
  formatTable,
  plain,
  reportHtml,
  topologyMermaid,
  topologyOf,
  topologySvg,
} from "nbft/output";
import { ruleOf, rules, validate } from "nbft/validate";

const file = process.argv[2] ?? "test/vectors/firmware/multipath/NBFT.bin";
const bytes = readFileSync(file);
const reading = readNbft(bytes);
const groups = [{ source: "NBFT", findings: validate(bytes) }];

console.log(formatTable("NBFT", reading).split("\n").slice(0, 4).join("\n"));
console.log(formatFindings(groups, ruleOf, { paint: plain, info: true }));
console.log(`${findingsGithub(groups).split("\n").length - 1} annotations`);
const sarif = JSON.parse(findingsSarif({ groups, rules, unread: [] }));
console.log(`SARIF ${sarif.version} with ${sarif.runs[0].results.length} results`);

const topology = topologyOf(reading.table);
console.log(topologyMermaid(topology).split("\n")[0]);
console.log(`a picture: ${topologySvg(topology).startsWith("<svg")}`);

const explanation = explainTables([{ path: "NBFT", bytes }]);
console.log(formatExplanation(explanation, { paint: plain, models: false }).split("\n")[0]);
const matrix = consumerMatrix(explanation, explanation.tables[0]);
const page = reportHtml({ tables: [{ name: "NBFT", reading, findings: explainedFindings(bytes), matrix }] });
console.log(`a page: ${page.startsWith("<!doctype html>")}`);
