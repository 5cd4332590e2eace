import type { RuleTexts } from "../rule.ts";

/** What the rules in `../graph.ts` say, and their examples. */
export const graphTexts: RuleTexts = {
  G001: {
    summary: "An HFI is used by at least one SSNS or Discovery Descriptor.",
    why: "Readers configure the interface anyway.",
    good: {},
    bad: [{ model: { "ssns[1].primaryHfi": 1, "ssns[1].secondaryHfis": [1] }, finds: ["hfi[1].index"] }],
  },
  G002: {
    summary: "No two HFIs have the same MAC address and VLAN, in one table or several.",
    why: "Readers configure one interface for each HFI, so they configure this one twice.",
    good: {
      others: [
        {
          model: {
            "host.flags.primaryAdminHost": "selected",
            "hfi[0].transportInfo.mac": "52:54:00:12:34:60",
            "hfi[1].transportInfo.mac": "52:54:00:12:34:61",
          },
        },
      ],
    },
    bad: [
      {
        model: {
          "hfi[1].transportInfo.mac": "52:54:00:12:34:56",
          "hfi[1].transportInfo.vlan": 0,
          "hfi[1].transportInfo.ipAddress": "192.0.2.10",
        },
        finds: ["hfi[1].transportInfo.mac"],
      },
      {
        model: { "hfi[1].transportInfo.mac": "52:54:00:12:34:56", "hfi[1].transportInfo.vlan": 0 },
        finds: ["hfi[1].transportInfo.mac"],
      },
      { others: [{}], finds: ["hfi[0].transportInfo.mac", "hfi[1].transportInfo.mac"] },
    ],
  },
  G003: {
    summary: "At least one SSNS is valid and bootable.",
    why: "Otherwise there is nothing to boot from; firmware without a configuration publishes such a table.",
    good: {},
    bad: [
      {
        model: { "ssns[0].flags.nonBootable": true, "ssns[1].flags.valid": false },
        finds: ["control.ssnsCount"],
      },
    ],
  },
};
