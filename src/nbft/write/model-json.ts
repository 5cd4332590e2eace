import {
  sizeOfControlDescriptor,
  sizeOfHostDescriptor,
  sizeOfNbftHeader,
  writeControlDescriptor,
  writeDiscoveryDescriptorList,
  writeHfiDescriptorList,
  writeHostDescriptor,
  writeNbftHeader,
  writeSecurityProfileDescriptorList,
  writeSsnsDescriptorList,
} from "../generated/ndjson.ts";
import { openTable } from "../read/open-table.ts";
import { TableReader } from "../read/table-reader.ts";
import { constantText, type JsonText, writeConstant } from "./json-text.ts";

const keys = {
  header: constantText(',"header":'),
  control: constantText(',"control":'),
  host: constantText(',"host":'),
  hfi: constantText(',"hfi":'),
  ssns: constantText(',"ssns":'),
  security: constantText(',"security":'),
  discovery: constantText(',"discovery":'),
};
const room = 16;

/**
 * Writes the properties of a table's model straight from its bytes, each behind a comma: what JSON.stringify makes of `readNbft(bytes).table`,
 * at a third of the cost. Returns where the next byte goes, or -1 when a value is too long to be written as it is (then nothing counts that
 * was written).
 *
 * @throws {DecodeError} when the bytes are no NBFT, as `readNbft` does.
 */
export function writeModel(out: JsonText, start: number, bytes: Uint8Array): number {
  // A model says nothing about the checksum.
  const frame = openTable(bytes, false);
  const { hostOffset, lists } = frame;
  const reader = new TableReader(frame.bytes, frame.view, frame.heapStart, frame.heapEnd, frame.problems);
  out.long = false;
  out.reserve(start, sizeOfNbftHeader + sizeOfControlDescriptor + sizeOfHostDescriptor + 4 * room);
  let end = writeNbftHeader(out, writeConstant(out.view, start, keys.header), reader, 0);
  end = writeControlDescriptor(out, writeConstant(out.view, end, keys.control), reader, 64);
  if (hostOffset !== undefined) {
    end = writeHostDescriptor(out, writeConstant(out.view, end, keys.host), reader, hostOffset);
  }
  end = writeHfiDescriptorList(out, writeConstant(out.view, end, keys.hfi), reader, lists.hfi);
  out.reserve(end, room);
  end = writeSsnsDescriptorList(out, writeConstant(out.view, end, keys.ssns), reader, lists.ssns);
  out.reserve(end, room);
  end = writeSecurityProfileDescriptorList(out, writeConstant(out.view, end, keys.security), reader, lists.security);
  out.reserve(end, room);
  end = writeDiscoveryDescriptorList(out, writeConstant(out.view, end, keys.discovery), reader, lists.discovery);
  return out.long ? -1 : end;
}
