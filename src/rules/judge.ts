import type { Diagnostic } from "../diagnostic.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import {
  controlDescriptor,
  discoveryDescriptor,
  hfiDescriptor,
  hfiExtendedInfo,
  hfiTransportInfoTcp,
  hostDescriptor,
  nbftHeader,
  securityProfileDescriptor,
  ssnsDescriptor,
  ssnsExtendedInfo,
} from "../nbft/structures/index.ts";
import { RuleContext } from "./context.ts";
import { readingFindings } from "./met-findings.ts";
import { ask, type Plan } from "./plan.ts";

const transportInfoRef = hfiDescriptor.fields.transportInfo.at;
const hfiExtendedInfoRef = hfiTransportInfoTcp.fields.extendedInfo.at;
const ssnsExtendedInfoRef = ssnsDescriptor.fields.extendedInfo.at;

/** Every finding about a table that could be read, in the order in which they were found. */
export function judgeTable(reading: NbftReading, chosen: Plan): Diagnostic[] {
  const { table, frame, diagnostics } = reading;
  // Screens rely on references that lead somewhere.
  const plan = diagnostics.length > 0 ? chosen.unscreened : chosen;
  const context = new RuleContext(reading);
  // Another major revision may have another layout, and without Control Descriptor nothing else is found.
  const met = (code: string) => diagnostics.length > 0 && diagnostics.some(({ rule }) => rule === code);
  if (!met("H007")) {
    context.enter(nbftHeader, 0, "header");
    ask(plan.runs.header, plan.runs.header.suspects(context), table.header, context);
    if (frame.configured && !met("C001")) {
      context.enter(controlDescriptor, nbftHeader.size, "control");
      ask(plan.runs.control, plan.runs.control.suspects(context), table.control, context);
      if (met("O001") || met("O002")) context.stopped.push("host");
      else judgeHost(context, plan);
      judgeHfis(context, plan);
      judgeSsns(context, plan);
      judgeSecurity(context, plan);
      judgeDiscovery(context, plan);
      ask(plan.runs.table, plan.runs.table.suspects(context), table, context);
    }
  }
  if (diagnostics.length > 0) context.findings.push(...readingFindings(reading, plan, context.stopped));
  return context.findings;
}

function judgeHost(context: RuleContext, { runs }: Plan): void {
  const { table, frame } = context;
  if (!table.host || frame.hostOffset === undefined) return;
  context.enter(hostDescriptor, frame.hostOffset, "host");
  ask(runs.host, runs.host.suspects(context), table.host, context);
}

function judgeHfis(context: RuleContext, { runs }: Plan): void {
  const { hfi } = context.table;
  const { offset, stride } = context.frame.lists.hfi;
  for (let i = 0, at = offset; i < hfi.length; i++, at += stride) {
    const entry = hfi[i]!;
    context.enter(hfiDescriptor, at, "hfi", i);
    context.owner = entry;
    if (!ask(runs.hfi, runs.hfi.suspects(context), entry, context) || !entry.transportInfo) continue;
    const infoAt = context.view.getUint32(at + transportInfoRef, true);
    context.enterBelow(hfiTransportInfoTcp, infoAt, ".transportInfo");
    if (!ask(runs.transportInfo, runs.transportInfo.suspects(context), entry.transportInfo, context)) continue;
    const { extendedInfo } = entry.transportInfo;
    if (!extendedInfo) continue;
    const extendedAt = context.view.getUint32(infoAt + hfiExtendedInfoRef, true);
    context.enterBelow(hfiExtendedInfo, extendedAt, ".transportInfo.extendedInfo");
    ask(runs.hfiExtendedInfo, runs.hfiExtendedInfo.suspects(context), extendedInfo, context);
  }
}

function judgeSsns(context: RuleContext, { runs }: Plan): void {
  const { ssns } = context.table;
  const { offset, stride } = context.frame.lists.ssns;
  for (let i = 0, at = offset; i < ssns.length; i++, at += stride) {
    const entry = ssns[i]!;
    context.enter(ssnsDescriptor, at, "ssns", i);
    context.owner = entry;
    if (!ask(runs.ssns, runs.ssns.suspects(context), entry, context) || !entry.extendedInfo) continue;
    const extendedAt = context.view.getUint32(at + ssnsExtendedInfoRef, true);
    context.enterBelow(ssnsExtendedInfo, extendedAt, ".extendedInfo");
    ask(runs.ssnsExtendedInfo, runs.ssnsExtendedInfo.suspects(context), entry.extendedInfo, context);
  }
}

function judgeSecurity(context: RuleContext, { runs }: Plan): void {
  const { security } = context.table;
  const { offset, stride } = context.frame.lists.security;
  for (let i = 0, at = offset; i < security.length; i++, at += stride) {
    context.enter(securityProfileDescriptor, at, "security", i);
    ask(runs.security, runs.security.suspects(context), security[i]!, context);
  }
}

function judgeDiscovery(context: RuleContext, { runs }: Plan): void {
  const { discovery } = context.table;
  const { offset, stride } = context.frame.lists.discovery;
  for (let i = 0, at = offset; i < discovery.length; i++, at += stride) {
    context.enter(discoveryDescriptor, at, "discovery", i);
    ask(runs.discovery, runs.discovery.suspects(context), discovery[i]!, context);
  }
}
