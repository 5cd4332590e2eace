// Generated from the rules by `npm run generate`; do not edit.
import type { RuleExample } from "../../rule-info.ts";

/** Inputs that each rule finds something in, by its code. */
export const ruleExamples: Readonly<Record<string, readonly RuleExample[]>> = {
 "H001": [
  {
   "input": [
    "only the first 127 bytes are left"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "header",
     "offset": 0,
     "message": "too short for an NBFT: 127 bytes, expected at least 128"
    }
   ]
  }
 ],
 "H002": [
  {
   "input": [
    "the checksum is 0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "header.checksum",
     "offset": 9,
     "message": "checksum is 00h, expected 04h"
    }
   ]
  }
 ],
 "H003": [
  {
   "input": [
    "header.signature is stored as \"IBFT\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "header.signature",
     "offset": 0,
     "message": "not an NBFT: the signature is not NBFT"
    }
   ]
  }
 ],
 "H004": [
  {
   "input": [
    "header.length is stored as 127"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "header.length",
     "offset": 4,
     "message": "length is 127, expected at least 128"
    }
   ]
  }
 ],
 "H005": [
  {
   "input": [
    "header.length is stored as 4294967295"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "header.length",
     "offset": 4,
     "message": "length is 4294967295, but only 1233 bytes are there"
    }
   ]
  }
 ],
 "H006": [
  {
   "input": [
    "4 bytes are added after the table: 00 00 00 00"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "header.length",
     "offset": 1233,
     "message": "4 bytes follow the 1233 bytes of the table"
    }
   ]
  }
 ],
 "H007": [
  {
   "input": [
    "header.majorRevision is 2"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "header.majorRevision",
     "offset": 8,
     "message": "major revision is 2, expected 1"
    }
   ]
  }
 ],
 "H008": [
  {
   "input": [
    "header.minorRevision is 2"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "header.minorRevision",
     "offset": 50,
     "message": "minor revision is 2, expected 0 or 1"
    }
   ]
  }
 ],
 "H009": [
  {
   "input": [
    "header.minorRevision is 0"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "header.minorRevision",
     "offset": 50,
     "message": "minor revision is 0: a table of revision 1.0"
    }
   ]
  }
 ],
 "H010": [
  {
   "input": [
    "header.minorRevision is 0"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].transportInfo.transportInfoVersion",
     "offset": 670,
     "message": "transport info version is 2 in a table of minor revision 0, expected 1"
    }
   ]
  },
  {
   "input": [
    "header.minorRevision is 0",
    "hfi[0].transportInfo is left out",
    "hfi[1].transportInfo is left out"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo",
     "offset": 758,
     "message": "extended information has 23 bytes or more in a table of minor revision 0, expected 18"
    }
   ]
  }
 ],
 "H011": [
  {
   "input": [
    "header.oemId is \"DELL  \""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "header.oemId",
     "offset": 10,
     "message": "OEM ID is \"DELL  \", expected NULs after the name"
    }
   ]
  }
 ],
 "H012": [
  {
   "input": [
    "header.oemId is \"\\u0001ÿ\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "header.oemId",
     "offset": 10,
     "message": "OEM ID \"\u0001ÿ\" has characters outside 20h to 7Eh"
    }
   ]
  }
 ],
 "H013": [
  {
   "input": [
    "header.reserved51 is stored as 1"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "header.reserved51",
     "offset": 51,
     "message": "reserved bytes 51 to 63 are 01 00 00 00 00 00 00 00 00 00 00 00 00, expected zero"
    }
   ]
  }
 ],
 "H014": [
  {
   "input": [
    "header.heapOffset is stored as 4294967280",
    "header.heapLength is stored as 32"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "header.heapOffset",
     "offset": 36,
     "message": "heap of 32 bytes at 0xfffffff0 ends outside the table of 1233 bytes"
    }
   ]
  }
 ],
 "H015": [
  {
   "input": [
    "header.heapOffset is stored as 0",
    "header.heapLength is stored as 600"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "header.heapOffset",
     "offset": 36,
     "message": "the heap (0x0 to 0x258) overlaps header, Control Descriptor, Host Descriptor, hfi list, ssns list, discovery list"
    }
   ]
  }
 ],
 "H016": [
  {
   "input": [
    "4 bytes are added after the heap: 00 00 00 00"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "header.heapLength",
     "offset": 1233,
     "message": "4 bytes follow the heap, expected none"
    }
   ]
  }
 ],
 "H017": [
  {
   "input": [
    "header.heapLength is stored as 0"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "header.heapLength",
     "offset": 40,
     "message": "heap length is 0 but heap offset is 512"
    }
   ]
  }
 ],
 "H018": [
  {
   "input": [
    "header.driverSignature is left out"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "header.driverSignature",
     "offset": 44,
     "message": "no driver signature, expected one that identifies the driver"
    }
   ]
  }
 ],
 "H019": [
  {
   "input": [
    "header.driverSignatureRef is stored as offset 4"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "header.driverSignatureRef",
     "offset": 44,
     "message": "86 bytes at 0x4 are not inside the heap (0x200 to 0x4d1)"
    }
   ]
  }
 ],
 "H020": [
  {
   "input": [
    "header.driverSignature is stored as af af"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "header.driverSignature",
     "offset": 512,
     "message": "text is not valid UTF-8"
    }
   ]
  },
  {
   "input": [
    "header.driverSignature is stored as 1b"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "header.driverSignature",
     "offset": 512,
     "message": "text holds the control character 1Bh"
    }
   ]
  }
 ],
 "H021": [
  {
   "input": [],
   "finds": [
    {
     "severity": "warning",
     "path": "header.minorRevision",
     "offset": 50,
     "message": "minor revision is 1: programs with libnvme 1.x (nvme-cli 2.x) reject the table"
    }
   ]
  }
 ],
 "C001": [
  {
   "input": [
    "control.structureId is 2"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "control.structureId",
     "offset": 64,
     "message": "structure id is 02h, expected 01h"
    }
   ]
  }
 ],
 "C002": [
  {
   "input": [
    "the table \"bare\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "control.flags.valid",
     "offset": 70,
     "message": "Block Valid is 0: nothing is configured"
    }
   ]
  }
 ],
 "C003": [
  {
   "input": [
    "control.flags.reserved is 2"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "control.flags",
     "offset": 70,
     "message": "reserved bits 02h of Control Descriptor Flags are set, expected 0"
    }
   ]
  }
 ],
 "C004": [
  {
   "input": [
    "control.descriptorLength is 0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "control.descriptorLength",
     "offset": 68,
     "message": "Control Descriptor length is 0, expected 64"
    }
   ]
  },
  {
   "input": [
    "control.descriptorLength is 72"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "control.descriptorLength",
     "offset": 68,
     "message": "Control Descriptor length is 72, expected 64"
    }
   ]
  }
 ],
 "C005": [
  {
   "input": [
    "control.majorRevision is 0"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "control.majorRevision",
     "offset": 65,
     "message": "major revision is 0, expected 1"
    }
   ]
  },
  {
   "input": [
    "control.minorRevision is 1"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "control.minorRevision",
     "offset": 66,
     "message": "minor revision is 1, expected 0"
    }
   ]
  }
 ],
 "C006": [
  {
   "input": [
    "control.hostOffset is stored as 0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "control.hostOffset",
     "offset": 72,
     "message": "32 bytes at 0x0 are not a place for a Host Descriptor of 32 bytes"
    }
   ]
  },
  {
   "input": [
    "control.hostLength is stored as 0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "control.hostOffset",
     "offset": 72,
     "message": "0 bytes at 0x80 are not a place for a Host Descriptor of 32 bytes"
    }
   ]
  },
  {
   "input": [
    "control.hostOffset is stored as 4294967280"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "control.hostOffset",
     "offset": 72,
     "message": "32 bytes at 0xfffffff0 are not a place for a Host Descriptor of 32 bytes"
    }
   ]
  }
 ],
 "C007": [
  {
   "input": [
    "control.hostOffset is stored as 136"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "control.hostOffset",
     "offset": 72,
     "message": "Host Descriptor offset is 136, expected 128"
    }
   ]
  }
 ],
 "C008": [
  {
   "input": [
    "control.hostLength is stored as 31"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "control.hostLength",
     "offset": 76,
     "message": "Host Descriptor length is 31, expected 32"
    }
   ]
  },
  {
   "input": [
    "control.hostLength is stored as 33"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "control.hostLength",
     "offset": 76,
     "message": "Host Descriptor length is 33, expected 32"
    }
   ]
  }
 ],
 "C009": [
  {
   "input": [
    "control.hostVersion is stored as 0",
    "control.hfiVersion is stored as 2"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "control.hostVersion",
     "offset": 78,
     "message": "Host Descriptor version is 0, expected 1"
    },
    {
     "severity": "info",
     "path": "control.hfiVersion",
     "offset": 86,
     "message": "HFI Descriptor version is 2, expected 1"
    }
   ]
  }
 ],
 "C010": [
  {
   "input": [
    "control.ssnsOffset is stored as 0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "control.ssnsOffset",
     "offset": 88,
     "message": "offset is 0 for a list of 2"
    }
   ]
  }
 ],
 "C011": [
  {
   "input": [
    "control.ssnsLength is stored as 127"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "control.ssnsLength",
     "offset": 92,
     "message": "descriptor length is 127 for 2 descriptors, expected at least 128"
    }
   ]
  }
 ],
 "C012": [
  {
   "input": [
    "control.hfiCount is stored as 255"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "control.hfiOffset",
     "offset": 80,
     "message": "255 × 32 bytes at 0xa0 end outside the table of 1233 bytes"
    }
   ]
  },
  {
   "input": [
    "control.hfiOffset is stored as 4294967264"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "control.hfiOffset",
     "offset": 80,
     "message": "2 × 32 bytes at 0xffffffe0 end outside the table of 1233 bytes"
    }
   ]
  }
 ],
 "C013": [
  {
   "input": [
    "control.discoveryLength is stored as 40",
    "8 bytes are added to the heap: 00 00 00 00 00 00 00 00"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "control.discoveryLength",
     "offset": 108,
     "message": "Discovery Descriptor length is 40, 32 bytes are known"
    }
   ]
  }
 ],
 "C014": [
  {
   "input": [
    "control.securityOffset is stored as 640"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "control.securityOffset",
     "offset": 96,
     "message": "the empty Security Profile list has offset 0x280, length 0 and version 0, expected 0"
    }
   ]
  }
 ],
 "C015": [
  {
   "input": [
    "control.ssnsOffset is stored as 64"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "control.ssnsOffset",
     "offset": 88,
     "message": "the ssns list (0x40 to 0x140) overlaps Control Descriptor, Host Descriptor, hfi list"
    }
   ]
  },
  {
   "input": [
    "control.discoveryOffset is stored as 160"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "control.discoveryOffset",
     "offset": 104,
     "message": "the discovery list (0xa0 to 0xc0) overlaps hfi list"
    }
   ]
  }
 ],
 "C016": [
  {
   "input": [
    "control.discoveryOffset is stored as 513"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "control.discoveryOffset",
     "offset": 104,
     "message": "the Discovery list starts at 0x201, no multiple of 8"
    }
   ]
  }
 ],
 "C017": [
  {
   "input": [
    "control.reserved3 is stored as 1",
    "control.reserved48 is stored as 1"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "control.reserved3",
     "offset": 67,
     "message": "reserved byte 3 is 01, expected zero"
    },
    {
     "severity": "info",
     "path": "control.reserved48",
     "offset": 112,
     "message": "reserved bytes 48 to 63 are 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00, expected zero"
    }
   ]
  }
 ],
 "C018": [
  {
   "input": [
    "control.flags is stored as 0"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "control.flags.valid",
     "offset": 70,
     "message": "Block Valid is 0: nobody uses the lists (2 HFI, 2 SSNS, 1 Discovery)"
    }
   ]
  }
 ],
 "O001": [
  {
   "input": [
    "host.structureId is 3"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "host.structureId",
     "offset": 128,
     "message": "structure id is 03h, expected 02h"
    }
   ]
  }
 ],
 "O002": [
  {
   "input": [
    "host.flags.valid is false"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "host.flags.valid",
     "offset": 129,
     "message": "Descriptor Valid is 0"
    }
   ]
  }
 ],
 "O003": [
  {
   "input": [
    "host.flags.reserved is 128"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "host.flags",
     "offset": 129,
     "message": "reserved bits 80h of Host Flags are set, expected 0"
    }
   ]
  },
  {
   "input": [
    "host.flags.primaryAdminHost is \"reserved\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "host.flags.primaryAdminHost",
     "offset": 129,
     "message": "Primary Admin Host is 3, which is reserved; expected 0 to 2"
    }
   ]
  }
 ],
 "O004": [
  {
   "input": [
    "host.hostNqn is left out"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "host.hostNqn",
     "offset": 146,
     "message": "no host NQN, expected one"
    }
   ]
  }
 ],
 "O005": [
  {
   "input": [
    "host.hostNqnRef is stored as offset 16"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "host.hostNqnRef",
     "offset": 146,
     "message": "69 bytes at 0x10 are not inside the heap (0x200 to 0x4d1)"
    }
   ]
  }
 ],
 "O006": [
  {
   "input": [
    "host.hostNqn is \"host-1\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "host.hostNqn",
     "offset": 598,
     "message": "host NQN is \"host-1\", expected nqn.YYYY-MM.DOMAIN:NAME"
    }
   ]
  },
  {
   "input": [
    "host.hostNqn is \"nqn.2014-08.org.nvmexpress:uuid:1234\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "host.hostNqn",
     "offset": 598,
     "message": "host NQN is \"nqn.2014-08.org.nvmexpress:uuid:1234\", expected a UUID after nqn.2014-08.org.nvmexpress:uuid:"
    }
   ]
  },
  {
   "input": [
    "host.hostNqnRef is stored as the offset of the added bytes and length 225",
    "225 bytes are added to the heap: 6e 71 6e 2e 32 30 32 34 2d 30 31 2e 63 6f 6d 2e …"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "host.hostNqn",
     "offset": 1233,
     "message": "host NQN has 224 bytes, expected at most 223"
    }
   ]
  }
 ],
 "O007": [
  {
   "input": [
    "host.hostId is \"00000000-0000-0000-0000-000000000000\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "host.hostId",
     "offset": 130,
     "message": "Host ID is all zero, expected the one that the firmware used"
    }
   ]
  }
 ],
 "O008": [
  {
   "input": [
    "host.hostId is \"ffffffff-ffff-ffff-ffff-ffffffffffff\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "host.hostId",
     "offset": 130,
     "message": "Host ID is all ones, expected the one that the firmware used"
    }
   ]
  }
 ],
 "O009": [
  {
   "input": [
    "host.hostId is \"ac1b13f8-efcd-6541-866b-5998c1e67890\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "host.hostId",
     "offset": 130,
     "message": "Host ID is ac1b13f8-efcd-6541-866b-5998c1e67890: the host NQN's UUID in EFI_GUID order, expected f8131bac-cdef-4165-866b-5998c1e67890"
    }
   ]
  }
 ],
 "O010": [
  {
   "input": [
    "host.hostId is \"12345678-9abc-4def-8123-456789abcdef\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "host.hostId",
     "offset": 130,
     "message": "Host ID is 12345678-9abc-4def-8123-456789abcdef, the host NQN's UUID is f8131bac-cdef-4165-866b-5998c1e67890"
    }
   ]
  }
 ],
 "O011": [
  {
   "input": [
    "host.reserved24 is stored as 1"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "host.reserved24",
     "offset": 152,
     "message": "reserved bytes 24 to 31 are 01 00 00 00 00 00 00 00, expected zero"
    }
   ]
  }
 ],
 "O012": [
  {
   "input": [
    "together with another table, the same"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "host.flags.primaryAdminHost",
     "offset": 129,
     "message": "none of 2 tables is selected as the Primary Admin Host, expected one"
    }
   ]
  },
  {
   "input": [
    "host.flags.primaryAdminHost is \"selected\"",
    "together with another table: host.flags.primaryAdminHost is \"selected\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "host.flags.primaryAdminHost",
     "offset": 129,
     "message": "selected as the Primary Admin Host, as table 1 is already; expected one"
    }
   ]
  }
 ],
 "O013": [
  {
   "input": [
    "host.hostId is \"00131bac-cdef-4165-866b-5998c1e67890\"",
    "host.hostNqn is \"nqn.2014-08.org.nvmexpress:uuid:00131bac-cdef-4165-866b-5998c1e67890\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "host.hostId",
     "offset": 130,
     "message": "Host ID is 00131bac-cdef-4165-866b-5998c1e67890: its first byte is 0, expected any other value"
    }
   ]
  }
 ],
 "O014": [
  {
   "input": [
    "host.hostNqn is \"nqn.2014-08.org.nvmexpress:uuid:F8131BAC-CDEF-4165-866B-5998C1E67890\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "host.hostNqn",
     "offset": 598,
     "message": "UUID of the host NQN is F8131BAC-CDEF-4165-866B-5998C1E67890, expected f8131bac-cdef-4165-866b-5998c1e67890"
    }
   ]
  }
 ],
 "O015": [
  {
   "input": [
    "host.hostNqn is \"nqn.2014-08.org.nvmexpress.discovery\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "host.hostNqn",
     "offset": 598,
     "message": "host NQN is that of discovery controllers"
    }
   ]
  },
  {
   "input": [
    "host.hostNqn is \"nqn.2014-08.org.nvmexpress:uuid:00000000-0000-0000-0000-000000000000\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "host.hostNqn",
     "offset": 598,
     "message": "host NQN is nqn.2014-08.org.nvmexpress:uuid:00000000-0000-0000-0000-000000000000: firmware without a System UUID says so on every machine"
    }
   ]
  }
 ],
 "O016": [
  {
   "input": [
    "together with another table: host.hostId is \"11111111-cdef-4165-866b-5998c1e67890\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "host.hostId",
     "offset": 130,
     "message": "the host NQN is that of table 1, and the Host ID is not"
    }
   ]
  },
  {
   "input": [
    "together with another table: host.hostNqn is \"nqn.2014-08.org.example:other\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "host.hostId",
     "offset": 130,
     "message": "the Host ID is that of table 1, and the host NQN is not"
    }
   ]
  }
 ],
 "P001": [
  {
   "input": [
    "ssns[0].traddrRef is stored as offset 16"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].traddrRef",
     "offset": 234,
     "message": "16 bytes at 0x10 are not inside the heap (0x200 to 0x4d1)"
    }
   ]
  }
 ],
 "P002": [
  {
   "input": [
    "discovery[0].nqnRef is stored as length 0"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "discovery[0].nqnRef",
     "offset": 492,
     "message": "length is 0 but offset is 0x4ac"
    }
   ]
  },
  {
   "input": [
    "discovery[0].nqnRef is stored as offset 0"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "discovery[0].nqnRef",
     "offset": 492,
     "message": "offset is 0 but length is 37"
    }
   ]
  }
 ],
 "P003a": [
  {
   "input": [],
   "finds": [
    {
     "severity": "info",
     "path": "heap",
     "offset": 512,
     "message": "strings count their NUL in their length, as the specification says"
    }
   ]
  }
 ],
 "P003b": [
  {
   "input": [
    "in the layout \"edk2\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "heap",
     "offset": 512,
     "message": "strings have a NUL after them that their length does not count, as EDK2 writes them"
    }
   ]
  }
 ],
 "P004": [
  {
   "input": [
    "ssns[1].trsvcidRef is stored as length 4"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "heap",
     "offset": 512,
     "message": "8 strings count their NUL and 1 do not, expected one convention"
    }
   ]
  }
 ],
 "P005": [
  {
   "input": [
    "ssns[0].subsystemNqnRef is stored as length 20"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].subsystemNqn",
     "offset": 985,
     "message": "no NUL inside the object and none right after it"
    }
   ]
  }
 ],
 "P006": [
  {
   "input": [
    "hfi[0].transportInfo.hostNameRef is stored as the offset of the added bytes and length 4",
    "4 bytes are added to the heap: 68 6f 73 74"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo.hostName",
     "offset": 1233,
     "message": "no NUL inside, and the one after would lie outside the heap"
    }
   ]
  }
 ],
 "P007": [
  {
   "input": [
    "hfi[0].transportInfo.hostName is stored as 68 00"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.hostName",
     "offset": 796,
     "message": "NUL before the end of the 6-byte object"
    }
   ]
  }
 ],
 "P008": [
  {
   "input": [
    "hfi[0].transportInfo.hostName is stored as ff"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.hostName",
     "offset": 795,
     "message": "text is not valid UTF-8"
    }
   ]
  }
 ],
 "P009": [
  {
   "input": [
    "hfi[0].transportInfo.hostName is stored as 1b"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.hostName",
     "offset": 795,
     "message": "text holds the control character 1Bh"
    }
   ]
  }
 ],
 "P010": [
  {
   "input": [
    "ssns[0].traddrRef is stored as length 18"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].trsvcid",
     "offset": 979,
     "message": "5 bytes at 0x3d3 overlap the 18 bytes at 0x3c3 of ssns[0].traddr"
    }
   ]
  }
 ],
 "P011": [
  {
   "input": [
    "ssns[1].trsvcidRef is stored as a reference to ssns[0].trsvcid"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].trsvcid",
     "offset": 979,
     "message": "the object is also that of ssns[1].trsvcid"
    }
   ]
  }
 ],
 "P012": [
  {
   "input": [
    "4 bytes are added to the heap: 00 01 02 03"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "heap",
     "offset": 1234,
     "message": "nothing refers to 3 bytes at 0x4d2: 01 02 03"
    }
   ]
  }
 ],
 "F001": [
  {
   "input": [
    "hfi[0].structureId is 4"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].structureId",
     "offset": 160,
     "message": "Structure ID is 04h, expected 03h"
    }
   ]
  }
 ],
 "F002": [
  {
   "input": [
    "hfi[0].flags.valid is false"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].flags.valid",
     "offset": 162,
     "message": "Descriptor Valid is 0: readers skip this HFI"
    }
   ]
  }
 ],
 "F003": [
  {
   "input": [
    "hfi[0].index is 0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].index",
     "offset": 161,
     "message": "index is 0, expected 1 or more"
    }
   ]
  },
  {
   "input": [
    "hfi[1].index is 1"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].index",
     "offset": 193,
     "message": "index is 1, which hfi[0] has already; expected a unique one"
    }
   ]
  },
  {
   "input": [
    "hfi[1].index is 3"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[1].index",
     "offset": 193,
     "message": "index is 3, expected 2, its place in the list"
    }
   ]
  }
 ],
 "F004": [
  {
   "input": [
    "hfi[0].trtype is 4"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].trtype",
     "offset": 163,
     "message": "transport type is 4, expected 3 (tcp)"
    }
   ]
  }
 ],
 "F005": [
  {
   "input": [
    "hfi[0].transportInfo is left out"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo",
     "offset": 176,
     "message": "no Transport Info Descriptor, expected one of 128 bytes"
    }
   ]
  }
 ],
 "F006": [
  {
   "input": [
    "hfi[0].flags.reserved is 2"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].flags",
     "offset": 162,
     "message": "reserved bits 02h of HFI Descriptor Flags are set, expected 0"
    }
   ]
  },
  {
   "input": [
    "hfi[0].reserved4 is stored as 1",
    "hfi[1].reserved22 is stored as 1"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].reserved4",
     "offset": 164,
     "message": "reserved bytes 4 to 15 are 01 00 00 00 00 00 00 00 00 00 00 00, expected zero"
    },
    {
     "severity": "info",
     "path": "hfi[1].reserved22",
     "offset": 214,
     "message": "reserved bytes 22 to 31 are 01 00 00 00 00 00 00 00 00 00, expected zero"
    }
   ]
  }
 ],
 "T001": [
  {
   "input": [
    "hfi[0].transportInfoRef is stored as length 127"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo",
     "offset": 667,
     "message": "object has 127 bytes, expected 128"
    }
   ]
  }
 ],
 "T002": [
  {
   "input": [
    "hfi[0].transportInfo.structureId is 8"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo.structureId",
     "offset": 667,
     "message": "Structure ID is 08h, expected 07h"
    }
   ]
  }
 ],
 "T003": [
  {
   "input": [
    "hfi[0].transportInfo.version is 2"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo.version",
     "offset": 668,
     "message": "Version is 02h, expected 01h"
    }
   ]
  }
 ],
 "T004": [
  {
   "input": [
    "hfi[0].transportInfo.trtype is 4"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo.trtype",
     "offset": 669,
     "message": "HFI Transport Type is 04h, expected 03h"
    }
   ]
  }
 ],
 "T005": [
  {
   "input": [
    "hfi[0].transportInfo.transportInfoVersion is 3"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].transportInfo.transportInfoVersion",
     "offset": 670,
     "message": "transport info version is 3, expected 1 or 2"
    }
   ]
  }
 ],
 "T006": [
  {
   "input": [
    "hfi[0].transportInfo.hfiIndex is 2"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].transportInfo.hfiIndex",
     "offset": 671,
     "message": "HFI index is 2, expected 1"
    }
   ]
  }
 ],
 "T007": [
  {
   "input": [
    "hfi[0].transportInfo.flags.valid is false"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo.flags.valid",
     "offset": 673,
     "message": "Descriptor Valid is 0, expected 1"
    }
   ]
  }
 ],
 "T008": [
  {
   "input": [
    "hfi[0].transportInfo.flags.reserved is 128"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].transportInfo.flags",
     "offset": 673,
     "message": "reserved bits 80h of HFI Transport Flags are set, expected 0"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.flags.ipAutoconfigured is true",
    "hfi[0].transportInfo.transportInfoVersion is 1",
    "hfi[0].transportInfo.pcieSegment is left out"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].transportInfo.flags.ipAutoconfigured",
     "offset": 673,
     "message": "IP Address Autoconfigured is set with transport info version 1, where it is reserved"
    }
   ]
  }
 ],
 "T009": [
  {
   "input": [
    "hfi[0].transportInfo.flags.ipAutoconfigured is true"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo.flags.ipAutoconfigured",
     "offset": 673,
     "message": "IP Address Autoconfigured is set together with IP Address Origin manual"
    }
   ]
  },
  {
   "input": [
    "hfi[1].transportInfo.flags.ipAutoconfigured is true",
    "hfi[1].transportInfo.ipOrigin is 0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].transportInfo.flags.ipAutoconfigured",
     "offset": 807,
     "message": "IP Address Autoconfigured is set together with DHCP Override"
    }
   ]
  }
 ],
 "T010": [
  {
   "input": [
    "hfi[1].transportInfo.flags.defaultRoute is true"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[1].transportInfo.flags.defaultRoute",
     "offset": 807,
     "message": "2 HFIs have the default route, hfi[0] first; expected one at most"
    }
   ]
  }
 ],
 "T011": [
  {
   "input": [
    "hfi[1].transportInfo.extendedInfo is left out"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].transportInfo.flags.dhcpOverride",
     "offset": 807,
     "message": "DHCP Override is set without DHCP Client Information, expected IAID and DUID in extended information"
    }
   ]
  }
 ],
 "T012": [
  {
   "input": [
    "hfi[1].transportInfo.ipOrigin is \"manual\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[1].transportInfo.ipOrigin",
     "offset": 820,
     "message": "IP Address Origin is manual with DHCP Override set, expected 3 (dhcp)"
    }
   ]
  }
 ],
 "T013": [
  {
   "input": [
    "hfi[0].transportInfo.ipOrigin is \"well-known\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].transportInfo.ipOrigin",
     "offset": 686,
     "message": "IP Address Origin is 2, which is reserved; expected 0, 1, 3 or 4"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.ipOrigin is 82"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].transportInfo.ipOrigin",
     "offset": 686,
     "message": "IP Address Origin is 82, which is reserved; expected 0, 1, 3 or 4"
    }
   ]
  }
 ],
 "T014": [
  {
   "input": [
    "hfi[0].transportInfo.mac is \"00:00:00:00:00:00\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo.mac",
     "offset": 678,
     "message": "MAC address is all zero, expected an interface's"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.mac is \"01:00:5e:00:00:01\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.mac",
     "offset": 678,
     "message": "MAC address is 01:00:5e:00:00:01, a group address; expected an interface's"
    }
   ]
  }
 ],
 "T015": [
  {
   "input": [
    "hfi[0].transportInfo.vlan is 4095"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo.vlan",
     "offset": 684,
     "message": "VLAN id is 4095, expected 0 to 4094"
    }
   ]
  }
 ],
 "T016": [
  {
   "input": [
    "hfi[0].transportInfo.ipAddress is left out"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo.ipAddress",
     "offset": 687,
     "message": "IP address is ::, expected the interface's"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.ipAddress is \"0.0.0.0\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo.ipAddress",
     "offset": 687,
     "message": "IP address is 0.0.0.0, expected the interface's"
    }
   ]
  }
 ],
 "T017": [
  {
   "input": [
    "hfi[0].transportInfo.subnetMaskPrefix is 33"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[0].transportInfo.subnetMaskPrefix",
     "offset": 703,
     "message": "subnet mask prefix is 33, expected 1 to 32 for 192.0.2.10"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.subnetMaskPrefix is 0"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.subnetMaskPrefix",
     "offset": 703,
     "message": "subnet mask prefix is 0, expected 1 to 32 for 192.0.2.10"
    }
   ]
  }
 ],
 "T018": [
  {
   "input": [
    "hfi[0].transportInfo.gateway is \"2001:db8::1\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.gateway",
     "offset": 704,
     "message": "gateway 2001:db8::1: expected IPv4 as 192.0.2.10"
    }
   ]
  }
 ],
 "T019": [
  {
   "input": [
    "hfi[0].transportInfo.secondaryDns is \"0.0.0.0\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].transportInfo.secondaryDns",
     "offset": 739,
     "message": "absent in the form ::ffff:0.0.0.0: secondary DNS 0.0.0.0"
    }
   ]
  }
 ],
 "T020": [
  {
   "input": [
    "hfi[0].transportInfo.ipAddress is \"c000:20a::\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.ipAddress",
     "offset": 687,
     "message": "IP address c000:20a::: an IPv4 address in the first four bytes, expected ::ffff:A.B.C.D"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.ipAddress is \"::192.0.2.10\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.ipAddress",
     "offset": 687,
     "message": "IP address ::c000:20a: an IPv4 address in the last four bytes, expected ::ffff:A.B.C.D"
    }
   ]
  }
 ],
 "T021": [
  {
   "input": [
    "hfi[1].transportInfo.dhcpServer is left out"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[1].transportInfo.dhcpServer",
     "offset": 889,
     "message": "DHCP server is :: with DHCP Override set, expected its address"
    }
   ]
  },
  {
   "input": [
    "hfi[1].transportInfo.dhcpServer is \"0.0.0.0\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[1].transportInfo.dhcpServer",
     "offset": 889,
     "message": "DHCP server is 0.0.0.0 with DHCP Override set, expected its address"
    }
   ]
  }
 ],
 "T022": [
  {
   "input": [
    "hfi[0].transportInfo.dhcpServer is \"192.0.2.1\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].transportInfo.dhcpServer",
     "offset": 755,
     "message": "DHCP server is 192.0.2.1 with DHCP Override clear, expected none"
    }
   ]
  }
 ],
 "T023": [
  {
   "input": [
    "hfi[0].transportInfo.reserved53 is stored as 1"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].transportInfo.reserved53",
     "offset": 720,
     "message": "reserved byte 53 is 01, expected zero"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.transportInfoVersion is 1",
    "hfi[0].transportInfo.pcieSegment is left out",
    "hfi[0].transportInfo.extendedInfoRef is stored as 00 00 68 a7 39 64"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].transportInfo.extendedInfoRef",
     "offset": 777,
     "message": "reserved bytes 110 to 115 are 00 00 68 a7 39 64, expected zero"
    }
   ]
  }
 ],
 "T024": [
  {
   "input": [
    "hfi[0].transportInfo.hostName is \"my host\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.hostName",
     "offset": 795,
     "message": "host name is \"my host\", expected letters, digits, hyphens and dots"
    }
   ]
  }
 ],
 "T025": [
  {
   "input": [
    "hfi[0].transportInfo.routeMetric is 0"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[0].transportInfo.routeMetric",
     "offset": 721,
     "message": "route metric is 0 with gateway 192.0.2.1, expected 500 where none was set"
    }
   ]
  }
 ],
 "T026": [
  {
   "input": [
    "hfi[0].transportInfo.ipOrigin is \"dhcp\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.ipOrigin",
     "offset": 686,
     "message": "IP Address Origin is 3 (dhcp) with DHCP Override clear, expected both or neither"
    }
   ]
  }
 ],
 "T027": [
  {
   "input": [
    "hfi[0].transportInfo.ipAddress is \"127.0.0.1\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.ipAddress",
     "offset": 687,
     "message": "IP address is 127.0.0.1, a loopback address"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.ipAddress is \"192.0.2.0\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.ipAddress",
     "offset": 687,
     "message": "IP address is 192.0.2.0, the address of the network 192.0.2.0/24 itself"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.ipAddress is \"192.0.2.255\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.ipAddress",
     "offset": 687,
     "message": "IP address is 192.0.2.255, the broadcast address of 192.0.2.0/24"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.ipAddress is \"0.1.2.3\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.ipAddress",
     "offset": 687,
     "message": "IP address is 0.1.2.3, a reserved address (0.0.0.0/8)"
    }
   ]
  }
 ],
 "T028": [
  {
   "input": [
    "hfi[0].transportInfo.gateway is \"198.51.100.1\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.gateway",
     "offset": 704,
     "message": "gateway 198.51.100.1 is not in 192.0.2.0/24"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.gateway is \"192.0.2.10\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.gateway",
     "offset": 704,
     "message": "gateway 192.0.2.10 is the interface's own address"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.gateway is \"255.255.255.255\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.gateway",
     "offset": 704,
     "message": "gateway 255.255.255.255 is the broadcast address"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.gateway is \"192.0.2.11\"",
    "hfi[1].transportInfo.ipAddress is \"192.0.2.11\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.gateway",
     "offset": 704,
     "message": "gateway 192.0.2.11 is the own address of HFI 2"
    }
   ]
  }
 ],
 "T030": [
  {
   "input": [
    "hfi[0].transportInfo.primaryDns is \"127.0.0.53\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.primaryDns",
     "offset": 723,
     "message": "primary DNS is 127.0.0.53, a loopback address"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.secondaryDns is \"255.255.255.255\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.secondaryDns",
     "offset": 739,
     "message": "secondary DNS is 255.255.255.255, the broadcast address"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.secondaryDns is \"192.0.2.10\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.secondaryDns",
     "offset": 739,
     "message": "secondary DNS is 192.0.2.10, the interface's own address"
    }
   ]
  }
 ],
 "X001": [
  {
   "input": [
    "hfi[1].transportInfo.extendedInfoRef is stored as length 19"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].transportInfo.extendedInfo",
     "offset": 929,
     "message": "object has 19 bytes, expected 20"
    }
   ]
  }
 ],
 "X002a": [
  {
   "input": [
    "hfi[1].transportInfo.extendedInfo.structureId is 9"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].transportInfo.extendedInfo.structureId",
     "offset": 929,
     "message": "Structure ID is 09h, expected 0Ah"
    }
   ]
  }
 ],
 "X002b": [
  {
   "input": [
    "hfi[1].transportInfo.extendedInfo.version is 2"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].transportInfo.extendedInfo.version",
     "offset": 930,
     "message": "Version is 02h, expected 01h"
    }
   ]
  }
 ],
 "X002c": [
  {
   "input": [
    "hfi[1].transportInfo.extendedInfo.flags.valid is false"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].transportInfo.extendedInfo.flags.valid",
     "offset": 933,
     "message": "Descriptor Valid is 0, expected 1"
    }
   ]
  }
 ],
 "X003": [
  {
   "input": [
    "hfi[1].transportInfo.extendedInfo.hfiIndex is 1"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[1].transportInfo.extendedInfo.hfiIndex",
     "offset": 931,
     "message": "HFI index is 1, expected 2"
    }
   ]
  }
 ],
 "X004": [
  {
   "input": [
    "hfi[1].transportInfo.ipOrigin is \"other\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].transportInfo.extendedInfo.flags.dhcpClientInfo",
     "offset": 933,
     "message": "DHCP Client Information is there with IP Address Origin other, expected 3 (dhcp)"
    }
   ]
  }
 ],
 "X005": [
  {
   "input": [
    "hfi[1].transportInfo.extendedInfo.dhcpIaid is left out"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].transportInfo.extendedInfo.dhcpIaid",
     "offset": 937,
     "message": "no IAID, expected one of 4 bytes"
    }
   ]
  },
  {
   "input": [
    "hfi[1].transportInfo.extendedInfo.dhcpDuid is left out"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].transportInfo.extendedInfo.dhcpDuid",
     "offset": 943,
     "message": "no DUID, expected one of 3 to 130 bytes"
    }
   ]
  }
 ],
 "X006": [
  {
   "input": [
    "hfi[1].transportInfo.extendedInfo.dhcpIaidRef is stored as length 3"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].transportInfo.extendedInfo.dhcpIaid",
     "offset": 949,
     "message": "object has 3 bytes, expected 4"
    }
   ]
  }
 ],
 "X007": [
  {
   "input": [
    "hfi[1].transportInfo.extendedInfo.dhcpDuid is \"0300\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].transportInfo.extendedInfo.dhcpDuid",
     "offset": 953,
     "message": "DUID has 2 bytes, expected 3 to 130"
    }
   ]
  },
  {
   "input": [
    "hfi[1].transportInfo.extendedInfo.dhcpDuid is \"00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000…"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hfi[1].transportInfo.extendedInfo.dhcpDuid",
     "offset": 953,
     "message": "DUID has 131 bytes, expected 3 to 130"
    }
   ]
  }
 ],
 "X008": [
  {
   "input": [
    "hfi[1].transportInfo.extendedInfo.dhcpDuid is \"00030001525400123457\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[1].transportInfo.extendedInfo.dhcpDuid",
     "offset": 953,
     "message": "DUID 00030001525400123457 makes sense big-endian only (DUID-LL), expected little-endian"
    }
   ]
  }
 ],
 "X009": [
  {
   "input": [
    "hfi[1].transportInfo.transportInfoVersion is stored as 1"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[1].transportInfo.extendedInfoRef",
     "offset": 911,
     "message": "an extended information reference with transport info version 1, where it is reserved"
    }
   ]
  }
 ],
 "X010": [
  {
   "input": [
    "hfi[1].transportInfo.extendedInfo.flags.reserved is 2147483648"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[1].transportInfo.extendedInfo.flags",
     "offset": 933,
     "message": "reserved bits 80000000h of HFI Extended Info Flags are set, expected 0"
    }
   ]
  }
 ],
 "S001": [
  {
   "input": [
    "ssns[0].structureId is 3"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].structureId",
     "offset": 224,
     "message": "Structure ID is 03h, expected 04h"
    }
   ]
  }
 ],
 "S002": [
  {
   "input": [
    "ssns[0].flags.valid is false"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].flags.valid",
     "offset": 227,
     "message": "Descriptor Valid is 0: readers skip this SSNS"
    }
   ]
  }
 ],
 "S003": [
  {
   "input": [
    "ssns[0].trtype is 4"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].trtype",
     "offset": 229,
     "message": "transport type is 4, expected 3 (tcp) as that of HFI 1"
    }
   ]
  },
  {
   "input": [
    "ssns[0].trtype is 4",
    "hfi[0].trtype is 4"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].trtype",
     "offset": 229,
     "message": "transport type is 4, expected 3 (tcp)"
    }
   ]
  }
 ],
 "S004": [
  {
   "input": [
    "ssns[0].index is 0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].index",
     "offset": 225,
     "message": "index is 0, expected 1 or more"
    }
   ]
  },
  {
   "input": [
    "ssns[1].index is 1"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[1].index",
     "offset": 353,
     "message": "index is 1, which ssns[0] has already; expected a unique one"
    }
   ]
  },
  {
   "input": [
    "ssns[1].index is 300"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[1].index",
     "offset": 353,
     "message": "index is 300, expected 2, its place in the list"
    }
   ]
  }
 ],
 "S005": [
  {
   "input": [
    "ssns[0].flags.reserved is 32768"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].flags",
     "offset": 227,
     "message": "reserved bits 8000h of SSNS Flags are set, expected 0"
    }
   ]
  },
  {
   "input": [
    "ssns[0].flags.unavailable is \"reserved\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].flags.unavailable",
     "offset": 227,
     "message": "Unavailable Namespace is 3, which is reserved; expected 0 to 2"
    }
   ]
  }
 ],
 "S006": [
  {
   "input": [
    "ssns[0].traddr is left out"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].traddr",
     "offset": 234,
     "message": "no transport address, expected one of 16 bytes"
    }
   ]
  }
 ],
 "S007": [
  {
   "input": [
    "ssns[0].traddrRef is stored as length 4"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].traddr",
     "offset": 963,
     "message": "object has 4 bytes, expected 16"
    }
   ]
  }
 ],
 "S008": [
  {
   "input": [
    "ssns[0].traddr is \"::\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].traddr",
     "offset": 963,
     "message": "transport address is ::, expected the subsystem's"
    }
   ]
  },
  {
   "input": [
    "ssns[0].traddr is \"0.0.0.0\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].traddr",
     "offset": 963,
     "message": "transport address is 0.0.0.0, expected the subsystem's"
    }
   ]
  }
 ],
 "S009": [
  {
   "input": [
    "ssns[0].trsvcid is left out"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].trsvcid",
     "offset": 240,
     "message": "no transport service id, expected a port such as 4420"
    }
   ]
  },
  {
   "input": [
    "ssns[0].trsvcid is \"0x1144\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].trsvcid",
     "offset": 979,
     "message": "transport service id is \"0x1144\", expected 1 to 65535"
    }
   ]
  },
  {
   "input": [
    "ssns[0].trsvcid is \"65536\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].trsvcid",
     "offset": 979,
     "message": "transport service id is \"65536\", expected 1 to 65535"
    }
   ]
  }
 ],
 "S010": [
  {
   "input": [
    "ssns[0].subsystemNqn is left out"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].subsystemNqn",
     "offset": 278,
     "message": "no subsystem NQN, expected one"
    }
   ]
  },
  {
   "input": [
    "ssns[0].subsystemNqnRef is stored as the offset of the added bytes and length 225",
    "225 bytes are added to the heap: 6e 71 6e 2e 32 30 32 34 2d 30 31 2e 63 6f 6d 2e …"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].subsystemNqn",
     "offset": 1233,
     "message": "subsystem NQN has 224 bytes, expected at most 223"
    }
   ]
  },
  {
   "input": [
    "ssns[0].subsystemNqn is \"target\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].subsystemNqn",
     "offset": 985,
     "message": "subsystem NQN is \"target\", expected nqn.YYYY-MM.DOMAIN:NAME"
    }
   ]
  },
  {
   "input": [
    "ssns[0].subsystemNqn is \"nqn.2024-01.com.example:a,b\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].subsystemNqn",
     "offset": 985,
     "message": "subsystem NQN holds a comma or line end: the kernel takes what follows for another option"
    }
   ]
  }
 ],
 "S011": [
  {
   "input": [
    "ssns[1].subsystemNqn is \"nqn.2014-08.org.nvmexpress.discovery\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[1].subsystemNqn",
     "offset": 1099,
     "message": "subsystem NQN is the well-known discovery NQN: readers skip this SSNS"
    }
   ]
  }
 ],
 "S012": [
  {
   "input": [
    "ssns[0].nidType is 4"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].nidType",
     "offset": 252,
     "message": "namespace identifier type is 4, expected 1 to 3"
    }
   ]
  },
  {
   "input": [
    "ssns[0].nidType is 0"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].nidType",
     "offset": 252,
     "message": "namespace identifier type is 0, expected 1 to 3"
    }
   ]
  }
 ],
 "S013": [
  {
   "input": [
    "ssns[0].nidType is \"eui64\"",
    "ssns[0].nid is \"0123456789abcdef0000000000000001\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].nid",
     "offset": 253,
     "message": "EUI-64 is 0123456789abcdef0000000000000001, expected zeros after its first eight bytes"
    }
   ]
  }
 ],
 "S014": [
  {
   "input": [
    "ssns[0].nid is \"00000000-0000-0000-0000-000000000000\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].nid",
     "offset": 253,
     "message": "namespace identifier is all zero, expected the namespace's"
    }
   ]
  }
 ],
 "S015": [
  {
   "input": [
    "ssns[0].nsid is 4294967295"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].nsid",
     "offset": 248,
     "message": "namespace id is FFFFFFFFh, the broadcast value; expected one namespace's"
    }
   ]
  },
  {
   "input": [
    "ssns[0].nsid is 0"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].nsid",
     "offset": 248,
     "message": "namespace id is 0: the namespace identifier alone says which namespace is meant"
    }
   ]
  }
 ],
 "S016": [
  {
   "input": [
    "ssns[0].flags.useSecurity is true"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].securityIndex",
     "offset": 269,
     "message": "security profile index is 0 with Use Security set"
    }
   ]
  },
  {
   "input": [
    "the table \"secured\"",
    "ssns[0].flags.useSecurity is false"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].flags.useSecurity",
     "offset": 227,
     "message": "Use Security is 0 with security profile index 1, expected 1"
    }
   ]
  }
 ],
 "S017": [
  {
   "input": [
    "ssns[0].securityIndex is 1",
    "ssns[0].flags.useSecurity is true"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].securityIndex",
     "offset": 269,
     "message": "security profile index is 1, which no valid profile has"
    }
   ]
  }
 ],
 "S018": [
  {
   "input": [
    "ssns[0].primaryHfi is 3"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].primaryHfi",
     "offset": 270,
     "message": "primary HFI index is 3, which no valid HFI has"
    }
   ]
  },
  {
   "input": [
    "ssns[0].primaryHfi is 0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].primaryHfi",
     "offset": 270,
     "message": "primary HFI index is 0, which no valid HFI has"
    }
   ]
  },
  {
   "input": [
    "hfi[0].trtype is 4"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].primaryHfi",
     "offset": 270,
     "message": "transport type of HFI 1 is 4, expected 3 (tcp) as of the SSNS"
    }
   ]
  }
 ],
 "S019": [
  {
   "input": [
    "ssns[0].secondaryHfis is left out"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].secondaryHfis",
     "offset": 272,
     "message": "no secondary HFI list, expected one with at least the primary HFI"
    }
   ]
  }
 ],
 "S020": [
  {
   "input": [
    "ssns[0].secondaryHfis is [2,2]"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].secondaryHfis",
     "offset": 984,
     "message": "secondary HFI list holds duplicates, which readers skip"
    }
   ]
  },
  {
   "input": [
    "ssns[0].secondaryHfis is [2,0]"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].secondaryHfis",
     "offset": 984,
     "message": "secondary HFI list holds 0, which readers skip"
    }
   ]
  },
  {
   "input": [
    "ssns[0].secondaryHfis is [2,1]"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].secondaryHfis",
     "offset": 984,
     "message": "secondary HFI list holds the primary HFI 1, which readers skip"
    }
   ]
  }
 ],
 "S021": [
  {
   "input": [
    "ssns[0].secondaryHfis is [2,3,3,9]"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].secondaryHfis",
     "offset": 984,
     "message": "secondary HFI list names 3, 9, which no valid HFI has"
    }
   ]
  }
 ],
 "S022": [
  {
   "input": [
    "ssns[0].secondaryHfisRef is stored as length 256"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].secondaryHfis",
     "offset": 272,
     "message": "secondary HFI list has 256 entries, expected at most 255"
    }
   ]
  }
 ],
 "S023": [
  {
   "input": [
    "ssns[0].discoveryIndex is 2"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].discoveryIndex",
     "offset": 232,
     "message": "discovery index is 2, which no valid descriptor has"
    }
   ]
  }
 ],
 "S024": [
  {
   "input": [
    "ssns[0].discoveryIndex is 0"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].discoveryIndex",
     "offset": 232,
     "message": "discovery index is 0 with Discovered Namespace set"
    }
   ]
  },
  {
   "input": [
    "ssns[0].flags.discovered is false"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].flags.discovered",
     "offset": 227,
     "message": "Discovered Namespace is 0 with discovery index 1, expected 1"
    }
   ]
  }
 ],
 "S025": [
  {
   "input": [
    "discovery[0].uri is \"nvme+tcp://192.0.2.30:8009/\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].flags.separateDiscoveryController",
     "offset": 227,
     "message": "Separate Discovery Controller is 0, with the controller at \"nvme+tcp://192.0.2.30:8009/\" and the subsystem at 192.0.2.20"
    }
   ]
  },
  {
   "input": [
    "ssns[0].flags.separateDiscoveryController is true"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].flags.separateDiscoveryController",
     "offset": 227,
     "message": "Separate Discovery Controller is 1, with the controller at \"nvme+tcp://192.0.2.20:8009/\" and the subsystem at 192.0.2.20"
    }
   ]
  }
 ],
 "S026": [
  {
   "input": [
    "ssns[0].flags.dhcpRootPathOverride is true"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].flags.dhcpRootPathOverride",
     "offset": 227,
     "message": "DHCP Root-Path Override is set without a root path, expected one"
    }
   ]
  },
  {
   "input": [
    "ssns[0].extendedInfo.dhcpRootPath is \"NVME+TCP://192.0.2.20/nqn.2014-08.org.nvmexpress.discovery\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo.dhcpRootPath",
     "offset": 1077,
     "message": "a DHCP root path with DHCP Root-Path Override 0, expected 1"
    }
   ]
  }
 ],
 "S027": [
  {
   "input": [
    "ssns[1].flags.extendedInfoInUse is true"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[1].extendedInfo",
     "offset": 412,
     "message": "no extended information with Extended Info In Use set"
    }
   ]
  },
  {
   "input": [
    "ssns[0].extendedInfoRef is stored as offset 16"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].extendedInfoRef",
     "offset": 284,
     "message": "23 bytes at 0x10 are not inside the heap (0x200 to 0x4d1)"
    }
   ]
  },
  {
   "input": [
    "ssns[1].extendedInfoRef is stored as a reference to ssns[0].extendedInfo"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[1].extendedInfoRef",
     "offset": 412,
     "message": "an extended information reference with Extended Info In Use 0, expected none"
    }
   ]
  }
 ],
 "S028": [
  {
   "input": [
    "ssns[0].transportFlags.reserved is 8"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].transportFlags",
     "offset": 230,
     "message": "reserved bits 08h of Transport Specific Flags are set, expected 0"
    }
   ]
  },
  {
   "input": [
    "ssns[0].transportFlags.headerDigest is true"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].transportFlags.inUse",
     "offset": 230,
     "message": "header digest is required with Transport Specific Flags In Use 0, expected 1"
    }
   ]
  }
 ],
 "S029": [
  {
   "input": [
    "ssns[0].traddr is \"2001:db8::20\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].traddr",
     "offset": 963,
     "message": "transport address is 2001:db8::20, of another family than HFI 1"
    }
   ]
  }
 ],
 "S030": [
  {
   "input": [
    "ssns[1].traddr is \"192.0.2.20\"",
    "ssns[1].primaryHfi is 1",
    "ssns[1].secondaryHfis is [1]"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[1].traddr",
     "offset": 1077,
     "message": "the same path to the same namespace as ssns[0]"
    }
   ]
  }
 ],
 "S031": [
  {
   "input": [
    "ssns[0].reserved9 is stored as 1",
    "ssns[0].reserved66 is stored as 1",
    "ssns[1].reserved47 is stored as 1"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].reserved9",
     "offset": 233,
     "message": "reserved byte 9 is 01, expected zero"
    },
    {
     "severity": "info",
     "path": "ssns[0].reserved66",
     "offset": 290,
     "message": "reserved bytes 66 to 127 are 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00, expected zero"
    },
    {
     "severity": "info",
     "path": "ssns[1].reserved47",
     "offset": 399,
     "message": "reserved byte 47 is 01, expected zero"
    }
   ]
  }
 ],
 "S032": [
  {
   "input": [
    "ssns[0].secondaryHfis is [0]"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].secondaryHfis",
     "offset": 984,
     "message": "secondary HFI list holds 0, expected HFI indexes only"
    }
   ]
  },
  {
   "input": [
    "ssns[0].secondaryHfis is [2,0]"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].secondaryHfis",
     "offset": 984,
     "message": "secondary HFI list holds 0, expected HFI indexes only"
    }
   ]
  }
 ],
 "S033": [
  {
   "input": [
    "ssns[0].secondaryHfis is [1,2]"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].secondaryHfis",
     "offset": 984,
     "message": "secondary HFI list is 1, 2: an entry that readers skip is before another HFI"
    }
   ]
  }
 ],
 "S034": [
  {
   "input": [
    "ssns[1].primaryHfi is 1"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[1].primaryHfi",
     "offset": 398,
     "message": "primary HFI is 1, but 198.51.100.20 is in the network of HFI 2; expected 2"
    }
   ]
  }
 ],
 "S035": [
  {
   "input": [
    "the table \"secured\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].securityIndex",
     "offset": 269,
     "message": "security profile 1 is named: nvme-cli 3.x skips this SSNS, 2.x does not look at the profile"
    }
   ]
  }
 ],
 "S036": [
  {
   "input": [
    "hfi[0].transportInfo.gateway is left out",
    "ssns[0].traddr is \"203.0.113.20\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].traddr",
     "offset": 963,
     "message": "no route through HFI 1: 203.0.113.20 is not in 192.0.2.0/24, and there is no gateway"
    }
   ]
  }
 ],
 "S037": [
  {
   "input": [
    "ssns[0].traddr is \"127.0.0.1\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].traddr",
     "offset": 963,
     "message": "no target can have it: 127.0.0.1 is a loopback address"
    }
   ]
  },
  {
   "input": [
    "ssns[0].traddr is \"192.0.2.10\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].traddr",
     "offset": 963,
     "message": "no target can have it: 192.0.2.10 is the interface's own address"
    }
   ]
  },
  {
   "input": [
    "ssns[0].traddr is \"192.0.2.255\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].traddr",
     "offset": 963,
     "message": "no target can have it: 192.0.2.255 is the broadcast address of 192.0.2.0/24"
    }
   ]
  },
  {
   "input": [
    "ssns[0].traddr is \"240.0.2.20\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].traddr",
     "offset": 963,
     "message": "240.0.2.20 is a reserved address (240.0.0.0/4)"
    }
   ]
  }
 ],
 "S038": [
  {
   "input": [
    "hfi[0].transportInfo.ipAddress is \"fe80::10\"",
    "hfi[0].transportInfo.gateway is left out",
    "hfi[0].transportInfo.primaryDns is left out",
    "ssns[0].traddr is \"fe80::20\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].traddr",
     "offset": 963,
     "message": "transport address is fe80::20, a link-local address: readers pass it on without its interface"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.ipAddress is \"2001:db8::10\"",
    "hfi[0].transportInfo.gateway is left out",
    "hfi[0].transportInfo.primaryDns is left out",
    "hfi[0].transportInfo.subnetMaskPrefix is 64",
    "ssns[0].traddr is \"fe80::20\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].traddr",
     "offset": 963,
     "message": "transport address is fe80::20, a link-local address: Linux refuses it unless the connection through HFI 1 is bound to its interface"
    }
   ]
  },
  {
   "input": [
    "hfi[0].transportInfo.ipAddress is \"fe80::10\"",
    "hfi[0].transportInfo.gateway is \"fe80::1\"",
    "hfi[0].transportInfo.primaryDns is left out",
    "ssns[0].traddr is \"2001:db8::20\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].primaryHfi",
     "offset": 270,
     "message": "HFI 1 has fe80::10, a link-local address: readers pass it on without its interface"
    }
   ]
  }
 ],
 "S039": [
  {
   "input": [
    "hfi[1].transportInfo.flags.dhcpOverride is false",
    "hfi[1].transportInfo.dhcpServer is left out",
    "hfi[1].transportInfo.extendedInfo is left out",
    "hfi[1].transportInfo.ipOrigin is \"manual\"",
    "ssns[0].secondaryHfis is [2]"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].secondaryHfis",
     "offset": 950,
     "message": "no route through HFI 2: 192.0.2.20 is not in 198.51.100.0/24, and there is no gateway"
    }
   ]
  }
 ],
 "S040": [
  {
   "input": [
    "ssns[0].trsvcid is \"8009\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[0].trsvcid",
     "offset": 979,
     "message": "transport service id is 8009, the port of discovery controllers, with a subsystem's NQN"
    }
   ]
  }
 ],
 "S041": [
  {
   "input": [
    "ssns[1].nsid is 1",
    "ssns[1].nid is \"bee9c2b7-1761-44b5-a4e6-f690498a94b2\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[1].nid",
     "offset": 381,
     "message": "NID is bee9c2b7-1761-44b5-a4e6-f690498a94b2, but that of the same namespace in ssns[0] is bee9c2b7-1761-44b5-a4e6-f690498a94b1"
    }
   ]
  },
  {
   "input": [
    "ssns[1].nsid is 2"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "ssns[1].nsid",
     "offset": 376,
     "message": "NSID is 2, but that of the same namespace in ssns[0] is 1"
    }
   ]
  }
 ],
 "E001": [
  {
   "input": [
    "ssns[0].extendedInfoRef is stored as length 17"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].extendedInfo",
     "offset": 1054,
     "message": "object has 17 bytes, expected 18"
    }
   ]
  }
 ],
 "E002": [
  {
   "input": [
    "ssns[0].extendedInfoRef is stored as length 20"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo",
     "offset": 1054,
     "message": "extended information has 19 to 22 bytes, expected 18 or 23"
    }
   ]
  }
 ],
 "E003a": [
  {
   "input": [
    "ssns[0].extendedInfo.structureId is 10"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].extendedInfo.structureId",
     "offset": 1054,
     "message": "Structure ID is 0Ah, expected 09h"
    }
   ]
  }
 ],
 "E003b": [
  {
   "input": [
    "ssns[0].extendedInfo.version is 2"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].extendedInfo.version",
     "offset": 1055,
     "message": "Version is 02h, expected 01h"
    }
   ]
  }
 ],
 "E003c": [
  {
   "input": [
    "ssns[0].extendedInfo.flags.valid is false"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].extendedInfo.flags.valid",
     "offset": 1058,
     "message": "Descriptor Valid is 0, expected 1"
    }
   ]
  }
 ],
 "E003d": [
  {
   "input": [
    "ssns[0].extendedInfo.ssnsIndex is 2"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "ssns[0].extendedInfo.ssnsIndex",
     "offset": 1056,
     "message": "SSNS index is 2, expected 1"
    }
   ]
  }
 ],
 "E004": [
  {
   "input": [
    "ssns[0].extendedInfo.naed is 10",
    "ssns[0].flags.unavailable is \"unavailable\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo.naed",
     "offset": 1072,
     "message": "access error details are 0Ah, which is reserved"
    }
   ]
  },
  {
   "input": [
    "ssns[0].extendedInfo.naed is \"connection timeout\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo.naed",
     "offset": 1072,
     "message": "access error details are connection timeout for a namespace that is not unavailable, expected 0"
    }
   ]
  }
 ],
 "E005": [
  {
   "input": [
    "ssns[0].extendedInfo.naed is \"network error\"",
    "ssns[0].flags.unavailable is \"unavailable\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo.nceec",
     "offset": 1076,
     "message": "network connection error code is 0 with access error details 1, expected one of 1 to 7"
    }
   ]
  },
  {
   "input": [
    "ssns[0].extendedInfo.naed is \"connect invalid parameters\"",
    "ssns[0].flags.unavailable is \"unavailable\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo.cipeec",
     "offset": 1073,
     "message": "connect parameter error code is 0 with access error details 3, expected one of 1 to 5"
    }
   ]
  }
 ],
 "E006": [
  {
   "input": [
    "ssns[0].extendedInfo.cipeec is 6"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo.cipeec",
     "offset": 1073,
     "message": "connect parameter error code is 6, expected 0 to 5"
    }
   ]
  }
 ],
 "E007": [
  {
   "input": [
    "ssns[0].extendedInfo.nceec is 8"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo.nceec",
     "offset": 1076,
     "message": "network connection error code is 8, expected 0 to 7"
    }
   ]
  }
 ],
 "E008": [
  {
   "input": [
    "ssns[0].extendedInfo.cntlid is 65520"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo.cntlid",
     "offset": 1062,
     "message": "controller id is FFF0h, which is reserved; expected 0 to FFEFh, FFFEh or FFFFh"
    }
   ]
  }
 ],
 "E009": [
  {
   "input": [
    "ssns[0].extendedInfo.asqsz is 0"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo.asqsz",
     "offset": 1064,
     "message": "admin queue size is 0, expected the one that was used"
    }
   ]
  },
  {
   "input": [
    "ssns[0].extendedInfo.flags.adminAsqsz is false"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo.flags.adminAsqsz",
     "offset": 1058,
     "message": "admin queue size is 32, not set by the administrator (AASQZ 0)"
    }
   ]
  }
 ],
 "E010": [
  {
   "input": [
    "ssns[0].extendedInfo.dhcpRootPath is \"NVME+TCP://192.0.2.20:4420/nqn.2024-01.com.example:target/urn:uuid:bee9c2b7-1761-44b5-a4e6-f690498a94b\"",
    "ssns[0].flags.dhcpRootPathOverride is true"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo.dhcpRootPath",
     "offset": 1077,
     "message": "DHCP root path \"NVME+TCP://192.0.2.20:4420/nqn.2024-01.com.example:target/urn:uuid:bee9c2b7-1761-44b5-a4e6-f690498a94b\": urn:uuid:bee9c2b7-1761-44b5-a4e6-f690498a94b is not a namespace id"
    }
   ]
  }
 ],
 "E011": [
  {
   "input": [
    "ssns[0].extendedInfo.flags.reserved is 4"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "ssns[0].extendedInfo.flags",
     "offset": 1058,
     "message": "reserved bits 04h of SSNS Extended Info Flags are set, expected 0"
    }
   ]
  }
 ],
 "Y001": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].structureId is 6"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "security[0].structureId",
     "offset": 480,
     "message": "Structure ID is 06h, expected 05h"
    }
   ]
  }
 ],
 "Y002": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].flags.valid is false"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "security[0].flags.valid",
     "offset": 482,
     "message": "Descriptor Valid is 0: readers skip this profile"
    }
   ]
  }
 ],
 "Y003": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].index is 0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "security[0].index",
     "offset": 481,
     "message": "index is 0, expected 1 or more"
    }
   ]
  },
  {
   "input": [
    "the table \"secured\"",
    "security[0].index is 2"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "security[0].index",
     "offset": 481,
     "message": "index is 2, expected 1, its place in the list"
    }
   ]
  }
 ],
 "Y004": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].flags.reserved is 4096"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "security[0].flags",
     "offset": 482,
     "message": "reserved bits 1000h of Security Profile Descriptor Flags are set, expected 0"
    }
   ]
  },
  {
   "input": [
    "the table \"secured\"",
    "security[0].flags.inBandAuthentication is \"reserved\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "security[0].flags.inBandAuthentication",
     "offset": 482,
     "message": "In-Band Authentication Required is 3, which is reserved; expected 0 to 2"
    }
   ]
  }
 ],
 "Y005": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].dhGroups is left out"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "security[0].dhGroups",
     "offset": 504,
     "message": "no list of DH groups with ADHGRPL set, expected one"
    }
   ]
  }
 ],
 "Y006": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].flags is stored as 511"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "security[0].cipherSuitesRef",
     "offset": 498,
     "message": "a reference to cipher suites with CSRP 0, expected none"
    },
    {
     "severity": "info",
     "path": "security[0].dhGroupsRef",
     "offset": 504,
     "message": "a reference to DH groups with ADHGRPL 0, expected none"
    },
    {
     "severity": "info",
     "path": "security[0].secureHashesRef",
     "offset": 510,
     "message": "a reference to hash functions with SHFPL 0, expected none"
    }
   ]
  }
 ],
 "Y007": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].authProtocolsRef is stored as offset 16"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "security[0].authProtocolsRef",
     "offset": 492,
     "message": "1 bytes at 0x10 are not inside the heap (0x240 to 0x53e)"
    }
   ]
  }
 ],
 "Y008": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].cipherSuitesRef is stored as length 1"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "security[0].cipherSuites",
     "offset": 1234,
     "message": "list of cipher suites has 1 bytes, expected an even number"
    }
   ]
  }
 ],
 "Y009": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].authProtocols is [3]"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "security[0].authProtocols",
     "offset": 1233,
     "message": "authentication protocols hold 03h, expected values of 01h"
    }
   ]
  },
  {
   "input": [
    "the table \"secured\"",
    "security[0].dhGroups is [14,15]"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "security[0].dhGroups",
     "offset": 1236,
     "message": "DH groups hold 0Eh, 0Fh, expected values of 00h, 01h, 02h, 03h, 04h, 05h"
    }
   ]
  }
 ],
 "Y010": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].secretType.reserved is 4"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "security[0].secretType",
     "offset": 484,
     "message": "reserved bits 04h of Secret Type are set, expected 0"
    }
   ]
  }
 ],
 "Y011": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].secretKeypath is left out"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "security[0].secretKeypath",
     "offset": 516,
     "message": "no secret key path with secret type 1 set, expected one"
    }
   ]
  },
  {
   "input": [
    "the table \"secured\"",
    "security[0].secretType.redfishHostInterfaceUri is false"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "security[0].secretType",
     "offset": 484,
     "message": "a secret key path with secret type bit 1 clear, expected it to be set"
    }
   ]
  }
 ],
 "Y012": [
  {
   "input": [
    "the table \"secured\"",
    "ssns[0].securityIndex is 0",
    "ssns[0].flags.useSecurity is false"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "security[0].index",
     "offset": 481,
     "message": "no record names security profile 1"
    }
   ]
  }
 ],
 "Y013": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].reserved5 is stored as 1",
    "security[0].reserved42 is stored as 1"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "security[0].reserved5",
     "offset": 485,
     "message": "reserved byte 5 is 01, expected zero"
    },
    {
     "severity": "info",
     "path": "security[0].reserved42",
     "offset": 522,
     "message": "reserved bytes 42 to 63 are 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00, expected zero"
    }
   ]
  }
 ],
 "Y014": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].authProtocols is [2]"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "security[0].authProtocols",
     "offset": 1233,
     "message": "authentication is required and dh-hmac-chap not allowed: 2"
    }
   ]
  },
  {
   "input": [
    "the table \"secured\"",
    "security[0].secureChannelAlgorithms is [\"tls1.2\"]"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "security[0].secureChannelAlgorithms",
     "offset": 1232,
     "message": "a secure channel is required and tls1.3 not allowed, which is all that Linux has: tls1.2"
    }
   ]
  }
 ],
 "Y015": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].dhGroups is [14,15]"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "security[0].dhGroups",
     "offset": 1236,
     "message": "authentication is required with no DH group that hosts know: 14, 15"
    }
   ]
  },
  {
   "input": [
    "the table \"secured\"",
    "security[0].secureHashes is [4]"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "security[0].secureHashes",
     "offset": 1237,
     "message": "authentication is required with no hash function that hosts know: 4"
    }
   ]
  }
 ],
 "Y016": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].cipherSuites is [\"TLS_PSK_WITH_AES_128_GCM_SHA256\"]"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "security[0].cipherSuites",
     "offset": 1234,
     "message": "a secure channel is required with no cipher suite that Linux has for it: TLS_PSK_WITH_AES_128_GCM_SHA256"
    }
   ]
  }
 ],
 "Y017": [
  {
   "input": [
    "the table \"secured\"",
    "security[0].flags.inBandAuthentication is \"not supported\"",
    "security[0].flags.secureChannel is \"not supported\""
   ],
   "finds": [
    {
     "severity": "info",
     "path": "security[0].flags",
     "offset": 482,
     "message": "security profile 1 asks for neither authentication nor TLS"
    }
   ]
  }
 ],
 "D001": [
  {
   "input": [
    "discovery[0].structureId is 5"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "discovery[0].structureId",
     "offset": 480,
     "message": "Structure ID is 05h, expected 06h"
    }
   ]
  }
 ],
 "D002": [
  {
   "input": [
    "discovery[0].flags.valid is false"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "discovery[0].flags.valid",
     "offset": 481,
     "message": "Descriptor Valid is 0: readers skip this descriptor"
    }
   ]
  }
 ],
 "D003": [
  {
   "input": [
    "discovery[0].index is 0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "discovery[0].index",
     "offset": 482,
     "message": "index is 0, expected 1 or more"
    }
   ]
  },
  {
   "input": [
    "discovery[0].index is 2"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "discovery[0].index",
     "offset": 482,
     "message": "index is 2, expected 1, its place in the list"
    }
   ]
  }
 ],
 "D004": [
  {
   "input": [
    "discovery[0].uri is left out"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "discovery[0].uri",
     "offset": 486,
     "message": "no URI, expected nvme+tcp://ADDRESS:8009/"
    }
   ]
  }
 ],
 "D005": [
  {
   "input": [
    "discovery[0].uri is \"tcp://192.0.2.20:8009/\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "discovery[0].uri",
     "offset": 1168,
     "message": "URI is \"tcp://192.0.2.20:8009/\": expected nvme+tcp://HOST[:PORT]/"
    }
   ]
  },
  {
   "input": [
    "discovery[0].uri is \"NVME+TCP://192.0.2.20:8009/\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "discovery[0].uri",
     "offset": 1168,
     "message": "URI is \"NVME+TCP://192.0.2.20:8009/\": its scheme is not in lower case, expected nvme+tcp://"
    }
   ]
  },
  {
   "input": [
    "discovery[0].uri is \"nvme+tcp://192.0.2.20:99999/\""
   ],
   "finds": [
    {
     "severity": "error",
     "path": "discovery[0].uri",
     "offset": 1168,
     "message": "URI is \"nvme+tcp://192.0.2.20:99999/\": port 99999 is none, expected 1 to 65535"
    }
   ]
  }
 ],
 "D006": [
  {
   "input": [
    "discovery[0].uri is \"nvme+tcp://target.example.com:8009/\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "discovery[0].uri",
     "offset": 1168,
     "message": "URI has the host name target.example.com, expected an address"
    }
   ]
  }
 ],
 "D007": [
  {
   "input": [
    "discovery[0].uri is \"nvme+tcp://2001:db8::20:8009/\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "discovery[0].uri",
     "offset": 1168,
     "message": "URI has 2001:db8::20:8009 without brackets, expected [ADDRESS]:PORT"
    }
   ]
  }
 ],
 "D008": [
  {
   "input": [
    "discovery[0].hfiIndex is 3"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "discovery[0].hfiIndex",
     "offset": 483,
     "message": "HFI index is 3, which no valid HFI has"
    }
   ]
  },
  {
   "input": [
    "hfi[0].trtype is 4"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "discovery[0].hfiIndex",
     "offset": 483,
     "message": "transport type of HFI 1 is 4, expected 3 (tcp)"
    }
   ]
  }
 ],
 "D009": [
  {
   "input": [
    "discovery[0].securityIndex is 1"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "discovery[0].securityIndex",
     "offset": 484,
     "message": "security profile index is 1, which no valid profile has"
    }
   ]
  }
 ],
 "D010": [
  {
   "input": [
    "discovery[0].nqn is left out"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "discovery[0].nqn",
     "offset": 492,
     "message": "no NQN, expected nqn.2014-08.org.nvmexpress.discovery or the controller's own"
    }
   ]
  }
 ],
 "D011": [
  {
   "input": [
    "ssns[0].discoveryIndex is 0"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "discovery[0].index",
     "offset": 482,
     "message": "no SSNS points at discovery controller 1"
    }
   ]
  }
 ],
 "D012": [
  {
   "input": [
    "discovery[0].flags.reserved is 2"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "discovery[0].flags",
     "offset": 481,
     "message": "reserved bits 02h of Discovery Descriptor Flags are set, expected 0"
    }
   ]
  },
  {
   "input": [
    "discovery[0].reserved5 is stored as 1",
    "discovery[0].reserved18 is stored as 1"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "discovery[0].reserved5",
     "offset": 485,
     "message": "reserved byte 5 is 01, expected zero"
    },
    {
     "severity": "info",
     "path": "discovery[0].reserved18",
     "offset": 498,
     "message": "reserved bytes 18 to 31 are 01 00 00 00 00 00 00 00 00 00 00 00 00 00, expected zero"
    }
   ]
  }
 ],
 "D013": [
  {
   "input": [
    "discovery[0].nqnRef is stored as the offset of the added bytes and length 225",
    "225 bytes are added to the heap: 6e 71 6e 2e 32 30 32 34 2d 30 31 2e 63 6f 6d 2e …"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "discovery[0].nqn",
     "offset": 1233,
     "message": "discovery NQN has 224 bytes, expected at most 223"
    }
   ]
  },
  {
   "input": [
    "discovery[0].nqn is \"discovery\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "discovery[0].nqn",
     "offset": 1196,
     "message": "discovery NQN is \"discovery\", expected nqn.YYYY-MM.DOMAIN:NAME"
    }
   ]
  }
 ],
 "D014": [
  {
   "input": [
    "the table \"secured\"",
    "discovery[0].securityIndex is 1"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "discovery[0].securityIndex",
     "offset": 548,
     "message": "security profile 1 is named: nvme-cli 3.x skips this controller, 2.x does not look at the profile"
    }
   ]
  }
 ],
 "D015": [
  {
   "input": [
    "hfi[0].transportInfo.gateway is left out",
    "discovery[0].uri is \"nvme+tcp://203.0.113.20:8009/\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "discovery[0].uri",
     "offset": 1168,
     "message": "no route through HFI 1: 203.0.113.20 is not in 192.0.2.0/24, and there is no gateway"
    }
   ]
  },
  {
   "input": [
    "discovery[0].uri is \"nvme+tcp://192.0.2.10:8009/\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "discovery[0].uri",
     "offset": 1168,
     "message": "no route through HFI 1: 192.0.2.10 is the interface's own address"
    }
   ]
  },
  {
   "input": [
    "discovery[0].uri is \"nvme+tcp://[fe80::20]:8009/\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "discovery[0].uri",
     "offset": 1168,
     "message": "fe80::20 is an IPv6 link-local address: readers pass it on without its interface, and Linux refuses it"
    }
   ]
  },
  {
   "input": [
    "discovery[0].uri is \"nvme+tcp://0.0.0.0:8009/\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "discovery[0].uri",
     "offset": 1168,
     "message": "0.0.0.0 is not the address of a controller"
    }
   ]
  },
  {
   "input": [
    "discovery[0].uri is \"nvme+tcp://192.0.2.0:8009/\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "discovery[0].uri",
     "offset": 1168,
     "message": "192.0.2.0 is the address of the network 192.0.2.0/24 itself"
    }
   ]
  }
 ],
 "G001": [
  {
   "input": [
    "ssns[1].primaryHfi is 1",
    "ssns[1].secondaryHfis is [1]"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[1].index",
     "offset": 193,
     "message": "no SSNS or discovery descriptor names HFI 2"
    }
   ]
  }
 ],
 "G002": [
  {
   "input": [
    "hfi[1].transportInfo.mac is \"52:54:00:12:34:56\"",
    "hfi[1].transportInfo.vlan is 0",
    "hfi[1].transportInfo.ipAddress is \"192.0.2.10\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[1].transportInfo.mac",
     "offset": 812,
     "message": "52:54:00:12:34:56 is that of hfi[0] too"
    }
   ]
  },
  {
   "input": [
    "hfi[1].transportInfo.mac is \"52:54:00:12:34:56\"",
    "hfi[1].transportInfo.vlan is 0"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[1].transportInfo.mac",
     "offset": 812,
     "message": "52:54:00:12:34:56 is that of hfi[0] too"
    }
   ]
  },
  {
   "input": [
    "together with another table, the same"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.mac",
     "offset": 678,
     "message": "52:54:00:12:34:56 is that of hfi[0] of table 1 too"
    },
    {
     "severity": "warning",
     "path": "hfi[1].transportInfo.mac",
     "offset": 812,
     "message": "52:54:00:12:34:57 VLAN 7 is that of hfi[1] of table 1 too"
    }
   ]
  }
 ],
 "G003": [
  {
   "input": [
    "ssns[0].flags.nonBootable is true",
    "ssns[1].flags.valid is false"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "control.ssnsCount",
     "offset": 95,
     "message": "none of 2 SSNS descriptors is valid and bootable"
    }
   ]
  }
 ],
 "G004": [
  {
   "input": [
    "hfi[1].transportInfo.ipAddress is \"192.0.2.10\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[1].transportInfo.ipAddress",
     "offset": 821,
     "message": "IP address 192.0.2.10 is that of hfi[0] too"
    }
   ]
  },
  {
   "input": [
    "together with another table: hfi[0].transportInfo.mac is \"52:54:00:12:34:60\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[0].transportInfo.ipAddress",
     "offset": 687,
     "message": "IP address 192.0.2.10 is that of hfi[0] of table 1 too"
    }
   ]
  }
 ],
 "G005": [
  {
   "input": [
    "ssns[0].flags.unavailable is \"unavailable\"",
    "ssns[1].flags.unavailable is \"unavailable\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "control.ssnsCount",
     "offset": 95,
     "message": "all 2 bootable SSNS descriptors are marked unavailable"
    }
   ]
  }
 ],
 "G006": [
  {
   "input": [
    "hfi[1].transportInfo.ipAddress is \"192.0.2.11\""
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hfi[1].transportInfo.ipAddress",
     "offset": 821,
     "message": "192.0.2.0/24 is the network of hfi[0] too, and paths to one namespace name both"
    }
   ]
  },
  {
   "input": [
    "hfi[1].transportInfo.ipAddress is \"192.0.2.11\"",
    "ssns[1].primaryHfi is 1",
    "ssns[1].secondaryHfis is [1]"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hfi[1].transportInfo.ipAddress",
     "offset": 821,
     "message": "192.0.2.0/24 is the network of hfi[0] too"
    }
   ]
  }
 ],
 "V001": [
  {
   "input": [
    "the file is a text"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "offset": 40,
     "message": "not a variable store: there is no firmware volume header"
    }
   ]
  }
 ],
 "V002": [
  {
   "input": [
    "the last byte of the file is missing"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "offset": 32,
     "message": "The file has 131071 bytes, its volume 131072: it is cut off"
    }
   ]
  }
 ],
 "V003": [
  {
   "input": [
    "the checksum of the volume header is 0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "volume",
     "offset": 50,
     "message": "The volume header adds up to 0x06e7, expected 0"
    }
   ]
  }
 ],
 "V004": [
  {
   "input": [
    "the store header says formatted 00h"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "store",
     "offset": 92,
     "message": "The store says formatted 0x00, healthy 0xfe; expected 0x5a, 0xfe"
    }
   ]
  }
 ],
 "V005": [
  {
   "input": [
    "all bytes of the file are FFh"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "",
     "offset": 0,
     "message": "The store was never formatted: the firmware does so when it first starts"
    }
   ]
  }
 ],
 "V006": [
  {
   "input": [
    "the data of the first record have 65536 bytes"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "records[0]",
     "offset": 100,
     "message": "The record at 0x64 is broken: name (4 bytes) and data (65536 bytes) go past the end of the store"
    }
   ]
  }
 ],
 "V007": [
  {
   "input": [
    "a second record begins at 200h, after free space"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "offset": 512,
     "message": "A record is at 0x200, after the end of the list at 0xa8"
    }
   ]
  }
 ],
 "V008": [
  {
   "input": [
    "the byte at 1000h, in the free space, is 00h"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "",
     "offset": 4096,
     "message": "The free space from 0xa8 is not all FFh: the first other byte is at 0x1000"
    }
   ]
  }
 ],
 "V009": [
  {
   "input": [
    "the signature of the fault-tolerant-write block begins with 00h"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "",
     "offset": 57344,
     "message": "There is no fault-tolerant-write block: the firmware makes a new one"
    }
   ]
  }
 ],
 "V010": [
  {
   "input": [
    "the queue of the fault-tolerant-write block has a write whose record is in the spare area"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "workingBlock",
     "offset": 61472,
     "message": "A fault-tolerant write is pending: the firmware will copy the spare area over the store"
    }
   ]
  }
 ],
 "V011": [
  {
   "input": [
    "the variable A has two live records"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "records[1]",
     "offset": 168,
     "message": "A has a live record at 0x64 already"
    }
   ]
  }
 ],
 "V012": [
  {
   "input": [
    "the record of A is marked as being replaced"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "records[0]",
     "offset": 100,
     "message": "A: a replacement was not finished"
    }
   ]
  }
 ],
 "V013": [
  {
   "input": [
    "of the record of A only the header was written"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "records[0]",
     "offset": 100,
     "message": "The record at 0x64 was not written to its end (header only)"
    }
   ]
  }
 ],
 "V014": [
  {
   "input": [
    "the name of A has two bytes: its NUL is missing"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "records[0]",
     "offset": 100,
     "message": "The name of the record at 0x64 is not a text that ends with its only NUL"
    }
   ]
  }
 ],
 "V015": [
  {
   "input": [
    "the variable A has 9000 bytes, in a store of the 2M build"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "records[0]",
     "offset": 100,
     "message": "A has 9000 bytes, more than the firmware writes (8192 with name and header)"
    }
   ]
  }
 ],
 "V016": [
  {
   "input": [
    "the code image has 3653632 bytes, the variables have 131072"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "offset": 0,
     "message": "Code of 3653632 bytes and variables of 131072 bytes are not of one build"
    }
   ]
  }
 ],
 "V101": [
  {
   "input": [
    "NvmeofGlobalData has the attributes NV+BS+RT"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "NvmeofGlobalData",
     "offset": 0,
     "message": "NvmeofGlobalData has the attributes NV+BS+RT, expected NV+BS"
    }
   ]
  }
 ],
 "V102": [
  {
   "input": [
    "NvmeofGlobalData has 753 bytes"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "NvmeofGlobalData",
     "offset": 0,
     "message": "NvmeofGlobalData has 753 bytes, expected 754"
    }
   ]
  }
 ],
 "V103": [
  {
   "input": [
    "Nvmeof_Attemptconfig has 2000 bytes"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "Nvmeof_Attemptconfig",
     "offset": 0,
     "message": "Nvmeof_Attemptconfig has 2000 bytes, no multiple of 1494"
    }
   ]
  }
 ],
 "V104": [
  {
   "input": [
    "Nvmeof_Attemptconfig is missing"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "NvmeofGlobalData",
     "offset": 1,
     "message": "1 attempts are counted, but there is no Nvmeof_Attemptconfig"
    }
   ]
  }
 ],
 "V105": [
  {
   "input": [
    "DriverVersion is 9"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "NvmeofGlobalData",
     "offset": 2,
     "message": "DriverVersion is 9, expected 10"
    }
   ]
  }
 ],
 "V106": [
  {
   "input": [
    "all 12 bytes of the attempt's name are digits"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "Nvmeof_Attemptconfig",
     "offset": 5,
     "message": "attemptName has no NUL in its 12 bytes"
    }
   ]
  }
 ],
 "V107": [
  {
   "input": [
    "a byte after the NUL of the attempt's name is 01h"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "Nvmeof_Attemptconfig",
     "offset": 14,
     "message": "Left-over bytes stand after attemptName"
    }
   ]
  }
 ],
 "V108": [
  {
   "input": [
    "there is NvmeOfDiscoveryData, and the only attempt names a subsystem"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "NvmeOfDiscoveryData",
     "offset": 0,
     "message": "There is discovery data, but no attempt asks a discovery controller by its NQN"
    }
   ]
  }
 ],
 "V109": [
  {
   "input": [
    "MacString is EA:EB:D3:58:89:58\\000A, and the interface has no VLAN variable"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "Nvmeof_Attemptconfig",
     "offset": 0,
     "message": "VLAN 10 is not configured on EAEBD3588958"
    }
   ]
  }
 ],
 "V110": [
  {
   "input": [
    "IpMode is 1, and the interface has no Ip6Config variable"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "Nvmeof_Attemptconfig",
     "offset": 0,
     "message": "The IPv6 policy of EAEBD3588958 is not automatic"
    }
   ]
  }
 ],
 "A001": [
  {
   "input": [
    "the last line is # without a line feed"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "line": 16,
     "message": "The last line has no line feed, so nothing is stored"
    }
   ]
  }
 ],
 "A002": [
  {
   "input": [
    "ServerName:sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "line": 15,
     "message": "The line has 522 characters, at most 511 can be read"
    }
   ]
  }
 ],
 "A003": [
  {
   "input": [
    "hello"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "line": 15,
     "message": "The line has no colon: only a colon that an earlier, longer line left in the buffer keeps the firmware from searching forever"
    }
   ]
  }
 ],
 "A004": [
  {
   "input": [
    "$End "
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "line": 15,
     "message": "$End with blanks is not $End: it does not count, and only a colon that an earlier, longer line left in the buffer keeps the firmware from searching forever"
    }
   ]
  }
 ],
 "A005": [
  {
   "input": [
    "   # four"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "line": 15,
     "message": "# in column 4 begins no comment, and the line has no colon: only a colon that an earlier, longer line left in the buffer keeps the firmware from searching forever"
    }
   ]
  }
 ],
 "A006": [
  {
   "input": [
    "Nqnn:nqn.x"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "line": 15,
     "message": "The tool does not know the key Nqnn, so nothing is stored"
    }
   ]
  }
 ],
 "A007": [
  {
   "input": [
    "enabled:1"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "line": 15,
     "message": "enabled is not Enabled, the one key whose case matters, so nothing is stored"
    }
   ]
  }
 ],
 "A008": [
  {
   "input": [
    "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX:1"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "line": 15,
     "message": "The tag has 45 characters, the tool's buffer has room for 39"
    }
   ]
  }
 ],
 "A009": [
  {
   "input": [
    "the file begins with EF BB BF, the byte order mark of UTF-8"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "line": 1,
     "message": "The file begins with a UTF-8 byte order mark"
    }
   ]
  }
 ],
 "A010": [
  {
   "input": [
    "AttemptName:€, in UTF-16"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "line": 4,
     "message": "A character beyond U+00FF halts the firmware"
    }
   ]
  }
 ],
 "A011": [
  {
   "input": [
    "HostName:host  "
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].hostName",
     "line": 15,
     "message": "HostName ends with 2 blanks, which are stored"
    }
   ]
  }
 ],
 "A012": [
  {
   "input": [
    "InitiatorInfoFromDhcp:1"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].initiatorInfoFromDhcp",
     "line": 15,
     "message": "InitiatorInfoFromDhcp is \"1\", which counts as FALSE"
    }
   ]
  }
 ],
 "A013": [
  {
   "input": [
    "HostOverrideEnable:yes"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[0].hostOverrideEnable",
     "line": 15,
     "message": "HostOverrideEnable is \"yes\", so nothing is stored"
    }
   ]
  }
 ],
 "A014": [
  {
   "input": [
    "RouteMetric:70000"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[0].routeMetric",
     "line": 15,
     "message": "RouteMetric 70000 does not fit: 4464 is stored, at most 65535 fits"
    }
   ]
  }
 ],
 "A015": [
  {
   "input": [
    "RouteMetric:0x10"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].routeMetric",
     "line": 15,
     "message": "RouteMetric \"0x10\" is read as 0"
    }
   ]
  }
 ],
 "A016": [
  {
   "input": [
    "Gateway:[fec0::2]"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[0].gateway",
     "line": 15,
     "message": "Gateway \"[fec0::2]\" is not an address: the field is not set"
    }
   ]
  }
 ],
 "A017": [
  {
   "input": [
    "Gateway:10.0.2.2/24"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].gateway",
     "line": 15,
     "message": "\"/24\" after the address of Gateway is ignored"
    }
   ]
  }
 ],
 "A018": [
  {
   "input": [
    "HostId:f8131baccdef-4165-866b-5998c1e67890"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hostId",
     "line": 1,
     "message": "HostId \"f8131baccdef-4165-866b-5998c1e67890\" is not a UUID"
    }
   ]
  }
 ],
 "A019": [
  {
   "input": [
    "TransportGUID:none"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].transportGuid",
     "line": 15,
     "message": "TransportGUID \"none\" is not a UUID"
    }
   ]
  }
 ],
 "A020": [
  {
   "input": [
    "Gateway:"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "",
     "line": 15,
     "message": "Gateway has no value: the line is ignored"
    }
   ]
  }
 ],
 "A021": [
  {
   "input": [
    "NQN:nqn.2014-08.org.example:other"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].nqn",
     "line": 15,
     "message": "NQN was already given in line 13: the last one wins"
    }
   ]
  }
 ],
 "A022": [
  {
   "input": [
    "$Start",
    "NQN:nqn.2014-08.org.example:b"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[1].nqn",
     "line": 17,
     "message": "No $End follows: this attempt is stored but not counted"
    }
   ]
  }
 ],
 "A023": [
  {
   "input": [
    "$End",
    "RouteMetric:1",
    "$Start"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[1].routeMetric",
     "line": 16,
     "message": "RouteMetric stands before $Start and belongs to the attempt that follows"
    }
   ]
  }
 ],
 "A024": [
  {
   "input": [
    "the file has no $Start and no $End"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "",
     "line": 2,
     "message": "The file has no $End: 0 attempts"
    }
   ]
  }
 ],
 "A025": [
  {
   "input": [
    "$End",
    "$End",
    "$End",
    "$End",
    "$End",
    "$End",
    "$End",
    "$End"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "",
     "line": 22,
     "message": "There are 9 attempts, at most 7 can be stored: memory after the tool's array is overwritten"
    }
   ]
  }
 ],
 "A026": [
  {
   "input": [
    "AttemptName:123456789012"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[0].attemptName",
     "line": 15,
     "message": "AttemptName has 12 characters, at most 11 fit"
    }
   ]
  }
 ],
 "A027": [
  {
   "input": [
    "HostName:hôte"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "",
     "line": 15,
     "message": "HostName holds the byte f4h"
    }
   ]
  }
 ],
 "A028": [
  {
   "input": [
    "HostName:host\u0000name"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "",
     "line": 15,
     "message": "A NUL ends the line here"
    }
   ]
  }
 ],
 "A101": [
  {
   "input": [
    "HostId:f8131b00-cdef-4165-866b-5998c1e67890"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hostId",
     "line": 2,
     "message": "HostId f8131b00-cdef-4165-866b-5998c1e67890 has 00 as its fourth byte, the first that is stored: it counts as missing"
    }
   ]
  }
 ],
 "A102": [
  {
   "input": [
    "the file has no HostNqn"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "hostNqn",
     "line": 1,
     "message": "There is no HostNqn, so nothing is stored"
    }
   ]
  }
 ],
 "A103": [
  {
   "input": [
    "HostNqn:host-1"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hostNqn",
     "line": 1,
     "message": "HostNqn \"host-1\" does not begin with \"nqn.\""
    }
   ]
  }
 ],
 "A104": [
  {
   "input": [
    "HostNqn:nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890, and HostId has the same UUID"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "hostId",
     "line": 2,
     "message": "HostId equals the UUID of the host NQN, but released firmware sends it as ac1b13f8-efcd-6541-866b-5998c1e67890"
    }
   ]
  }
 ],
 "A105": [
  {
   "input": [
    "TargetPort:0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[0].targetPort",
     "line": 15,
     "message": "TargetPort is 0 or missing"
    }
   ]
  }
 ],
 "A106": [
  {
   "input": [
    "TargetPort:14420"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[0].targetPort",
     "line": 15,
     "message": "TargetPort 14420 has five digits: the driver connects to port 1442"
    }
   ]
  }
 ],
 "A107": [
  {
   "input": [
    "MacString:ea:eb:d3:58:89:58"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[0].macString",
     "line": 15,
     "message": "MacString \"ea:eb:d3:58:89:58\" matches no interface: the attempt is silently ignored"
    }
   ]
  }
 ],
 "A108": [
  {
   "input": [
    "$Start",
    "NQN:nqn.x",
    "TargetPort:4420",
    "$End"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[1].macString",
     "line": 19,
     "message": "There is no MacString: the attempt matches no interface"
    }
   ]
  }
 ],
 "A109": [
  {
   "input": [
    "IpMode:4"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[0].ipMode",
     "line": 15,
     "message": "IpMode 4 is not 0, 1 or 2: the attempt is ignored"
    }
   ]
  }
 ],
 "A110": [
  {
   "input": [
    "$Start",
    "MacString:EA:EB:D3:58:89:58",
    "TargetPort:4420",
    "TargetIp:10.0.0.2",
    "NQN:nqn.x",
    "$End"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[1].localIp",
     "line": 21,
     "message": "There is no LocalIp and no InitiatorInfoFromDhcp"
    }
   ]
  }
 ],
 "A111": [
  {
   "input": [
    "$Start",
    "MacString:EA:EB:D3:58:89:58",
    "TargetPort:4420",
    "NQN:nqn.x",
    "Enabled:1",
    "LocalIp:10.0.0.1",
    "$End"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[1].targetIp",
     "line": 22,
     "message": "There is no TargetIp, no name to resolve and no TargetInfoFromDhcp"
    }
   ]
  }
 ],
 "A112": [
  {
   "input": [
    "$Start",
    "MacString:EA:EB:D3:58:89:58",
    "TargetPort:4420",
    "TargetIp:10.0.0.2",
    "LocalIp:10.0.0.1",
    "$End"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[1].nqn",
     "line": 21,
     "message": "There is no NQN"
    }
   ]
  }
 ],
 "A113": [
  {
   "input": [
    "NID:urn:uuid:bee9c2b7-1761-44b5-a4e6-0f690498a94b"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].nid",
     "line": 15,
     "message": "NID has a prefix: the driver mounts every namespace"
    }
   ]
  }
 ],
 "A114": [
  {
   "input": [
    "NID:ace42e0015102fce2ee4ac0000000001"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].nid",
     "line": 15,
     "message": "NID \"ace42e0015102fce2ee4ac0000000001\" does not have the form of a UUID: the driver mounts every namespace"
    }
   ]
  }
 ],
 "A115": [
  {
   "input": [
    "ConnectRetryCount:3"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "attempts[0].connectRetryCount",
     "line": 15,
     "message": "ConnectRetryCount has no effect: no driver reads it"
    }
   ]
  }
 ],
 "A116": [
  {
   "input": [
    "IpMode:1",
    "LocalIp:fec0::76",
    "TargetIp:fec0::2"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].subnetMask",
     "line": 10,
     "message": "SubnetMask ffff:ff00:: is ignored for IPv6"
    },
    {
     "severity": "warning",
     "path": "attempts[0].localIp",
     "line": 16,
     "message": "LocalIp fec0::76 is ignored for IPv6"
    }
   ]
  }
 ],
 "A117": [
  {
   "input": [
    "the block of the attempt is there twice"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[1]",
     "line": 28,
     "message": "The attempt repeats attempt 1: the driver skips it"
    }
   ]
  }
 ],
 "A118": [
  {
   "input": [
    "there are five blocks, for five targets"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[4]",
     "line": 67,
     "message": "There are 5 attempts: the firmware's setup menu keeps only four when it saves"
    }
   ]
  }
 ],
 "A119": [
  {
   "input": [
    "NQN:nqn.2014-08.org.nvmexpress.discovery, with TargetPort:4420"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].targetPort",
     "line": 6,
     "message": "The discovery NQN is asked on port 4420, its well-known port is 8009"
    }
   ]
  }
 ],
 "A120": [
  {
   "input": [
    "Enabled:0"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "attempts[0].enabled",
     "line": 15,
     "message": "The attempt is not enabled: it is skipped"
    }
   ]
  }
 ],
 "A121": [
  {
   "input": [
    "TargetIp:fec0::2"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[0].targetIp",
     "line": 15,
     "message": "TargetIp is an IPv6 address but IpMode is 0"
    }
   ]
  }
 ],
 "A122": [
  {
   "input": [
    "ServerName:target.example"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].serverName",
     "line": 15,
     "message": "ServerName has no effect while DnsMode is FALSE"
    }
   ]
  }
 ],
 "A123": [
  {
   "input": [
    "SubnetMask:255.0.255.0"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].subnetMask",
     "line": 15,
     "message": "SubnetMask 255.0.255.0 is not ones followed by zeros"
    }
   ]
  }
 ],
 "A124": [
  {
   "input": [
    "TargetIp:172.16.0.1, with Gateway:0.0.0.0"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].targetIp",
     "line": 12,
     "message": "TargetIp 172.16.0.1 is not in the subnet of LocalIp and there is no Gateway"
    }
   ]
  }
 ],
 "A125": [
  {
   "input": [
    "HostOverrideEnable:TRUE"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[0].hostOverrideEnable",
     "line": 15,
     "message": "HostOverrideEnable is TRUE without a usable HostIdOverride and HostNqnOverride, so nothing is stored"
    }
   ]
  }
 ],
 "A126": [
  {
   "input": [
    "a second block has another MacString and is the same otherwise"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "attempts[1]",
     "line": 28,
     "message": "Attempts 1 and 2 connect to the same subsystem at 192.168.101.20 port 4420: if both succeed, the driver halts the machine"
    }
   ]
  }
 ],
 "A127": [
  {
   "input": [
    "LocalIp:127.0.0.1"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].localIp",
     "line": 15,
     "message": "LocalIp 127.0.0.1 is a loopback address"
    }
   ]
  }
 ],
 "A128": [
  {
   "input": [
    "IpMode:1",
    "TargetIp:fe80::e8eb:d3ff:fe56:8956"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[0].targetIp",
     "line": 16,
     "message": "TargetIp fe80::e8eb:d3ff:fe56:8956 is an IPv6 link-local address: the firmware connects, Linux does not"
    }
   ]
  }
 ],
 "A129": [
  {
   "input": [
    "a second block has another MacString and TargetIp and the same LocalIp"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "attempts[1].localIp",
     "line": 22,
     "message": "LocalIp 192.168.101.30 is that of attempt 1 too, which has another interface"
    }
   ]
  }
 ],
 "Q001": [
  {
   "input": [
    "the table has 65536 bytes"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "tables[0]",
     "message": "ACPI table too big, requested: 65536, max: 65535"
    }
   ]
  }
 ],
 "Q002": [
  {
   "input": [
    "the file has 20 bytes"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "tables[0]",
     "message": "ACPI table claiming to have header is too short, available: 20, expected: 36"
    }
   ]
  }
 ],
 "Q003": [
  {
   "input": [
    "the table is followed by four bytes"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "tables[0]",
     "message": "ACPI table has wrong length, header says 1233, actual size 1237 bytes"
    }
   ]
  }
 ],
 "Q004": [
  {
   "input": [
    "the checksum is 0"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "tables[0]",
     "message": "the checksum is wrong; QEMU repairs it silently"
    }
   ]
  }
 ],
 "Q005": [
  {
   "input": [
    "the table is in a:b"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "tables[0]",
     "message": "file: \"a:b\" has a colon, which QEMU takes for the end of a path: use a relative path or /dev/stdin"
    }
   ]
  }
 ],
 "Q006": [
  {
   "input": [
    "there are 32 tables of 65535 bytes"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "acpitable",
     "message": "32 tables have 2097120 bytes; QEMU aborts when all tables pass 2 MiB"
    }
   ]
  }
 ],
 "Q007": [
  {
   "input": [
    "the machine is Arm's virt"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "tables",
     "message": "Option not supported for this target"
    }
   ]
  }
 ],
 "Q008": [
  {
   "input": [
    "the machine is isapc"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "tables",
     "message": "isapc has no ACPI: the table is dropped silently"
    }
   ]
  }
 ],
 "Q011": [
  {
   "input": [
    "-acpitable file=NBFT,sig=TEST"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "tables[0]",
     "message": "the guest sees \"TEST\", not NBFT"
    }
   ]
  }
 ],
 "Q012": [
  {
   "input": [
    "the table has 60000 bytes"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "acpitable",
     "message": "ACPI table size exceeds 65536 bytes, migration may not work (QEMU before 10.0 says so)"
    }
   ]
  }
 ],
 "Q020": [
  {
   "input": [
    "an item's name has 56 characters"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "fw_cfg[opt/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]",
     "message": "name too long (max. 55 char)"
    }
   ]
  }
 ],
 "Q021": [
  {
   "input": [
    "an item is called etc/mine"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "fw_cfg[etc/mine]",
     "message": "externally provided fw_cfg item names should be prefixed with \"opt/\""
    }
   ]
  }
 ],
 "Q022": [
  {
   "input": [
    "two items are called opt/a"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "fw_cfg[opt/a]",
     "message": "duplicate fw_cfg file name: opt/a"
    }
   ]
  }
 ],
 "Q023": [
  {
   "input": [
    "there are 18 items"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "fw_cfg",
     "message": "18 items and the machine's own 15 need 33 slots, there are 32: QEMU aborts"
    }
   ]
  }
 ],
 "Q024": [
  {
   "input": [
    "an item has an empty text"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "fw_cfg[opt/a]",
     "message": "name, plus exactly one of file, string and gen_id, are needed"
    }
   ]
  }
 ],
 "Q030": [
  {
   "input": [
    "CODE is of a 4M build, VARS of a 2M build"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "firmware",
     "message": "CODE.fd has 3653632 bytes (4M build), VARS.fd has 131072 (2M build): they are not a pair"
    }
   ]
  }
 ],
 "Q031": [
  {
   "input": [
    "CODE is named as VARS, and VARS as CODE"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "firmware.vars",
     "message": "VARS.fd does not start with a variable store: is it a CODE file?"
    },
    {
     "severity": "error",
     "path": "firmware.code",
     "message": "CODE.fd is a variable store: CODE and VARS are exchanged"
    }
   ]
  }
 ],
 "Q032": [
  {
   "input": [
    "CODE has 1966081 bytes"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "firmware",
     "message": "CODE.fd: system firmware block device has invalid size 1966081"
    }
   ]
  }
 ],
 "Q033": [
  {
   "input": [
    "there is no file vmlinuz"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "kernel",
     "message": "Could not open 'vmlinuz': No such file or directory"
    }
   ]
  }
 ],
 "Q034": [
  {
   "input": [
    "the machine is Arm's virt, without firmware"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "firmware",
     "message": "aarch64 has no built-in firmware in QEMU: without firmware, no table is read"
    }
   ]
  }
 ],
 "Q040": [
  {
   "input": [
    "two NICs have the id net0"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "nics[1].id",
     "message": "Duplicate ID 'net0' for netdev"
    }
   ]
  }
 ],
 "Q041": [
  {
   "input": [
    "two NICs have one MAC address"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "nics[1].mac",
     "message": "52:54:00:12:34:56 is the MAC address of another NIC, too"
    }
   ]
  }
 ],
 "Q042": [
  {
   "input": [
    "the table says PCI place 0000:00:1f.0, on q35"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "nics[0].pci",
     "message": "0000:00:1f.0: slot 31 is the machine's own"
    }
   ]
  }
 ],
 "Q043": [
  {
   "input": [
    "the HFI has no PCI place"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "nics[0].pci",
     "message": "the table names no PCI place; QEMU chooses one"
    }
   ]
  }
 ],
 "Q044": [
  {
   "input": [
    "two targets are in the NIC's network"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "nics[0]",
     "message": "nothing answers at 192.0.2.21:4420: QEMU's user network has one address for this host, and it is 192.0.2.20"
    }
   ]
  }
 ],
 "Q045": [
  {
   "input": [
    "the HFI has VLAN 7"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "nics[0]",
     "message": "VLAN 7: QEMU's user network does not understand tagged frames"
    }
   ]
  }
 ],
 "Q051": [
  {
   "input": [
    "the machine is q35,acpi=off"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "tables",
     "message": "with acpi=off the table is dropped; only SeaBIOS up to 1.16 on q35 shows it, from a legacy item"
    }
   ]
  }
 ],
 "Q052": [
  {
   "input": [
    "the script writes an address back to etc/vmgenid_addr"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "etc/vmgenid_addr",
     "message": "etc/vmgenid_addr cannot be written back to: items given with -fw_cfg are read-only"
    }
   ]
  }
 ],
 "Q060": [
  {
   "input": [
    "the system UUID is x"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "smbios.uuid",
     "message": "x is not a UUID: QEMU refuses it"
    }
   ]
  }
 ],
 "N002": [
  {
   "input": [
    "a namespace has eui64: ac-de-48-23-45-67-ab-cd"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "targets[0].namespaces[0].eui64",
     "message": "nvmet has no attribute for an EUI-64: hosts will not see it"
    }
   ]
  }
 ],
 "N003": [
  {
   "input": [
    "discovery: {trsvcid: 8009}, at a port without portal"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "targets[0].discovery.portals",
     "message": "nvmet's discovery controller at 192.0.2.20:8009 describes the subsystem at this address, not at its portals"
    }
   ]
  }
 ],
 "N004": [
  {
   "input": [
    "the portal is [fe80::1]:4420, without --zone"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "targets[0].portals",
     "message": "fe80::1 is link-local: nvmet needs the interface behind it, as in fe80::1%eth0"
    }
   ]
  }
 ],
 "N005": [
  {
   "input": [
    "digests: {header: true, data: true}"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "targets[0].digests",
     "message": "nvmet grants the digests that a host asks for and cannot demand them"
    }
   ]
  }
 ],
 "N006": [
  {
   "input": [
    "security: {hostSecret: host.key}, and allowHosts: any"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "targets[0].security",
     "message": "nvmet demands authentication by host, and any host may connect to this subsystem without it"
    }
   ]
  }
 ],
 "N007": [
  {
   "input": [
    "security: {authentication: required}, without hostSecret"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "targets[0].security",
     "message": "nvmet demands authentication only of a host whose secret it has, and no file is named"
    }
   ]
  }
 ],
 "N008": [
  {
   "input": [
    "two targets, security: {hostSecret: host.key} and {hostSecret: other.key}"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "targets[1].security",
     "message": "nvmet has one set of keys for nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890, and an earlier target names another"
    }
   ]
  }
 ],
 "N009": [
  {
   "input": [
    "security: {tlsKey: tls.key}"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "targets[0].security.tls",
     "message": "nvmet asks tlshd for each handshake, and tlshd looks the key up in the keyring .nvme"
    }
   ]
  }
 ],
 "K001": [
  {
   "input": [
    "the second line of the dump is missing"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "NBFT",
     "offset": 3,
     "message": "line 3: the line is for offset 0x20, expected 0x10; missing bytes are read as zeros"
    }
   ]
  }
 ],
 "K002": [
  {
   "input": [
    "only four lines of the dump are there"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "NBFT",
     "offset": 1,
     "message": "line 1: the table says 214 bytes, the text holds 64"
    }
   ]
  }
 ],
 "K003": [
  {
   "input": [
    "the line above the bytes is APIC @ 0x0000000000000000"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "APIC",
     "offset": 1,
     "message": "line 1 announces APIC, the bytes start with \"NBFT\""
    }
   ]
  }
 ],
 "K005": [
  {
   "input": [
    "the output of xxd NBFT"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "hex",
     "offset": 1,
     "message": "read as hex dump (groups of 2 bytes, hexadecimal offsets), 214 bytes from line 1 on"
    }
   ]
  }
 ],
 "K010": [
  {
   "input": [
    "the archive ends inside the table"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "initrd",
     "message": "at 0: entry ends 154 bytes after the file; the kernel looks no further"
    }
   ]
  }
 ],
 "K011": [
  {
   "input": [
    "the file is called /kernel/firmware/acpi/nbft.aml"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "/kernel/firmware/acpi/nbft.aml",
     "offset": 0,
     "message": "the kernel ignores /kernel/firmware/acpi/nbft.aml: the name must start with kernel/firmware/acpi/"
    }
   ]
  }
 ],
 "K012": [
  {
   "input": [
    "the file is called a-rather-long-name.aml"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "kernel/firmware/acpi/a-rather-long-name.aml",
     "offset": 0,
     "message": "Linux cuts the name to a-rather-long-nam, but uses the table"
    }
   ]
  }
 ],
 "K013": [
  {
   "input": [
    "the table is followed by a byte"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "kernel/firmware/acpi/nbft.aml",
     "offset": 140,
     "message": "the kernel refuses kernel/firmware/acpi/nbft.aml: File length does not match table length (215 and 214 bytes)"
    }
   ]
  }
 ],
 "K014": [
  {
   "input": [
    "the archive is followed by a gzip file"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "initrd",
     "offset": 512,
     "message": "a gzip archive starts at 512; the kernel looks for tables only before it"
    }
   ]
  }
 ],
 "K020": [
  {
   "input": [
    "the script has 130 bytes"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "table-loader",
     "offset": 0,
     "message": "130 bytes is not a multiple of 128: SeaBIOS and OVMF refuse the script"
    }
   ]
  }
 ],
 "K021": [
  {
   "input": [
    "the name of a file has no NUL"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "table-loader",
     "offset": 0,
     "message": "a file name is not ended by NUL: OVMF refuses the script"
    }
   ]
  }
 ],
 "K022": [
  {
   "input": [
    "a command has the number 7"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "table-loader",
     "offset": 0,
     "message": "command 7 is unknown; firmware skips it"
    }
   ]
  }
 ],
 "K023": [
  {
   "input": [
    "there is no etc/table-loader"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "etc/table-loader",
     "message": "the capture has no etc/table-loader; offsets are followed from etc/acpi/rsdp"
    }
   ]
  }
 ],
 "K024": [
  {
   "input": [
    "the FADT has no power management ports"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "etc/acpi/tables",
     "message": "the FADT has no power management ports: the capture was made before the firmware ran"
    }
   ]
  }
 ],
 "K025": [
  {
   "input": [
    "etc/acpi/tables has 128 bytes, in the directory 4096"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "etc/acpi/tables",
     "message": "214 bytes were captured, the directory says 4096"
    }
   ]
  }
 ],
 "K031": [
  {
   "input": [
    "the RSDT's signature is XXXX"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "0x1000",
     "offset": 4096,
     "message": "RSDT at 0x1000 (RSDP at 0xf0000): signature \"XXXX\""
    },
    {
     "severity": "error",
     "path": "0xf0000",
     "offset": 983040,
     "message": "the RSDP at 0xf0000 leads to no root table"
    },
    {
     "severity": "error",
     "path": "0x1000",
     "offset": 4096,
     "message": "RSDT at 0x1000 (RSDP at 0xf0000): signature \"XXXX\""
    },
    {
     "severity": "error",
     "path": "0xf0000",
     "offset": 983040,
     "message": "the RSDP at 0xf0000 leads to no root table"
    }
   ]
  }
 ],
 "K032": [
  {
   "input": [
    "an entry of the RSDT leads out of the image"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "0x90000000",
     "message": "table at 0x90000000 (RSDT at 0x1000): outside the image"
    }
   ]
  }
 ],
 "K033": [
  {
   "input": [
    "an image without RSDP"
   ],
   "finds": [
    {
     "severity": "warning",
     "path": "rsdp",
     "message": "no RSDP leads to a table; 0 found by looking for the signature NBFT"
    }
   ]
  }
 ],
 "K040": [
  {
   "input": [
    "the file NBFT has 1 GiB"
   ],
   "finds": [
    {
     "severity": "info",
     "path": "NBFT",
     "message": "NBFT is too large for a table"
    }
   ]
  }
 ],
 "K041": [
  {
   "input": [
    "the file NBFT may not be read"
   ],
   "finds": [
    {
     "severity": "error",
     "path": "NBFT",
     "message": "NBFT cannot be read: permission denied"
    }
   ]
  }
 ]
};
