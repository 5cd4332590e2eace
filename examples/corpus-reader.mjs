// Holds a reader of tables against a corpus: where does it accept what libnvme 1.16 rejects, and the other way round?
import { decodeNbft } from "nbft";
import { corpus, verdictOf } from "nbft/corpus";

/** Put your reader here. This one takes what can be decoded and has a host, and so accepts more than libnvme does. */
function accepts(bytes) {
  try {
    return decodeNbft(bytes).host !== undefined;
  } catch {
    return false;
  }
}

const counts = { same: 0, "accepted, libnvme rejects": 0, "rejected, libnvme accepts": 0 };
for (const { bytes } of corpus("a seed of your own", { mutants: 200 })) {
  const [here, there] = [accepts(bytes), verdictOf(bytes).libnvme["1.16"].accepts];
  counts[here === there ? "same" : here ? "accepted, libnvme rejects" : "rejected, libnvme accepts"]++;
}
for (const [what, count] of Object.entries(counts)) console.log(`${what}: ${count}`);
