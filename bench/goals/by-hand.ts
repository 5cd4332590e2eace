/** The record of an SSNS Descriptor as one would write it without a generator: only to measure the generated one against. */
export function ssnsByHand(v: DataView, b: Uint8Array, o: number): object {
  const ref = (at: number) => ({ offset: v.getUint32(at, true), length: v.getUint16(at + 4, true) });
  return {
    structureId: v.getUint8(o),
    index: v.getUint16(o + 1, true),
    flags: v.getUint16(o + 3, true),
    trtype: v.getUint8(o + 5),
    transportFlags: v.getUint16(o + 6, true),
    discoveryIndex: v.getUint8(o + 8),
    reserved9: b.subarray(o + 9, o + 10),
    traddrRef: ref(o + 10),
    trsvcidRef: ref(o + 16),
    subsysPortId: v.getUint16(o + 22, true),
    nsid: v.getUint32(o + 24, true),
    nidType: v.getUint8(o + 28),
    nid: b.subarray(o + 29, o + 45),
    securityIndex: v.getUint8(o + 45),
    primaryHfi: v.getUint8(o + 46),
    reserved47: b.subarray(o + 47, o + 48),
    secondaryHfisRef: ref(o + 48),
    subsystemNqnRef: ref(o + 54),
    extendedInfoRef: ref(o + 60),
    reserved66: b.subarray(o + 66, o + 128),
  };
}
