// Generated from the rules by `npm run generate`; do not edit.
import type { RuleInfo } from "../../rule-info.ts";

/** Every rule, family by family. */
export const catalogue: readonly RuleInfo[] = [
 {
  "code": "H001",
  "name": "too-short",
  "severity": "error",
  "fatal": true,
  "summary": "The table has at least 128 bytes: the header and the Control Descriptor.",
  "why": "Everything else is found through these two structures.",
  "hint": "The capture is truncated: header and Control Descriptor take 128 bytes",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "rejects the table; nvme nbft show prints one line about it and exits with 0"
   }
  ]
 },
 {
  "code": "H002",
  "name": "checksum",
  "severity": "error",
  "fatal": true,
  "summary": "The bytes of the table add up to 0 modulo 256.",
  "why": "The specification sums the bytes that Length covers. libnvme sums the whole file, so bytes after the table change its result.",
  "hint": "The table was changed without correcting its checksum, or damaged; Linux rejects it",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "rejects the table; nvme nbft show prints one line about it and exits with 0"
   },
   {
    "who": "Linux",
    "what": "does not take such a table from an initrd"
   }
  ],
  "fix": "writes the checksum that makes the sum 0"
 },
 {
  "code": "H003",
  "name": "signature",
  "severity": "error",
  "fatal": true,
  "summary": "The signature is NBFT.",
  "why": "Only the signature distinguishes an NBFT from other bytes.",
  "hint": "These bytes are another ACPI table, or not a table",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "rejects the table; nvme nbft show prints one line about it and exits with 0"
   }
  ]
 },
 {
  "code": "H004",
  "name": "len-small",
  "severity": "error",
  "fatal": true,
  "summary": "Length is at least 128.",
  "why": "A table contains at least the header and the Control Descriptor.",
  "hint": "Length covers at least 128 bytes",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "rejects a table whose header has a length of less than 128 bytes"
   }
  ],
  "fix": "writes the number of bytes available"
 },
 {
  "code": "H005",
  "name": "len-beyond",
  "severity": "error",
  "fatal": true,
  "summary": "Length is not larger than the number of bytes available.",
  "why": "Either the capture is truncated or Length is wrong; readers must not trust it.",
  "hint": "The capture is truncated, or Length is wrong",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "rejects the table; nvme nbft show prints one line about it and exits with 0"
   }
  ],
  "fix": "writes the number of bytes available, unless the table was truncated"
 },
 {
  "code": "H006",
  "name": "trailing",
  "severity": "warning",
  "summary": "Nothing follows the table.",
  "why": "Linux shows exactly Length bytes in sysfs; other captures may be padded. The table ends at Length.",
  "hint": "Bytes after the table are ignored; libnvme sums the whole file and may reject it",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "sums the whole file and rejects the table when the extra bytes change the sum"
   }
  ],
  "fix": "cuts off what follows the table"
 },
 {
  "code": "H007",
  "name": "major",
  "severity": "error",
  "fatal": true,
  "summary": "The major revision is 1.",
  "why": "A reader does not accept a table of a higher major revision (A.4.1.2.1): its layout may be different, so nothing else is checked.",
  "hint": "Readers of revision 1 reject other major revisions",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "rejects the table; nvme nbft show prints one line about it and exits with 0"
   }
  ]
 },
 {
  "code": "H008",
  "name": "minor-newer",
  "severity": "warning",
  "summary": "The minor revision is one that readers know: 0 or 1.",
  "why": "Specification: a reader accepts every minor revision of a known major revision. Practice: libnvme rejects 2 and above, so Linux does not boot from such a table.",
  "hint": "Write minor revision 1; Linux does not read a newer one",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "A.4.1.2.1"
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "rejects a table of minor revision 2 or higher"
   }
  ],
  "fix": "writes minor revision 1"
 },
 {
  "code": "H009",
  "name": "minor-old",
  "severity": "info",
  "summary": "The minor revision is 1: the table is of revision 1.1 or newer.",
  "why": "A table of revision 1.0 has no HFI extended information, no connection timeout and no error details; their bytes were reserved.",
  "hint": "Nothing is wrong; fields of revision 1.1 have no meaning in this table",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "nvme-cli 3.0-rc1",
    "what": "prints connection_timeout 0 for every such table, though the field is not there"
   }
  ]
 },
 {
  "code": "H010",
  "name": "minor-0-with-1.1",
  "severity": "info",
  "summary": "A table of minor revision 0 uses nothing from revision 1.1.",
  "why": "Readers of revision 1.0 treat transport info version 2 and extended information of 23 bytes as reserved.",
  "hint": "Write minor revision 1, or transport info version 1 and extended information of 18 bytes",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "fix": "writes minor revision 1, or the 1.0 forms if no field of 1.1 has a value"
 },
 {
  "code": "H011",
  "name": "oem-pad",
  "severity": "info",
  "summary": "The OEM ID ends in NULs.",
  "why": "Specification: trailing bytes are NUL. Practice: all known firmware pads with blanks, as in other ACPI tables.",
  "hint": "Nothing breaks",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "fix": "replaces the blanks with NULs"
 },
 {
  "code": "H012",
  "name": "oem-ascii",
  "severity": "info",
  "summary": "OEM ID and OEM Table ID are printable ASCII.",
  "why": "Tools print both as they are.",
  "hint": "Use characters from 20h to 7Eh",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "1.5.2"
  }
 },
 {
  "code": "H013",
  "name": "hdr-reserved",
  "severity": "info",
  "summary": "Reserved bytes of the header are zero.",
  "why": "A later revision may define them.",
  "hint": "Write zeros",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "fix": "writes zeros"
 },
 {
  "code": "H014",
  "name": "heap-range",
  "severity": "error",
  "fatal": true,
  "summary": "The heap lies inside the table.",
  "why": "Offset plus length, without wrapping at 2^32, is not more than Length. Readers that added in 32 bits were exploitable.",
  "hint": "Check Heap Offset and Heap Length; nbft looks for objects in the whole table instead",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.2.2"
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "adds offset and length in 32 bits, so that a heap or list that wraps around passes the check"
   },
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "rejects a table if its heap or a list exceeds it, also by wrapping around"
   }
  ],
  "fix": "sets the heap to everything after the lists"
 },
 {
  "code": "H015",
  "name": "heap-overlap",
  "severity": "error",
  "summary": "The heap does not overlap the header or descriptors.",
  "why": "Otherwise writing a string into the heap overwrites a structure, or a structure is read as a string.",
  "hint": "Let the heap start after the last list",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.2.2"
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "accepts it"
   }
  ],
  "fix": "sets the heap to everything after the lists"
 },
 {
  "code": "H016",
  "name": "heap-not-last",
  "severity": "info",
  "summary": "The heap is the last part of the table.",
  "why": "Section 3.2.2.2 puts it at the end; bytes after it do not belong to anything.",
  "hint": "Move the heap to the end, or extend it to the end of the table",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.2.2"
  },
  "fix": "extends the heap to the end of the table"
 },
 {
  "code": "H017",
  "name": "heap-half",
  "severity": "info",
  "summary": "Heap Offset and Heap Length are both zero or both nonzero.",
  "why": "A table without a heap has neither.",
  "hint": "Write 0 to both, or both offset and length of the heap",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "fix": "sets the heap to everything after the lists"
 },
 {
  "code": "H018",
  "name": "drv-missing",
  "severity": "info",
  "summary": "The table names the driver that wrote it.",
  "why": "Section 3.2.1.4 requires a driver signature, which distinguishes the tables of several drivers. No known reader uses it.",
  "hint": "Refer to the driver's image path, as UEFI drivers do: Fv(GUID)/FvFile(GUID)",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.4"
  }
 },
 {
  "code": "H019",
  "name": "drv-bad-ref",
  "severity": "info",
  "summary": "The driver signature lies inside the heap.",
  "why": "It is a heap object like any other; no known reader uses it.",
  "hint": "Correct offset and length of the reference",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.4"
  }
 },
 {
  "code": "H020",
  "name": "drv-garbage",
  "severity": "info",
  "summary": "The driver signature is UTF-8 text.",
  "why": "Some firmware leaves bytes of its memory pool after the path, within the length.",
  "hint": "End the length with the string",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.4"
  },
  "fix": "ends the string after the driver's image path, if it begins with one"
 },
 {
  "code": "H021",
  "name": "minor-1",
  "severity": "warning",
  "summary": "The minor revision is 0, which all readers in use accept.",
  "why": "Specification: 1 is the minor revision since NVMe Boot 1.1. Practice: libnvme 1.x, which nvme-cli 2.x, dracut, NetworkManager, wicked and nvme-stas 2.4 read with, accepts only revision 1.0 and rejects the whole table.",
  "hint": "Boot with nvme-cli 3.0 or newer, or let the firmware write minor revision 0",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "rejects a table of minor revision 1 or higher, as do all programs that use libnvme 1.x: dracut, NetworkManager, wicked, nvme-stas"
   }
  ]
 },
 {
  "code": "C001",
  "name": "ctl-id",
  "severity": "error",
  "fatal": true,
  "summary": "The Control Descriptor has structure id 1.",
  "why": "It is at offset 64 and refers to everything else; without it, nothing else is checked.",
  "hint": "The Control Descriptor is at offset 64",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "rejects the table; nvme nbft show prints one line about it and exits with 0"
   }
  ],
  "fix": "writes 01h"
 },
 {
  "code": "C002",
  "name": "ctl-invalid",
  "severity": "info",
  "summary": "Block Valid is set: something is configured.",
  "why": "Specification: firmware that supports NVMe boot without a configuration publishes a table whose Control Descriptor is not valid. Practice: firmware publishes a valid one with a Host Descriptor and empty lists.",
  "hint": "The firmware supports NVMe boot but has nothing configured; libnvme rejects such a table",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2"
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "treats a table whose Block Valid is 0 as empty; connect-all then crashes with SIGSEGV unless --hostnqn is given"
   },
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "rejects a table whose Block Valid is 0"
   }
  ]
 },
 {
  "code": "C003",
  "name": "ctl-flags",
  "severity": "info",
  "summary": "Reserved bits of the Control Descriptor's flags are zero.",
  "why": "A later revision may define them; drafts used bit 1 for boot failover.",
  "hint": "Write zeros to bits 7 to 1",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "fix": "clears the bits"
 },
 {
  "code": "C004",
  "name": "ctl-len",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "The Control Descriptor's length is 64 bytes.",
  "why": "A smaller length would cut off fields. No known reader checks it.",
  "hint": "Write 64",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "fix": "writes 64"
 },
 {
  "code": "C005",
  "name": "ctl-rev",
  "severity": "info",
  "summary": "The Control Descriptor has major revision 1 and minor revision 0.",
  "why": "The minor revision stays 0 in tables of revision 1.1 and newer; only the header's minor revision changes.",
  "hint": "Write 1 and 0",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "fix": "writes 1.0"
 },
 {
  "code": "C006",
  "name": "host-ref",
  "severity": "error",
  "fatal": true,
  "summary": "The Host Descriptor's reference points to 32 bytes inside the table.",
  "why": "With Block Valid set, there is always a Host Descriptor.",
  "hint": "The Host Descriptor is at offset 128 and has 32 bytes",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "rejects a place outside the table, and accepts a length of 0"
   }
  ],
  "fix": "points to the Host Descriptor at offset 128, if there is one"
 },
 {
  "code": "C007",
  "name": "host-place",
  "severity": "info",
  "summary": "The Host Descriptor is at offset 128.",
  "why": "Section 3.2.1 gives header, Control Descriptor and Host Descriptor fixed offsets; readers follow the reference.",
  "hint": "Put the Host Descriptor right after the Control Descriptor",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1"
  }
 },
 {
  "code": "C008",
  "name": "host-len",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "The Host Descriptor has 32 bytes.",
  "why": "A smaller length would cut off fields. libnvme does not check it.",
  "hint": "Write 32",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "fix": "writes 32"
 },
 {
  "code": "C009",
  "name": "versions",
  "severity": "info",
  "summary": "The Host Descriptor and every list with entries have version 1.",
  "why": "Version 1 is the only one. No known reader checks it.",
  "hint": "Write 1",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "fix": "writes 1"
 },
 {
  "code": "C010",
  "name": "list-zero-offset",
  "severity": "error",
  "fatal": true,
  "summary": "A list with entries has an offset.",
  "why": "Offset 0 is the header.",
  "hint": "A list with entries needs an offset",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "rejects a table with a list that lies outside it, but accepts short entries and a list at offset 0; a list whose offset wraps around is read far outside the table, and nbft show and connect-all crash with SIGSEGV"
   },
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "rejects a table with a list that lies outside it, begins at 0, or has short entries"
   }
  ]
 },
 {
  "code": "C011",
  "name": "list-short",
  "severity": "error",
  "fatal": true,
  "summary": "A list's descriptor length is at least the structure's size.",
  "why": "It is the step from one entry to the next: 32 bytes for HFI and Discovery Descriptors, 64 for Security Profiles, 128 for SSNS.",
  "hint": "The descriptor length is the distance between entries and at least the structure's size",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "rejects a table with a list that lies outside it, but accepts short entries and a list at offset 0; a list whose offset wraps around is read far outside the table, and nbft show and connect-all crash with SIGSEGV"
   },
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "rejects a table with a list that lies outside it, begins at 0, or has short entries"
   }
  ],
  "fix": "writes the size of the structure, if that is the distance between the descriptors"
 },
 {
  "code": "C012",
  "name": "list-range",
  "severity": "error",
  "fatal": true,
  "summary": "A list ends inside the table.",
  "why": "Offset plus count times length, without wrapping at 2^32, is not more than Length.",
  "hint": "Offset + count × length must lie inside the table",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "rejects a table with a list that lies outside it, but accepts short entries and a list at offset 0; a list whose offset wraps around is read far outside the table, and nbft show and connect-all crash with SIGSEGV"
   },
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "rejects a table with a list that lies outside it, begins at 0, or has short entries"
   }
  ],
  "fix": "writes the number of descriptors present, if the offset is right"
 },
 {
  "code": "C013",
  "name": "list-stride",
  "severity": "info",
  "summary": "A list's descriptor length is the structure's size.",
  "why": "Specification: a longer descriptor is forward compatible; readers use its length as the step. Practice: libnvme does so since July 2026.",
  "hint": "Nothing is wrong, but older readers misread such a table",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "libnvme before August 2026",
    "what": "steps by the size it knows and reads the second entry in the wrong place"
   }
  ]
 },
 {
  "code": "C014",
  "name": "list-unused",
  "severity": "info",
  "summary": "An empty list has offset, length and version 0.",
  "why": "The fields are reserved when the count is 0; A.3.2.1 requires a cleared discovery offset. Firmware built on EDK2 leaves the offset of the end of the previous list.",
  "hint": "Nothing breaks: readers look at the count first",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "fix": "writes zeros"
 },
 {
  "code": "C015",
  "name": "list-overlap",
  "severity": "error",
  "summary": "A list does not overlap anything else.",
  "why": "The same bytes would have two meanings.",
  "hint": "Correct the list's offset",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "accepts it, and drops the entries whose structure id is another"
   }
  ]
 },
 {
  "code": "C016",
  "name": "list-align",
  "severity": "info",
  "summary": "Lists start at multiples of 8.",
  "why": "The specification requires no alignment, but firmware built on EDK2 aligns lists, and all sizes are multiples of 8.",
  "hint": "Nothing breaks",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  }
 },
 {
  "code": "C017",
  "name": "ctl-reserved",
  "severity": "info",
  "summary": "Reserved bytes of the Control Descriptor are zero.",
  "why": "A later revision may define them.",
  "hint": "Write zeros",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 9
  },
  "fix": "writes zeros"
 },
 {
  "code": "C018",
  "name": "ctl-lists-invalid",
  "severity": "warning",
  "summary": "A Control Descriptor that is not valid has no list entries.",
  "why": "Firmware without a configuration has nothing to list. Readers ignore the entries of such a table silently.",
  "hint": "Set Block Valid, or write counts of 0",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2"
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "treats a table whose Block Valid is 0 as empty; connect-all then crashes with SIGSEGV unless --hostnqn is given"
   },
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "rejects a table whose Block Valid is 0"
   }
  ]
 },
 {
  "code": "O001",
  "name": "host-id",
  "severity": "error",
  "fatal": true,
  "summary": "The Host Descriptor has structure id 2.",
  "why": "There is exactly one Host Descriptor; readers do not use a table without it.",
  "hint": "Check the Host Descriptor's offset",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "rejects the table; nvme nbft show prints one line about it and exits with 0"
   }
  ],
  "fix": "writes 02h, if there is a Host Descriptor at that place"
 },
 {
  "code": "O002",
  "name": "host-valid",
  "severity": "error",
  "fatal": true,
  "summary": "The Host Descriptor is valid.",
  "why": "The host connects with the identity in it.",
  "hint": "Without a valid Host Descriptor no reader uses the table",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "rejects the table; nvme nbft show prints one line about it and exits with 0"
   }
  ],
  "fix": "sets the flag, if the host NQN can be read"
 },
 {
  "code": "O003",
  "name": "host-flags",
  "severity": "info",
  "summary": "Reserved bits of the host flags are zero, and Primary Admin Host does not have its reserved value.",
  "why": "Bits 7 to 5 and the value 3 are reserved; nvme-cli prints that value as reserved.",
  "hint": "Write zeros",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  },
  "fix": "clears the bits"
 },
 {
  "code": "O004",
  "name": "nqn-empty",
  "severity": "error",
  "summary": "There is a host NQN.",
  "why": "A host always connects with a host NQN. Some firmware without a configuration publishes tables without one.",
  "hint": "Write the host NQN; the default is derived from the SMBIOS system UUID",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "rejects the table; nvme nbft show prints one line about it and exits with 0"
   }
  ]
 },
 {
  "code": "O005",
  "name": "nqn-bad",
  "severity": "error",
  "fatal": true,
  "summary": "The host NQN is a NUL-terminated string inside the heap.",
  "why": "Readers do not use a table without the host NQN.",
  "hint": "Correct offset and length of the reference; count the NUL in the length",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "rejects the table; nvme nbft show prints one line about it and exits with 0"
   }
  ],
  "fix": "moves a host NQN without a NUL to the end of the heap"
 },
 {
  "code": "O006",
  "name": "nqn-syntax",
  "severity": "warning",
  "summary": "The host NQN follows the grammar of NQNs and has at most 223 bytes.",
  "why": "Controllers compare host NQNs byte by byte and may refuse others.",
  "hint": "Use nqn.2014-08.org.nvmexpress:uuid:UUID or nqn.YYYY-MM.DOMAIN:NAME",
  "spec": {
   "doc": "NVMe-BASE",
   "rev": "2.1",
   "section": "4.7"
  }
 },
 {
  "code": "O007",
  "name": "hostid-zero",
  "severity": "warning",
  "summary": "The Host ID is not zero.",
  "why": "Zero means that the firmware had no Host ID; the host then connects with its own.",
  "hint": "Write the Host ID that the firmware used",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "treats a Host ID whose first byte is 0 as absent and connects with another; the kernel refuses one Host NQN with two Host IDs"
   }
  ],
  "fix": "writes the UUID of the host NQN, if it has one"
 },
 {
  "code": "O008",
  "name": "hostid-ff",
  "severity": "info",
  "summary": "The Host ID is not all ones.",
  "why": "Early firmware wrote FFh if it had no Host ID.",
  "hint": "Write the Host ID that the firmware used, or zero",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  },
  "fix": "writes the UUID of the host NQN, if it has one"
 },
 {
  "code": "O009",
  "name": "hostid-guid",
  "severity": "info",
  "summary": "The Host ID has the byte order of the host NQN's UUID.",
  "why": "Specification: the Host ID is the value used in Connect. Practice: most firmware built on EDK2 stores it as an EFI_GUID, with its first three fields reversed; readers use the bytes as they are, so that Linux and the firmware connect with different Host IDs.",
  "hint": "Store the UUID in the order in which it is printed",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  },
  "breaks": [
   {
    "who": "Linux",
    "what": "connects under a Host ID other than the UUID in its host NQN; targets that know the firmware's may refuse it"
   }
  ],
  "fix": "writes the bytes in the order of the host NQN's UUID"
 },
 {
  "code": "O010",
  "name": "hostid-differs",
  "severity": "info",
  "summary": "The Host ID is the UUID of the host NQN.",
  "why": "Both may be chosen freely; the kernel only requires one Host ID for each host NQN.",
  "hint": "Nothing is wrong if the administrator set them",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  }
 },
 {
  "code": "O011",
  "name": "host-reserved",
  "severity": "info",
  "summary": "Reserved bytes of the Host Descriptor are zero.",
  "why": "A later revision may define them.",
  "hint": "Write zeros",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  },
  "fix": "writes zeros"
 },
 {
  "code": "O012",
  "name": "multi-no-primary",
  "severity": "info",
  "summary": "Of several tables exactly one is selected as the Primary Admin Host.",
  "why": "The flag says which table's host identity is used for administration (A.3.1.3.2). To check it, give all tables of a machine.",
  "hint": "Select the Primary Admin Host in one table; check tables of different machines with --separate",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  }
 },
 {
  "code": "O013",
  "name": "hostid-first-zero",
  "severity": "warning",
  "summary": "The first byte of the Host ID is not zero.",
  "why": "Specification: any value but zero is a Host ID. Practice: libnvme tests only the first byte to see whether there is one.",
  "hint": "Use another Host ID",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "treats a Host ID whose first byte is 0 as absent and connects with another; the kernel refuses one Host NQN with two Host IDs"
   }
  ]
 },
 {
  "code": "O014",
  "name": "nqn-case",
  "severity": "info",
  "summary": "The UUID of a host NQN is in lower case.",
  "why": "Controllers compare host NQNs byte by byte, and readers differ in the case: an NQN copied from one of them may differ from the one that connects.",
  "hint": "Write the UUID in lower case, in the firmware and in the target's access list",
  "spec": {
   "doc": "NVMe-BASE",
   "rev": "2.1",
   "section": "4.7"
  },
  "breaks": [
   {
    "who": "nvme-cli 3.1 and later",
    "what": "lower-cases the UUID of a host NQN that begins with nqn.2014-08.org.nvmexpress:uuid:"
   }
  ]
 },
 {
  "code": "O015",
  "name": "nqn-not-own",
  "severity": "warning",
  "summary": "No other host has the same host NQN.",
  "why": "Targets know hosts by their NQN, and let each to its namespaces. The well-known discovery NQN, that of a subsystem, or one with a UUID of zeros or ones is not one host's.",
  "hint": "Give the host its own NQN, such as nqn.2014-08.org.nvmexpress:uuid: with the System UUID",
  "spec": {
   "doc": "NVMe-BASE",
   "rev": "2.1",
   "section": "4.7"
  }
 },
 {
  "code": "O016",
  "name": "multi-identity",
  "severity": "warning",
  "summary": "Tables of one machine name the host alike: to one host NQN there is one Host ID.",
  "why": "Linux keeps both together: what connects with one of them and another of the other is refused (EINVAL). To check it, give all tables of a machine.",
  "hint": "Use one host NQN with one Host ID in all tables of a machine",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 10
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "2.x connects each table's paths as that table names the host; the kernel refuses one Host NQN with two Host IDs, and one Host ID with two Host NQNs"
   }
  ]
 },
 {
  "code": "P001",
  "name": "obj-range",
  "severity": "error",
  "summary": "Every referenced object lies inside the heap.",
  "why": "A reference is an offset from the start of the table and a length; bytes outside the heap belong to something else.",
  "hint": "Every referenced object lies inside the heap",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.1"
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the descriptor without a message"
   }
  ]
 },
 {
  "code": "P002",
  "name": "obj-half",
  "severity": "info",
  "summary": "An unused reference has offset 0 and length 0.",
  "why": "With only one of them, it is not clear whether the object exists.",
  "hint": "An unused reference has offset 0 and length 0",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.1"
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "takes length 0 as absent, and offset 0 as out of range"
   }
  ],
  "fix": "writes zeros, if the length is 0"
 },
 {
  "code": "P003a",
  "name": "str-counted",
  "severity": "info",
  "summary": "Strings count their NUL in their length.",
  "why": "Specification: the length counts the NUL. Practice: both conventions are in use, and readers accept both. This finding shows which one the table uses.",
  "hint": "Nothing is wrong",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.1"
  }
 },
 {
  "code": "P003b",
  "name": "str-uncounted",
  "severity": "info",
  "summary": "Strings have a NUL after their length.",
  "why": "Specification: the length counts the NUL. Practice: firmware built on EDK2 writes one NUL after every object, which no length counts. Readers accept both.",
  "hint": "Nothing is wrong as long as there is a NUL",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.1"
  }
 },
 {
  "code": "P004",
  "name": "str-mixed",
  "severity": "info",
  "summary": "All strings of a table end in the same way.",
  "why": "A mix means that two programs wrote the table, or that a length is wrong by one.",
  "hint": "Count the NUL everywhere",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.1"
  },
  "fix": "counts the NUL of every string"
 },
 {
  "code": "P005",
  "name": "str-unterminated",
  "severity": "error",
  "summary": "A string ends in a NUL, inside its length or right after it.",
  "why": "Readers use it as a C string.",
  "hint": "Strings end in a NUL that the length counts",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.1"
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the descriptor without a message; reads past the end of a host name or root path"
   }
  ],
  "fix": "moves the string to the end of the heap, with a NUL"
 },
 {
  "code": "P006",
  "name": "str-term-outside",
  "severity": "error",
  "summary": "The NUL after a string lies inside the heap.",
  "why": "If the length of the last string does not count its NUL, readers read one byte too far.",
  "hint": "Count the NUL in the length, or keep one byte of heap after the string",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.1"
  },
  "breaks": [
   {
    "who": "libnvme up to 3.0-rc1",
    "what": "reads one byte past the end of the object"
   }
  ],
  "fix": "adds a NUL to the end of the heap, or moves the string there"
 },
 {
  "code": "P007",
  "name": "str-embedded",
  "severity": "warning",
  "summary": "A string contains no NUL before its end.",
  "why": "Readers that stop at the first NUL and readers that use the whole length get different strings.",
  "hint": "Readers cut the string at the first NUL",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.1"
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "cuts the text there"
   }
  ],
  "fix": "ends the string at its first NUL"
 },
 {
  "code": "P008",
  "name": "str-utf8",
  "severity": "warning",
  "summary": "Strings are valid UTF-8.",
  "why": "Section 1.5.2 requires UTF-8.",
  "hint": "Write UTF-8; readers pass the bytes on unchanged",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "1.5.2"
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "prints strings that are not UTF-8 unchanged: its JSON is invalid, and programs that read it fail"
   },
   {
    "who": "nvme-stas 2.3 to 2.4",
    "what": "crashes with SIGSEGV on strings that are not UTF-8"
   }
  ]
 },
 {
  "code": "P009",
  "name": "str-control",
  "severity": "warning",
  "summary": "Strings contain no control characters.",
  "why": "Strings of the table end up in terminals, logs and configuration files.",
  "hint": "Remove them; programs that print the string unescaped send control characters to a terminal or a log",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "1.5.2"
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "prints the characters as they are in its text output"
   }
  ]
 },
 {
  "code": "P010",
  "name": "obj-overlap",
  "severity": "warning",
  "summary": "Two objects are identical or do not overlap.",
  "why": "A partial overlap means that an offset or a length is wrong.",
  "hint": "Correct the reference",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.1"
  }
 },
 {
  "code": "P011",
  "name": "obj-shared",
  "severity": "info",
  "summary": "An object has one reference.",
  "why": "Sharing is allowed and saves space, but a tool that changes one object changes the other, too.",
  "hint": "Nothing is wrong",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.1"
  }
 },
 {
  "code": "P012",
  "name": "heap-unused",
  "severity": "info",
  "summary": "Heap bytes that nothing refers to are zero.",
  "why": "Leftovers may be firmware memory that was published by mistake.",
  "hint": "Clear them",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.2.2"
  },
  "fix": "writes zeros"
 },
 {
  "code": "F001",
  "name": "hfi-id",
  "severity": "error",
  "summary": "An HFI Descriptor has structure id 3.",
  "why": "Another id means that the list's offset, length or count is wrong; the content of the entry is not checked.",
  "hint": "Check the HFI list's offset (HFIO), descriptor length (HFIL) and count (NUMHFI)",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 12
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the HFI and every SSNS that needs it without a message"
   }
  ],
  "fix": "writes 03h, if everything else there is right"
 },
 {
  "code": "F002",
  "name": "hfi-invalid",
  "severity": "info",
  "summary": "An HFI Descriptor is valid.",
  "why": "Readers skip an entry that is not valid; nothing else in it has a meaning.",
  "hint": "Nothing is wrong if the entry is meant to be skipped",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 12
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the HFI and every SSNS that needs it without a message"
   }
  ]
 },
 {
  "code": "F003",
  "name": "hfi-index",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "HFI indexes count from 1 in the order of the list, and none occurs twice.",
  "why": "Specification: an index is unique, not 0, and has no priority. Practice: firmware writes the position, and some readers rely on it; libnvme uses the first of two equal indexes.",
  "hint": "Number the descriptors 1, 2, 3 … in their order, and the references to them likewise",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.2"
  },
  "breaks": [
   {
    "who": "nvme-stas 2.3 to 2.4",
    "what": "stops with a Python exception on an index that is not from 1 to the length of its list"
   }
  ],
  "fix": "numbers the HFIs by position, and updates references to them, if these are unambiguous"
 },
 {
  "code": "F004",
  "name": "hfi-trtype",
  "severity": "info",
  "summary": "The transport of an HFI is one that this revision defines: 3, TCP.",
  "why": "A reader reports an unknown transport and ignores the descriptor (A.4.1.2.3); its transport info is not checked.",
  "hint": "Nothing is wrong if the table has a newer revision",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "A.4.1.2.3"
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the HFI and every SSNS that needs it without a message"
   }
  ]
 },
 {
  "code": "F005",
  "name": "hfi-noinfo",
  "severity": "error",
  "summary": "An HFI has a Transport Info Descriptor.",
  "why": "It contains the interface's address and network configuration.",
  "hint": "Add the Transport Info Descriptor, or clear Descriptor Valid",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 12
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the HFI and every SSNS that needs it without a message"
   }
  ]
 },
 {
  "code": "F006",
  "name": "hfi-reserved",
  "severity": "info",
  "summary": "Reserved bits and bytes of an HFI Descriptor are zero.",
  "why": "A later revision may define them.",
  "hint": "Write zeros",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 12
  },
  "fix": "clears the bits, writes zeros"
 },
 {
  "code": "T001",
  "name": "ti-short",
  "severity": "error",
  "summary": "A Transport Info Descriptor has 128 bytes.",
  "why": "A reader that does not check the length reads past the object, or past the table.",
  "hint": "A TCP Transport Info Descriptor has 128 bytes",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 3.0-rc1",
    "what": "reads past a transport info, address or extended info object that is too short"
   },
   {
    "who": "nvme-cli 3.0 and later",
    "what": "drops the HFI or SSNS of an object that is too short, and ignores short extended info"
   }
  ],
  "fix": "writes 128, if a Transport Info Descriptor is there"
 },
 {
  "code": "T002",
  "name": "ti-id",
  "severity": "error",
  "summary": "A Transport Info Descriptor has structure id 7.",
  "why": "Another id means that the reference points elsewhere; the content is not checked.",
  "hint": "Check the HFI's transport info reference (HFITIDHOR)",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the HFI and every SSNS that needs it without a message"
   }
  ],
  "fix": "writes 07h, if everything else there is right"
 },
 {
  "code": "T003",
  "name": "ti-ver",
  "severity": "error",
  "summary": "A Transport Info Descriptor has version 1.",
  "why": "Another version may have another layout; the content is not checked. What changed with revision 1.1 is shown by the Transport Info Version (TIV) instead.",
  "hint": "Write 1",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the HFI and every SSNS that needs it without a message"
   }
  ],
  "fix": "writes 01h"
 },
 {
  "code": "T004",
  "name": "ti-trtype",
  "severity": "error",
  "summary": "The transport type is that of the HFI: 3, TCP.",
  "why": "The layout of the rest depends on the transport; the content is not checked.",
  "hint": "Write 3",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "fix": "writes 3, if that is the transport type of the HFI"
 },
 {
  "code": "T005",
  "name": "ti-tiv",
  "severity": "info",
  "summary": "The Transport Info Version is 1 or 2.",
  "why": "1 is the layout of revision 1.0, 2 that of 1.1 and newer. One figure of the specification still says 1.",
  "hint": "Write 2, or 1 when bytes 110 to 127 are not written",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "takes 0 for 1 and everything above 2 for 2"
   }
  ],
  "fix": "writes 2, for 0 it writes 1"
 },
 {
  "code": "T006",
  "name": "ti-index",
  "severity": "info",
  "summary": "A Transport Info Descriptor has the index of its HFI.",
  "why": "The index refers back to the HFI; another one means that two HFIs were mixed up.",
  "hint": "Write the HFI's index",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "fix": "writes the index of the HFI"
 },
 {
  "code": "T007",
  "name": "ti-invalid",
  "severity": "error",
  "summary": "The Transport Info Descriptor of a valid HFI is valid.",
  "why": "Without it, the HFI has no address; its content is not checked.",
  "hint": "Set Descriptor Valid, or clear that of the HFI",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the HFI and every SSNS that needs it without a message"
   }
  ]
 },
 {
  "code": "T008",
  "name": "ti-flags",
  "severity": "info",
  "summary": "Reserved bits of the transport flags are zero.",
  "why": "Bits 7 to 4 are reserved, and in version 1 also bit 3 (IP Address Autoconfigured).",
  "hint": "Write zeros, or version 2 for bit 3",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "nvme-cli 3.0-rc1",
    "what": "prints ipaddr_autoconf for version 1 too"
   }
  ],
  "fix": "clears the bits"
 },
 {
  "code": "T009",
  "name": "ti-iaa",
  "severity": "error",
  "summary": "An autoconfigured address is not from DHCP and has no origin.",
  "why": "With IP Address Autoconfigured set, DHCP Override is 0 and the IP Address Origin is 0.",
  "hint": "Clear one of them",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "fix": "writes origin 0; with DHCP it clears the flag and writes origin 3"
 },
 {
  "code": "T010",
  "name": "ti-route-many",
  "severity": "info",
  "summary": "At most one HFI was the default route.",
  "why": "Specification: at most one HFI of a table has the flag. Practice: firmware built on EDK2 sets it on every HFI, and no known reader uses it.",
  "hint": "Keep the flag on the HFI whose gateway was the default route",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.2.4.1.2.1"
  }
 },
 {
  "code": "T011",
  "name": "ti-dhcp-noext",
  "severity": "error",
  "summary": "In a table of revision 1.1 or newer, an HFI configured by DHCP has an IAID and a DUID.",
  "why": "The system must renew the firmware's lease with the firmware's identity; otherwise it may get another address while it boots from this one.",
  "hint": "Add extended information with DHCP Client Information (DCI), or write minor revision 0",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  }
 },
 {
  "code": "T012",
  "name": "ti-dhcp-origin",
  "severity": "info",
  "summary": "The IP Address Origin of an HFI configured by DHCP is 3, DHCP.",
  "why": "The two fields mean the same; some firmware writes 82, 94 and 95.",
  "hint": "Write 3",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "fix": "writes 3"
 },
 {
  "code": "T013",
  "name": "ti-origin",
  "severity": "info",
  "summary": "The IP Address Origin is 0, 1, 3 or 4.",
  "why": "2 and 5 to 255 are reserved; some firmware leaves the byte uninitialized.",
  "hint": "Write 1 for a static address, 3 for DHCP, 4 for a router advertisement, else 0",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "fix": "writes 0"
 },
 {
  "code": "T014",
  "name": "ti-mac",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "The MAC address is that of one interface.",
  "why": "Readers find the interface by it.",
  "hint": "Write the address that the interface had in the firmware",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "dracut, NetworkManager and nvme-cli",
    "what": "find no interface for the HFI"
   }
  ]
 },
 {
  "code": "T015",
  "name": "ti-vlan",
  "severity": "error",
  "summary": "The VLAN id is at most 4094.",
  "why": "0 means no VLAN; 4095 is reserved by IEEE 802.1Q.",
  "hint": "Write the VLAN id, or 0",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "NetworkManager",
    "what": "ignores a vlan= of dracut whose id is above 4094, and treats its interface as Ethernet"
   }
  ]
 },
 {
  "code": "T016",
  "name": "ti-ip-zero",
  "severity": "error",
  "summary": "An HFI has an IP address.",
  "why": "Some firmware publishes interfaces after DHCP has failed.",
  "hint": "Write the address, or clear Descriptor Valid of the HFI",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "passes :: or 0.0.0.0 as host_traddr to the kernel"
   }
  ]
 },
 {
  "code": "T017",
  "name": "ti-prefix",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "The subnet mask prefix fits the address: up to 32 for IPv4, up to 128 for IPv6, and not 0.",
  "why": "Specification: the prefix length is mandatory. Practice: firmware built on EDK2 writes 0 for every IPv6 address, and readers assume different prefix lengths.",
  "hint": "Write the prefix length of the network",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "NetworkManager",
    "what": "makes no connection for a prefix that is too long",
    "defects": [
     "too-long"
    ]
   },
   {
    "who": "NetworkManager",
    "what": "treats an IPv6 prefix of 0 as 64",
    "defects": [
     "zero"
    ]
   },
   {
    "who": "wicked 0.6.75 and later",
    "what": "takes a prefix of 0 as it is",
    "defects": [
     "zero"
    ]
   }
  ]
 },
 {
  "code": "T018",
  "name": "ti-family",
  "severity": "warning",
  "summary": "Gateway, DNS and DHCP servers are of the address's family.",
  "why": "The address cannot reach a gateway of the other family.",
  "hint": "Use one HFI for each family",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "NetworkManager",
    "what": "leaves out gateway and DNS servers of the other address family"
   }
  ]
 },
 {
  "code": "T019",
  "name": "ti-v4zero",
  "severity": "info",
  "summary": "An address that is absent is all zero.",
  "why": "Specification: absent is all zero. Practice: firmware built on EDK2 writes ::ffff:0.0.0.0, the IPv4 form; it means the same.",
  "hint": "Nothing breaks: readers treat it as absent",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "1.5.5.1"
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "prints 0.0.0.0"
   }
  ],
  "fix": "writes zeros"
 },
 {
  "code": "T020",
  "name": "ti-v4raw",
  "severity": "warning",
  "summary": "IPv4 addresses are mapped into IPv6.",
  "why": "An IPv4 address is in the last four bytes, after ::ffff. Figures in the specification's own examples have it in the first four, and ::A.B.C.D lacks the ::ffff; readers treat both as IPv6.",
  "hint": "Write ::ffff:A.B.C.D",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "1.5.5.1"
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "prints an IPv6 address such as c000:20a:: or ::192.0.2.10"
   }
  ],
  "fix": "writes the mapped form of the address"
 },
 {
  "code": "T021",
  "name": "ti-dhcp-server",
  "severity": "warning",
  "summary": "An HFI configured by DHCP names its DHCP server.",
  "why": "dracut uses the server's address to distinguish DHCP from a static configuration, and its family to distinguish DHCPv4 from DHCPv6; NetworkManager uses flag and origin.",
  "hint": "Write the server's address",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "dracut",
    "what": "uses DHCPv6 if the DHCP server is ::, DHCPv4 if it is 0.0.0.0"
   },
   {
    "who": "NetworkManager 1.54.0",
    "what": "uses DHCP only with DHCP Override and a DHCP server that is not zero"
   }
  ]
 },
 {
  "code": "T022",
  "name": "ti-dhcp-stray",
  "severity": "info",
  "summary": "An HFI not configured by DHCP has no DHCP server.",
  "why": "The field is reserved unless DHCP Override is set.",
  "hint": "Set DHCP Override, or clear the field",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "does not show it"
   }
  ],
  "fix": "writes zeros"
 },
 {
  "code": "T023",
  "name": "ti-reserved",
  "severity": "info",
  "summary": "Reserved bytes of a Transport Info Descriptor are zero.",
  "why": "Bytes 110 to 127 are reserved in version 1, and some firmware leaves garbage in them: readers must not use them as a reference to extended information.",
  "hint": "Write zeros; read bytes 110 to 116 only when the version is 2",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "fix": "writes zeros"
 },
 {
  "code": "T024",
  "name": "ti-hostname",
  "severity": "warning",
  "summary": "The host name is valid, with or without a domain or final dot.",
  "why": "It is the value of DHCP option 12: letters, digits and hyphens, labels of at most 63 characters.",
  "hint": "Use letters, digits and hyphens",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "1.5.6"
  }
 },
 {
  "code": "T025",
  "name": "ti-metric",
  "severity": "info",
  "summary": "An HFI with a gateway has a route metric.",
  "why": "500 is the value if routing is supported and no metric was set; 0 means no routing.",
  "hint": "Write 500",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "fix": "writes 500"
 },
 {
  "code": "T026",
  "name": "ti-origin-dhcp",
  "severity": "warning",
  "summary": "An HFI with an address from DHCP has DHCP Override set.",
  "why": "Specification: DHCP Override means that the information came from DHCP; IP Address Origin tells where the address came from. Practice: readers use only one of the two, and configure the interface in different ways.",
  "hint": "Set DHCP Override and write the DHCP server, or write another origin",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "dracut",
    "what": "uses DHCP if and only if DHCP Override is set, whatever the IP origin says"
   },
   {
    "who": "NetworkManager 1.54.0",
    "what": "uses DHCP only with DHCP Override and a DHCP server that is not zero"
   },
   {
    "who": "wicked 0.6.75 and later",
    "what": "uses DHCP if and only if DHCP Override is set, whatever the IP origin says"
   }
  ],
  "fix": "sets DHCP Override, if there is a DHCP server or client information"
 },
 {
  "code": "T027",
  "name": "ti-ip-unusable",
  "severity": "warning",
  "summary": "The IP address of an HFI is one that a host can have.",
  "why": "A loopback, multicast or broadcast address, or that of the network itself, cannot be the source of a connection; reserved ones (0.0.0.0/8, 240.0.0.0/4) are not assigned to hosts, though Linux accepts them.",
  "hint": "Write the address that the interface had in the firmware",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  }
 },
 {
  "code": "T028",
  "name": "ti-gateway",
  "severity": "warning",
  "summary": "The gateway of a static HFI is in its network, and is not the address of an HFI.",
  "why": "The system cannot reach such a gateway, and so nothing outside the HFI's network.",
  "hint": "Write the router's address in the HFI's network, or the right prefix length",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  }
 },
 {
  "code": "T030",
  "name": "ti-server-unusable",
  "severity": "warning",
  "summary": "DNS servers and the DHCP server have addresses that a server can have.",
  "why": "Servers do not have loopback, multicast, broadcast or reserved addresses, and nothing answers at the machine's own: requests to them time out. Readers write them into the system's configuration anyway.",
  "hint": "Write the server's address, or zeros if there is none",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  }
 },
 {
  "code": "X001",
  "name": "hx-short",
  "severity": "error",
  "summary": "HFI extended information has 20 bytes.",
  "why": "A reader that does not check the length reads past the object.",
  "hint": "An HFI Extended Information Descriptor has 20 bytes",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 15
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 3.0-rc1",
    "what": "reads past a transport info, address or extended info object that is too short"
   },
   {
    "who": "nvme-cli 3.0 and later",
    "what": "drops the HFI or SSNS of an object that is too short, and ignores short extended info"
   }
  ],
  "fix": "writes 20, if an HFI Extended Information Descriptor is there"
 },
 {
  "code": "X002a",
  "name": "hx-id",
  "severity": "error",
  "summary": "HFI extended information has structure id 0Ah.",
  "why": "Another id means that the reference points elsewhere; the content is not checked.",
  "hint": "Check the extended information reference (HTIEIDOR)",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 15
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "ignores the extended information"
   }
  ],
  "fix": "writes 0Ah, if everything else there is right"
 },
 {
  "code": "X002b",
  "name": "hx-ver",
  "severity": "error",
  "summary": "HFI extended information has version 1.",
  "why": "Another version may have another layout; the content is not checked.",
  "hint": "Write 1",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 15
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "ignores the extended information"
   }
  ],
  "fix": "writes 01h"
 },
 {
  "code": "X002c",
  "name": "hx-valid",
  "severity": "error",
  "summary": "HFI extended information that is referred to is valid.",
  "why": "The reference means that it exists; the content is not checked.",
  "hint": "Set Descriptor Valid, or clear the reference",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 15
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "ignores the extended information"
   }
  ]
 },
 {
  "code": "X003",
  "name": "hx-index",
  "severity": "info",
  "summary": "HFI extended information has the index of its HFI.",
  "why": "The figure calls it the index of the Transport Info Descriptor, which is the index of the HFI.",
  "hint": "Write the HFI's index",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 15
  },
  "fix": "writes the index of the HFI"
 },
 {
  "code": "X004",
  "name": "hx-origin",
  "severity": "error",
  "summary": "An HFI with DHCP Client Information has IP Address Origin 3, DHCP.",
  "why": "The client information is the identity for which the address was leased.",
  "hint": "Write origin 3, or clear DHCP Client Information (DCI)",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 15
  },
  "fix": "writes IP Address Origin 3"
 },
 {
  "code": "X005",
  "name": "hx-missing",
  "severity": "error",
  "summary": "DHCP Client Information has both an IAID and a DUID.",
  "why": "The two together identify a DHCP client.",
  "hint": "Write both, or clear DHCP Client Information (DCI)",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 15
  }
 },
 {
  "code": "X006",
  "name": "hx-iaid-len",
  "severity": "error",
  "summary": "An IAID has four bytes.",
  "why": "It is a 32-bit number.",
  "hint": "An IAID has four bytes",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 15
  },
  "breaks": [
   {
    "who": "libnvme up to 3.0-rc1",
    "what": "reads four bytes whatever the length says, up to three past the end of the object"
   }
  ],
  "fix": "writes 4, if nothing else is there"
 },
 {
  "code": "X007",
  "name": "hx-duid-len",
  "severity": "error",
  "summary": "A DUID has 3 to 130 bytes.",
  "why": "Two bytes of type and at least one of content, at most 128 (RFC 8415).",
  "hint": "Correct the length of the reference",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 15
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "cuts a longer one at 130 bytes"
   }
  ]
 },
 {
  "code": "X008",
  "name": "hx-duid-order",
  "severity": "info",
  "summary": "The fields of a DUID are little-endian.",
  "why": "Specification: the DUID is little-endian, and its examples show one with a type of one byte. Practice: libnvme reads fields little-endian after a type of two bytes, DHCP itself sends them big-endian.",
  "hint": "Write type, hardware type, time and enterprise number little-endian",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 15
  },
  "breaks": [
   {
    "who": "nvme-cli 3.0-rc1",
    "what": "prints dhcp_duid_type unknown"
   }
  ],
  "fix": "writes the fields little-endian, if the type has two bytes"
 },
 {
  "code": "X009",
  "name": "hx-tiv1",
  "severity": "info",
  "summary": "A Transport Info Descriptor of version 1 has no extended information.",
  "why": "The bytes of the reference are reserved before version 2; here they point into the heap, so the version is probably wrong.",
  "hint": "Write Transport Info Version 2, or clear the reference",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "ignores the extended information"
   }
  ],
  "fix": "writes zeros"
 },
 {
  "code": "X010",
  "name": "hx-reserved",
  "severity": "info",
  "summary": "Reserved bits of the extended information's flags are zero.",
  "why": "A later revision may define them.",
  "hint": "Write zeros",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 15
  },
  "fix": "clears the bits"
 },
 {
  "code": "S001",
  "name": "ss-id",
  "severity": "error",
  "summary": "An SSNS Descriptor has structure id 4.",
  "why": "Another id means that the list's offset, length or count is wrong; the content of the entry is not checked.",
  "hint": "Check the SSNS list's offset (SSNSO), descriptor length (SSNSL) and count (NUMSSNS)",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the SSNS without a message"
   }
  ],
  "fix": "writes 04h, if everything else there is right"
 },
 {
  "code": "S002",
  "name": "ss-invalid",
  "severity": "info",
  "summary": "An SSNS Descriptor is valid.",
  "why": "Readers skip an entry that is not valid; nothing else in it has a meaning.",
  "hint": "Nothing is wrong if the entry is meant to be skipped",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 18
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the SSNS without a message"
   }
  ]
 },
 {
  "code": "S003",
  "name": "ss-trtype",
  "severity": "error",
  "milder": [
   "info"
  ],
  "summary": "The transport of an SSNS is that of its HFI, and one that this revision defines: 3, TCP.",
  "why": "A reader reports an unknown transport and ignores the descriptor (A.4.1.2.3); a TCP interface reaches subsystems only over TCP.",
  "hint": "Write 3, or associate an HFI of the other transport",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "A.4.1.2.3"
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the SSNS without a message"
   }
  ]
 },
 {
  "code": "S004",
  "name": "ss-index",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "SSNS indexes count from 1 in the order of the list, and none occurs twice.",
  "why": "Specification: an index is unique, not 0, and has no priority. Practice: firmware writes the position, and some readers rely on it.",
  "hint": "Number the descriptors 1, 2, 3 … in their order",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.2"
  },
  "breaks": [
   {
    "who": "nvme-stas 2.3 to 2.4",
    "what": "stops with a Python exception on an index that is not from 1 to the length of its list"
   }
  ],
  "fix": "numbers the records by position"
 },
 {
  "code": "S005",
  "name": "ss-flags",
  "severity": "warning",
  "summary": "Reserved bits of the SSNS flags are zero, and Unavailable Namespace does not have its reserved value.",
  "why": "Bits 15 to 9 and the value 3 are reserved.",
  "hint": "Write zeros; 0 not indicated, 1 available, 2 unavailable",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 18
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "takes the value 3 for unavailable"
   }
  ],
  "fix": "clears the bits"
 },
 {
  "code": "S006",
  "name": "ss-traddr-missing",
  "severity": "error",
  "summary": "An SSNS has a transport address.",
  "why": "Without it, there is nothing to connect to.",
  "hint": "Write a reference to the 16 bytes of the address",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the SSNS without a message"
   }
  ]
 },
 {
  "code": "S007",
  "name": "ss-traddr-len",
  "severity": "error",
  "summary": "A transport address has 16 bytes.",
  "why": "IPv4 addresses are mapped into IPv6.",
  "hint": "Addresses have 16 bytes, IPv4 mapped into IPv6; libnvme reads 16 bytes whatever the length says",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 3.0-rc1",
    "what": "reads past a transport info, address or extended info object that is too short"
   },
   {
    "who": "nvme-cli 3.0 and later",
    "what": "drops the HFI or SSNS of an object that is too short, and ignores short extended info"
   }
  ],
  "fix": "writes 16, if nothing else is there"
 },
 {
  "code": "S008",
  "name": "ss-traddr-zero",
  "severity": "error",
  "summary": "The transport address is not zero.",
  "why": "A subsystem cannot have the address :: or 0.0.0.0.",
  "hint": "Write the subsystem's address",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  }
 },
 {
  "code": "S009",
  "name": "ss-trsvcid",
  "severity": "error",
  "summary": "The transport service id is a port number from 1 to 65535, in decimal.",
  "why": "The kernel uses it as the port; 4420 is the default of I/O controllers.",
  "hint": "Write the port, for example 4420",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops an SSNS without one, without a message; any other is passed on to the kernel"
   }
  ]
 },
 {
  "code": "S010",
  "name": "ss-nqn",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "An SSNS has a subsystem NQN of at most 223 bytes that follows the grammar of NQNs.",
  "why": "Connect names the subsystem by it; a longer one does not fit the command. Linux accepts one byte less, and no comma, which ends an option.",
  "hint": "Use nqn.2014-08.org.nvmexpress:uuid:UUID or nqn.YYYY-MM.DOMAIN:NAME",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops an SSNS without one, without a message; any other is passed on to the kernel"
   }
  ]
 },
 {
  "code": "S011",
  "name": "ss-nqn-discovery",
  "severity": "info",
  "summary": "The subsystem of an SSNS is not a discovery controller.",
  "why": "There is nothing to boot from; firmware built on EDK2 writes this record if it could not reach a discovery controller.",
  "hint": "Check the discovery controller: the firmware could not reach it",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "nvme-cli 2.10 and later",
    "what": "skips an SSNS whose NQN is the well-known discovery NQN"
   },
   {
    "who": "nvme-cli 2.5 to 2.9",
    "what": "connects to an SSNS whose NQN is the well-known discovery NQN"
   },
   {
    "who": "nvme-discoverd",
    "what": "treats an SSNS with the well-known discovery NQN as an I/O controller"
   }
  ]
 },
 {
  "code": "S012",
  "name": "ss-nidt",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "The namespace identifier's type is 1 (EUI-64), 2 (NGUID) or 3 (UUID).",
  "why": "Readers find the namespace by it; 4, the command set, is not an identity. Records of namespaces that were not reached have 0.",
  "hint": "Write the first that the namespace has: UUID, NGUID, EUI-64",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "prints no nid_type and an empty nid"
   }
  ]
 },
 {
  "code": "S013",
  "name": "ss-nid-eui",
  "severity": "info",
  "summary": "An EUI-64 fills the first eight bytes, and the rest is zero.",
  "why": "A longer value means that the type is wrong.",
  "hint": "Write type 2 for an NGUID, or clear the last eight bytes",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "ignores the last eight bytes"
   }
  ]
 },
 {
  "code": "S014",
  "name": "ss-nid-zero",
  "severity": "error",
  "summary": "An SSNS that is not unavailable identifies its namespace.",
  "why": "The system looks for the namespace by this identifier; without it, it does not know which one to boot from.",
  "hint": "Write the namespace's UUID, NGUID or EUI-64",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  }
 },
 {
  "code": "S015",
  "name": "ss-nsid",
  "severity": "error",
  "milder": [
   "info"
  ],
  "summary": "The namespace id is not FFFFFFFFh, and not 0 unless there is a namespace identifier.",
  "why": "FFFFFFFFh addresses all namespaces at once; 0 means to use the identifier.",
  "hint": "Write the namespace id",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "prints FFFFFFFFh as -1"
   }
  ]
 },
 {
  "code": "S016",
  "name": "ss-sec-flag",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "The Use Security flag and the security profile index go together.",
  "why": "Specification: without the flag the index is reserved. Practice: libnvme ignores the flag and uses only the index.",
  "hint": "Set the flag, or write index 0",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 18
  },
  "breaks": [
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "skips an SSNS or discovery controller with a security profile and still exits with 0"
   },
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "connects to an SSNS or discovery controller with a security profile without security, or with the keys that /etc/nvme/config.json has for this host NQN and ID"
   }
  ]
 },
 {
  "code": "S017",
  "name": "ss-sec-unresolved",
  "severity": "error",
  "summary": "The security profile of an SSNS exists.",
  "why": "Without it, it is unknown how to secure the connection.",
  "hint": "Correct the index, or add the profile",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "reads security profiles, and drops an SSNS whose profile is unknown"
   }
  ]
 },
 {
  "code": "S018",
  "name": "ss-hfi-unresolved",
  "severity": "error",
  "summary": "The primary HFI of an SSNS exists, and has its transport.",
  "why": "Without an interface there is no path to the subsystem. Readers skip HFIs of unknown transports.",
  "hint": "Write the index of a valid HFI",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the SSNS without a message"
   }
  ],
  "fix": "writes the index of the only HFI, if there is just one"
 },
 {
  "code": "S019",
  "name": "ss-shfi-empty",
  "severity": "warning",
  "summary": "An SSNS has a secondary HFI list, with at least its primary HFI.",
  "why": "Specification: the list is optional (Figures 17 and 27). Practice: libnvme drops every record without one, in all versions since 2022; firmware built on EDK2 writes the primary's index into it, so the bug went unnoticed.",
  "hint": "Write a list with one entry, the primary HFI's index",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the SSNS without a message, so that Linux does not connect to it"
   }
  ],
  "fix": "adds a list with the primary HFI's index"
 },
 {
  "code": "S020",
  "name": "ss-shfi-noise",
  "severity": "info",
  "summary": "A secondary HFI list has each other HFI once.",
  "why": "0 is an unused slot, and a repeated index adds nothing. A list of only the primary makes Linux use the record (S019), and is not reported.",
  "hint": "Leave out 0, duplicates and, if there are other HFIs, the primary",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "nvme-cli 2.8 to 2.x",
    "what": "counts a zero and the primary HFI in the secondary HFI list: [0] and [primary, other] leave a hole, on which nbft show and connect-all crash with SIGSEGV"
   },
   {
    "who": "nvme-cli 2.5 to 2.7",
    "what": "counts one HFI too few: the last one of the secondary list is not used, and repeated ones are kept"
   }
  ],
  "fix": "writes a list of the other HFIs, each once; if there are none, of the primary"
 },
 {
  "code": "S021",
  "name": "ss-shfi-unresolved",
  "severity": "warning",
  "summary": "The secondary HFIs of an SSNS exist.",
  "why": "The paths over them are lost.",
  "hint": "Write indexes of valid HFIs",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "skips the entry with a debug message"
   }
  ],
  "fix": "removes indexes that no HFI has"
 },
 {
  "code": "S022",
  "name": "ss-shfi-long",
  "severity": "warning",
  "summary": "A secondary HFI list has at most 255 entries.",
  "why": "There are no more indexes. Readers that search for duplicates pair by pair take seconds for a long list.",
  "hint": "Correct the length of the reference",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "compares all pairs: seconds of computing for one table"
   }
  ],
  "fix": "writes a list of the other HFIs, each once; if there are none, of the primary"
 },
 {
  "code": "S023",
  "name": "ss-pdc-unresolved",
  "severity": "warning",
  "summary": "The discovery controller of an SSNS exists.",
  "why": "The index tells where the record came from.",
  "hint": "Correct the index, or write 0",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "EDK2 before August 2024",
    "what": "wrote the HFI's index here"
   }
  ]
 },
 {
  "code": "S024",
  "name": "ss-disc-flag",
  "severity": "warning",
  "milder": [
   "info"
  ],
  "summary": "An SSNS has a discovery index exactly if its Discovered flag is set.",
  "why": "The flag and the index mean the same.",
  "hint": "Set both or neither",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 18
  },
  "fix": "sets the flag, if there is a discovery index"
 },
 {
  "code": "S025",
  "name": "ss-sdc",
  "severity": "info",
  "summary": "Separate Discovery Controller is set exactly if the discovery controller has a different address than the subsystem.",
  "why": "Firmware built on EDK2 never sets the flag; no known reader uses it.",
  "hint": "Set or clear the flag",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 18
  },
  "fix": "sets the flag according to the addresses"
 },
 {
  "code": "S026",
  "name": "ss-rootpath",
  "severity": "error",
  "milder": [
   "info"
  ],
  "summary": "The DHCP root path exists exactly if its flag is set.",
  "why": "Specification: the string is valid only with the flag. Practice: firmware built on EDK2 writes the string without the flag, and nvme-cli shows it anyway.",
  "hint": "Set the flag if there is a root path",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 18
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "shows the text whether the flag is set or not"
   }
  ],
  "fix": "sets the flag if there is a root path, else clears it"
 },
 {
  "code": "S027",
  "name": "ss-ext",
  "severity": "error",
  "milder": [
   "info"
  ],
  "summary": "The reference to extended information is used exactly if the flag is set.",
  "why": "Without the flag the reference is reserved and must not be followed.",
  "hint": "Set the flag together with the reference",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 18
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "goes on without the extended information"
   }
  ],
  "fix": "clears the flag and the reference"
 },
 {
  "code": "S028",
  "name": "ss-trflags",
  "severity": "info",
  "summary": "Transport specific flags are in use when one of them is set, and reserved ones are zero.",
  "why": "Specification: the digest bits count only with Transport Specific Flags In Use. Practice: nvme-cli prints them anyway, and connects without digests.",
  "hint": "Set bit 0 together with the digest bits",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 19
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "prints the digests as required"
   }
  ],
  "fix": "clears the bits"
 },
 {
  "code": "S029",
  "name": "ss-family",
  "severity": "warning",
  "summary": "The transport address is of the family of its HFIs' addresses.",
  "why": "An IPv4 interface address cannot reach an IPv6 address, or the other way round.",
  "hint": "Write the index of an HFI with an address of that family",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  }
 },
 {
  "code": "S030",
  "name": "ss-duplicate",
  "severity": "info",
  "summary": "No path to a namespace occurs twice.",
  "why": "Readers make one connection for each record and HFI.",
  "hint": "Remove one of the records",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "connects twice; the kernel refuses the second"
   }
  ]
 },
 {
  "code": "S031",
  "name": "ss-reserved",
  "severity": "info",
  "summary": "Reserved bytes of an SSNS Descriptor are zero.",
  "why": "A later revision may define them.",
  "hint": "Write zeros",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "fix": "writes zeros"
 },
 {
  "code": "S032",
  "name": "ss-shfi-zero",
  "severity": "warning",
  "summary": "A secondary HFI list contains no 0.",
  "why": "Specification: 0 is an unused slot. Practice: nvme-cli 2.x of 2025 counts the slot as an HFI, finds none, and crashes.",
  "hint": "Leave the entry out; write the primary HFI's index if nothing else is left",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "nvme-cli 2.8 to 2.x",
    "what": "counts a zero and the primary HFI in the secondary HFI list: [0] and [primary, other] leave a hole, on which nbft show and connect-all crash with SIGSEGV"
   }
  ],
  "fix": "writes a list of the other HFIs, each once; if there are none, of the primary"
 },
 {
  "code": "S033",
  "name": "ss-shfi-order",
  "severity": "warning",
  "summary": "In a secondary HFI list, no entry that readers skip precedes another HFI.",
  "why": "Specification: entries have no order. Practice: nvme-cli 2.x of 2025 leaves a hole for the primary, a duplicate or an unknown index, and crashes if another HFI follows: with [primary, other], but not with [other].",
  "hint": "With one HFI, list the primary; with several, list only the others",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "nvme-cli 2.8 to 2.x",
    "what": "counts a zero and the primary HFI in the secondary HFI list: [0] and [primary, other] leave a hole, on which nbft show and connect-all crash with SIGSEGV"
   }
  ],
  "fix": "writes a list of the other HFIs, each once"
 },
 {
  "code": "S034",
  "name": "ss-shfi-edk2",
  "severity": "info",
  "summary": "The only HFI in the secondary list is the primary one.",
  "why": "Firmware built on EDK2 up to 2023 writes 1 as the primary HFI of every record and the right one into the list. Here the subsystem is in the network of the listed HFI, not in that of the primary.",
  "hint": "Write the listed HFI as the primary one",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "connects over both HFIs; the primary one times out or takes another route"
   }
  ],
  "fix": "makes the only HFI of the list the primary one"
 },
 {
  "code": "S035",
  "name": "ss-sec-refused",
  "severity": "warning",
  "summary": "An SSNS has no security profile.",
  "why": "Specification: a profile says how the connection is secured. Practice: no Linux reader acts on it. nvme-cli 2.x connects without security, or with keys in the initramfs; 3.x skips the record.",
  "hint": "With nvme-cli 2.x put the keys into the initramfs (docs/secured-boots.md); with 3.x provide a path without a profile, or connect by nvme-fabrics.conf",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  },
  "breaks": [
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "skips an SSNS or discovery controller with a security profile and still exits with 0"
   },
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "connects to an SSNS or discovery controller with a security profile without security, or with the keys that /etc/nvme/config.json has for this host NQN and ID"
   },
   {
    "who": "nvme-discoverd",
    "what": "connects without security whatever the profile says"
   }
  ]
 },
 {
  "code": "S036",
  "name": "ss-no-route",
  "severity": "warning",
  "summary": "At least one HFI of an SSNS reaches its transport address.",
  "why": "The target is not in the network of a static HFI, and there is no gateway to it: the connection fails at once. An SSNS that is marked unavailable is not checked.",
  "hint": "Write the index of the HFI in the target's network, give the HFI a gateway, or correct address and prefix length",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  }
 },
 {
  "code": "S037",
  "name": "ss-target-unusable",
  "severity": "warning",
  "summary": "The transport address of an SSNS is one that a target can have.",
  "why": "No target has a loopback, multicast or broadcast address, or an address of the host. Linux reaches a target at the address of a network itself, other systems treat it as a broadcast address. Reserved addresses (0.0.0.0/8, 240.0.0.0/4, ::/96) are not assigned to targets.",
  "hint": "Write the target's address",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  }
 },
 {
  "code": "S038",
  "name": "ss-link-local",
  "severity": "warning",
  "summary": "Neither the transport address of an SSNS nor the address of its HFI is IPv6 link-local.",
  "why": "Such an address needs an interface. The firmware connects, but readers pass the address on without its interface, and Linux refuses it (EINVAL): the host's always, the target's unless the connection is bound to the interface. nvme-cli 3.0-rc1 and later bind it for an HFI without VLAN; whether the target then answers is not known.",
  "hint": "Assign routable addresses to target and interface, and write those",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "1.5.5"
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "leaves the interface of a path to the routing table: Linux refuses every IPv6 link-local target",
    "defects": [
     "unbound"
    ]
   },
   {
    "who": "nvme-cli",
    "what": "passes on IPv6 link-local addresses without their interface: Linux refuses the host's, and the target's unless the connection is bound to the interface",
    "defects": [
     "no-scope"
    ]
   },
   {
    "who": "nvme-discoverd 3.0-rc1 to 3.1",
    "what": "passes a link-local IPv6 address without its interface",
    "defects": [
     "no-scope",
     "unbound"
    ]
   }
  ]
 },
 {
  "code": "S039",
  "name": "ss-hfi-no-route",
  "severity": "warning",
  "summary": "If one HFI of an SSNS reaches its transport address, all of them do.",
  "why": "The paths over the others are lost: the target is not in their network, and there is no gateway to it.",
  "hint": "Leave the HFI out of the list, or correct its address, prefix length or gateway",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  }
 },
 {
  "code": "S040",
  "name": "ss-port-discovery",
  "severity": "warning",
  "summary": "An SSNS with the NQN of a subsystem does not have the port of discovery controllers.",
  "why": "8009 is the well-known port of discovery controllers, which refuse the NQN of a subsystem; subsystems use 4420.",
  "hint": "Write the subsystem's port, usually 4420; a discovery controller belongs in a Discovery Descriptor",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  }
 },
 {
  "code": "S041",
  "name": "ss-nid-differs",
  "severity": "warning",
  "summary": "All SSNS of one namespace have the same namespace identifier and the same NSID.",
  "why": "An NSID of a subsystem is one namespace, with one identifier of each type: one of the records is wrong.",
  "hint": "Write the values of the target's namespace",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 17
  }
 },
 {
  "code": "E001",
  "name": "ex-short",
  "severity": "error",
  "summary": "SSNS extended information has at least 18 bytes.",
  "why": "It has 18 bytes in revision 1.0, 23 in 1.1.",
  "hint": "An SSNS Extended Information Descriptor has 18 or 23 bytes",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "uses SSNS extended information of less than 18 bytes"
   },
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "ignores SSNS extended information of less than 18 bytes"
   }
  ],
  "fix": "writes 18, or 23 for revision 1.1, if an SSNS Extended Information Descriptor is there"
 },
 {
  "code": "E002",
  "name": "ex-partial",
  "severity": "info",
  "summary": "SSNS extended information has 18 bytes, or at least 23.",
  "why": "With a length in between, some fields of revision 1.1 are cut off.",
  "hint": "Write 18 or 23 bytes",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  },
  "breaks": [
   {
    "who": "libnvme 3.0-rc1",
    "what": "reads none of the fields of revision 1.1"
   }
  ],
  "fix": "writes the 23-byte form at the end of the heap"
 },
 {
  "code": "E003a",
  "name": "ex-id",
  "severity": "error",
  "summary": "SSNS extended information has structure id 9.",
  "why": "Another id means that the reference points elsewhere; the content is not checked.",
  "hint": "Check the extended information reference (SSNSEIDHOR)",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "ignores the extended information"
   }
  ],
  "fix": "writes 09h, if everything else there is right"
 },
 {
  "code": "E003b",
  "name": "ex-ver",
  "severity": "error",
  "summary": "SSNS extended information has version 1.",
  "why": "Another version may have another layout; the content is not checked.",
  "hint": "Write 1",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "ignores the extended information"
   }
  ],
  "fix": "writes 01h"
 },
 {
  "code": "E003c",
  "name": "ex-valid",
  "severity": "error",
  "summary": "SSNS extended information that is in use is valid.",
  "why": "The SSNS has its In Use flag set; the content is not checked.",
  "hint": "Set Descriptor Valid, or clear Extended Info In Use",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "ignores the extended information"
   }
  ]
 },
 {
  "code": "E003d",
  "name": "ex-index",
  "severity": "error",
  "summary": "SSNS extended information has the index of its SSNS.",
  "why": "Another index means that two records were mixed up; some firmware built on EDK2 does not count the records here.",
  "hint": "Write the SSNS's index",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "ignores the extended information"
   }
  ],
  "fix": "writes the index of the SSNS"
 },
 {
  "code": "E004",
  "name": "ex-naed",
  "severity": "info",
  "summary": "Namespace Access Error Details have a defined value, and only for an unavailable namespace.",
  "why": "Values 0Ah to 0Fh and 15h to EFh are reserved, F0h to FFh are the vendor's.",
  "hint": "Write 0, or set Unavailable Namespace to 2",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  }
 },
 {
  "code": "E005",
  "name": "ex-naed-pair",
  "severity": "info",
  "summary": "A network error comes with its extended error code, and so do invalid connect parameters.",
  "why": "Details 1 require the network connection error code (NCEEC), details 3 the connect parameter error code (CIPEEC).",
  "hint": "Write the code of the error",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  }
 },
 {
  "code": "E006",
  "name": "ex-cipeec",
  "severity": "info",
  "summary": "The connect parameter error code is 0 to 5.",
  "why": "Other values are reserved.",
  "hint": "Write 0 if there is no such error",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  }
 },
 {
  "code": "E007",
  "name": "ex-nceec",
  "severity": "info",
  "summary": "The network connection error code is 0 to 7.",
  "why": "Other values are reserved.",
  "hint": "Write 0 if there is no such error",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  }
 },
 {
  "code": "E008",
  "name": "ex-cntlid",
  "severity": "info",
  "summary": "The controller id is not a reserved one.",
  "why": "FFF0h to FFFDh are reserved; FFFEh and FFFFh have a meaning in Connect.",
  "hint": "Write the controller's id, 0 if the administrator set none, or FFFFh for any",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  }
 },
 {
  "code": "E009",
  "name": "ex-asqsz",
  "severity": "info",
  "summary": "There is an admin queue size, set by the administrator.",
  "why": "Specification: the size that was used. Practice: firmware built on EDK2 writes 32, or 0 for what it discovered, and never sets the administrator's flag; nvme-cli shows the size only with that flag.",
  "hint": "Nothing breaks",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  },
  "breaks": [
   {
    "who": "nvme-cli",
    "what": "prints asqsz 0 unless the administrator's flag (AASQZ) is set"
   }
  ]
 },
 {
  "code": "E010",
  "name": "ex-rootpath-uri",
  "severity": "info",
  "summary": "The DHCP root path has the form NVME+TCP://SERVER[:PORT]/NQN/NID.",
  "why": "It is the text that the DHCP server sent. Some firmware built on EDK2 loses its last character.",
  "hint": "Compare it with the DHCP server's configuration",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.2.5.3"
  }
 },
 {
  "code": "E011",
  "name": "ex-reserved",
  "severity": "info",
  "summary": "Reserved bits of the extended information's flags are zero.",
  "why": "A later revision may define them.",
  "hint": "Write zeros",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 21
  },
  "fix": "clears the bits"
 },
 {
  "code": "Y001",
  "name": "sec-id",
  "severity": "error",
  "summary": "A Security Profile Descriptor has structure id 5.",
  "why": "Another id means that the list's offset, length or count is wrong; the content of the entry is not checked.",
  "hint": "Check the security list's offset (SECO), descriptor length (SECL) and count (NUMSEC)",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 23
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the profile and every record that names it without a message"
   }
  ],
  "fix": "writes 05h, if everything else there is right"
 },
 {
  "code": "Y002",
  "name": "sec-invalid",
  "severity": "info",
  "summary": "A Security Profile Descriptor is valid.",
  "why": "Readers skip an entry that is not valid; nothing else in it has a meaning.",
  "hint": "Nothing is wrong if the entry is meant to be skipped",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 24
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the profile and every record that names it without a message"
   }
  ]
 },
 {
  "code": "Y003",
  "name": "sec-index",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "Security profile indexes count from 1 in the order of the list, and none occurs twice.",
  "why": "Specification: an index is unique, not 0, and has no priority. Practice: firmware writes the position.",
  "hint": "Number the descriptors 1, 2, 3 … in their order, and the references to them likewise",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.2"
  },
  "breaks": [
   {
    "who": "python-libnvme",
    "what": "nbft_get puts entries at their index - 1 and raises when that leaves a gap"
   }
  ],
  "fix": "numbers the profiles by position, and updates references to them, if these are unambiguous"
 },
 {
  "code": "Y004",
  "name": "sec-enum",
  "severity": "warning",
  "summary": "No field of the profile's flags has its reserved value 3, and reserved bits are zero.",
  "why": "The value 3 and bits 15 to 12 are reserved.",
  "hint": "Write 0 to 2; zeros to bits 15 to 12",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 24
  },
  "fix": "clears the bits"
 },
 {
  "code": "Y005",
  "name": "sec-list-missing",
  "severity": "error",
  "summary": "A list that the flags enable exists.",
  "why": "The flag means that the choice is restricted to the list.",
  "hint": "Add the list, or clear its flag",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 24
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "accepts the profile without the list"
   }
  ]
 },
 {
  "code": "Y006",
  "name": "sec-list-stray",
  "severity": "info",
  "summary": "A list that the flags do not enable has no reference.",
  "why": "Such a reference is reserved and must not be followed: some published tables have FFFFFFFFh there.",
  "hint": "Clear the reference, or enable the list",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 24
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "ignores it"
   }
  ],
  "fix": "writes zeros"
 },
 {
  "code": "Y007",
  "name": "sec-list-range",
  "severity": "error",
  "summary": "A list that the flags enable lies inside the heap.",
  "why": "It is a heap object like any other.",
  "hint": "Correct offset and length of the reference",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 23
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the profile and every record that names it without a message"
   }
  ]
 },
 {
  "code": "Y008",
  "name": "sec-cipher-odd",
  "severity": "error",
  "summary": "A list of cipher suites has an even number of bytes.",
  "why": "Each suite is an IANA number of two bytes, the higher first.",
  "hint": "Correct the length of the reference",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 23
  },
  "fix": "removes the last byte"
 },
 {
  "code": "Y009",
  "name": "sec-values",
  "severity": "info",
  "summary": "Secure channel algorithms, authentication protocols, DH groups and hash functions are known.",
  "why": "A reader cannot use unknown ones.",
  "hint": "Use values of the NVMe specifications",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 23
  }
 },
 {
  "code": "Y010",
  "name": "sec-secret-type",
  "severity": "info",
  "summary": "The secret type has no bits but bit 1, Redfish Host Interface URI.",
  "why": "Other bits are reserved; drafts used bit 0 for none and bit 2 for a vendor's URI.",
  "hint": "Write 0, or bit 1",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 23
  },
  "fix": "clears the bits"
 },
 {
  "code": "Y011",
  "name": "sec-key",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "There is a secret key path exactly if the secret type is set.",
  "why": "The type defines the format of the path.",
  "hint": "Write both or neither",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 23
  },
  "fix": "sets the bit, if there is a key path"
 },
 {
  "code": "Y012",
  "name": "sec-unused",
  "severity": "info",
  "summary": "A security profile is used by at least one record.",
  "why": "Otherwise it has no effect.",
  "hint": "Remove it, or use it in a record",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.2"
  }
 },
 {
  "code": "Y013",
  "name": "sec-reserved",
  "severity": "info",
  "summary": "Reserved bytes of a Security Profile Descriptor are zero.",
  "why": "A later revision may define them.",
  "hint": "Write zeros",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 23
  },
  "fix": "writes zeros"
 },
 {
  "code": "Y014",
  "name": "sec-no-protocol",
  "severity": "warning",
  "summary": "A profile allows the protocols that it requires: DH-HMAC-CHAP, TLS 1.3.",
  "why": "Required authentication has one protocol, DH-HMAC-CHAP; NVMe/TCP in Linux has one secure channel, TLS 1.3. A profile whose lists lack them forbids what it requires.",
  "hint": "Add dh-hmac-chap to authProtocols, tls1.3 to secureChannelAlgorithms, or clear the list's flag",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 23
  },
  "breaks": [
   {
    "who": "hosts that go by the profile",
    "what": "cannot connect: what is required is not allowed"
   }
  ]
 },
 {
  "code": "Y015",
  "name": "sec-no-group",
  "severity": "warning",
  "summary": "A profile allows at least one DH group and one hash function that hosts support.",
  "why": "DH-HMAC-CHAP needs a group and a hash that both sides have: null and ffdhe2048 to ffdhe8192, SHA-256, SHA-384 and SHA-512.",
  "hint": "Add a group and a hash of the NVMe Base Specification, or clear the list's flag",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 23
  },
  "breaks": [
   {
    "who": "hosts that go by the profile",
    "what": "cannot authenticate: no choice is left that both sides may take"
   }
  ]
 },
 {
  "code": "Y016",
  "name": "sec-no-cipher",
  "severity": "warning",
  "summary": "A profile allows at least one TLS 1.3 cipher suite that NVMe/TCP uses with pre-shared keys.",
  "why": "These are TLS_AES_128_GCM_SHA256 (1301h) and TLS_AES_256_GCM_SHA384 (1302h); tlshd offers no others with such a key.",
  "hint": "Add one of the two, or clear CSRP",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 23
  },
  "breaks": [
   {
    "who": "hosts that go by the profile",
    "what": "cannot make the TLS handshake: no suite is left that both sides may take"
   }
  ]
 },
 {
  "code": "Y017",
  "name": "sec-no-demand",
  "severity": "info",
  "summary": "A security profile that a record uses requires something.",
  "why": "Without authentication and a secure channel it has no effect, but nvme-cli 3.x still skips every record that uses it.",
  "hint": "Set what is required, or write profile index 0 in the record",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 24
  },
  "breaks": [
   {
    "who": "nvme-cli from 3.0-rc1",
    "what": "skips the records that name the profile, though it asks for nothing"
   }
  ]
 },
 {
  "code": "D001",
  "name": "dc-id",
  "severity": "error",
  "summary": "A Discovery Descriptor has structure id 6.",
  "why": "Another id means that the list's offset, length or count is wrong; the content of the entry is not checked.",
  "hint": "Check the discovery list's offset (DISCO), descriptor length (DISCL) and count (NUMDISC)",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 26
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the discovery descriptor without a message"
   }
  ],
  "fix": "writes 06h, if everything else there is right"
 },
 {
  "code": "D002",
  "name": "dc-invalid",
  "severity": "info",
  "summary": "A Discovery Descriptor is valid.",
  "why": "Readers skip an entry that is not valid; nothing else in it has a meaning.",
  "hint": "Nothing is wrong if the entry is meant to be skipped",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 26
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the discovery descriptor without a message"
   }
  ]
 },
 {
  "code": "D003",
  "name": "dc-index",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "Discovery indexes count from 1 in the order of the list, and none occurs twice.",
  "why": "Specification: an index is unique, not 0, and has no priority. Practice: firmware writes the position.",
  "hint": "Number the descriptors 1, 2, 3 … in their order, and the references to them likewise",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.2"
  },
  "breaks": [
   {
    "who": "nvme-stas 2.3 to 2.4",
    "what": "stops with a Python exception on an index that is not from 1 to the length of its list"
   }
  ],
  "fix": "numbers the descriptors by position, and updates references to them, if these are unambiguous"
 },
 {
  "code": "D004",
  "name": "dc-uri-missing",
  "severity": "error",
  "summary": "A discovery controller has a URI.",
  "why": "Without it, there is nothing to connect to.",
  "hint": "Write nvme+tcp://ADDRESS:8009/",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 26
  },
  "breaks": [
   {
    "who": "libnvme",
    "what": "drops the discovery descriptor without a message"
   }
  ]
 },
 {
  "code": "D005",
  "name": "dc-uri-bad",
  "severity": "error",
  "summary": "The URI of a discovery controller is nvme+tcp://HOST[:PORT]/ with a port from 1 to 65535.",
  "why": "Specification: a URI of RFC 3986, whose scheme may be in any case. Practice: nvme-cli compares the scheme case-sensitively, and does not check the range of the port.",
  "hint": "Write nvme+tcp://ADDRESS:8009/",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "1.5.7"
  },
  "breaks": [
   {
    "who": "nvme-cli 2.10 and later",
    "what": "keeps a discovery descriptor whose URI it cannot use, and does not connect to it; a port below 1 becomes 8009",
    "defects": [
     "scheme",
     "scheme-without-plus",
     "port",
     "port-range"
    ]
   },
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "resolves the host of a discovery URI: a name by DNS, a number such as 2001 to 0.0.7.209",
    "defects": [
     "host",
     "brackets"
    ]
   },
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "refuses a discovery URI whose host is not a numeric address",
    "defects": [
     "host",
     "brackets"
    ]
   },
   {
    "who": "nvme-cli 2.5 to 3.0",
    "what": "treats NVME+TCP:// as an unsupported scheme",
    "defects": [
     "upper-case"
    ]
   },
   {
    "who": "nvme-stas 2.3 to 2.4",
    "what": "stops with a Python exception on a discovery URI without + in its scheme",
    "defects": [
     "scheme-without-plus"
    ]
   },
   {
    "who": "nvme-stas 2.3 to 2.4",
    "what": "stops with a Python exception on a discovery URI whose port is above 65535 or not a number",
    "defects": [
     "port-range"
    ]
   },
   {
    "who": "nvme-stas 2.3 to 2.4",
    "what": "stops with a Python exception on a discovery URI whose brackets do not contain an IPv6 address",
    "defects": [
     "brackets"
    ]
   }
  ],
  "fix": "writes the scheme in lower case"
 },
 {
  "code": "D006",
  "name": "dc-uri-name",
  "severity": "warning",
  "summary": "The URI of a discovery controller has an address, not a host name.",
  "why": "A name must be resolved while the system boots; the firmware knew the address.",
  "hint": "Write the address",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "1.5.7"
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "resolves the host of a discovery URI: a name by DNS, a number such as 2001 to 0.0.7.209"
   },
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "refuses a discovery URI whose host is not a numeric address"
   }
  ]
 },
 {
  "code": "D007",
  "name": "dc-uri-brackets",
  "severity": "warning",
  "summary": "An IPv6 address in a URI is in brackets.",
  "why": "Without them, it is not clear where the address ends and the port begins (RFC 2732).",
  "hint": "Write nvme+tcp://[ADDRESS]:8009/",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "1.5.7"
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "resolves the host of a discovery URI: a name by DNS, a number such as 2001 to 0.0.7.209"
   },
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "refuses a discovery URI whose host is not a numeric address"
   },
   {
    "who": "nvme-discoverd",
    "what": "cuts a discovery URI at its first colon, so that an IPv6 address is lost"
   }
  ]
 },
 {
  "code": "D008",
  "name": "dc-hfi",
  "severity": "error",
  "summary": "The HFI of a Discovery Descriptor exists, and has the transport in its URI.",
  "why": "Without an interface there is no path to the controller. Readers skip HFIs of unknown transports.",
  "hint": "Write the index of a valid HFI; use one descriptor for each HFI",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 26
  },
  "breaks": [
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "drops a discovery descriptor whose HFI or security profile is unknown"
   },
   {
    "who": "nvme-cli 3.0-rc1",
    "what": "loses every discovery descriptor after one whose HFI or security profile is unknown"
   },
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "keeps a discovery descriptor whose HFI is unknown, on which connect-all crashes with SIGSEGV"
   }
  ],
  "fix": "writes the index of the only HFI, if there is just one"
 },
 {
  "code": "D009",
  "name": "dc-sec",
  "severity": "error",
  "summary": "The security profile of a Discovery Descriptor exists.",
  "why": "Without it, it is unknown how to secure the connection.",
  "hint": "Correct the index, or write 0",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 26
  },
  "breaks": [
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "drops a discovery descriptor whose HFI or security profile is unknown"
   },
   {
    "who": "nvme-cli 3.0-rc1",
    "what": "loses every discovery descriptor after one whose HFI or security profile is unknown"
   }
  ]
 },
 {
  "code": "D010",
  "name": "dc-nqn-missing",
  "severity": "warning",
  "summary": "A Discovery Descriptor has an NQN.",
  "why": "Specification: without one, the well-known discovery NQN is used. Practice: readers crash, or skip or drop the descriptor.",
  "hint": "Write the NQN, even if it is the well-known one",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 26
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "drops a discovery descriptor without NQN"
   },
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "crashes with SIGSEGV in the text output of nbft show on a discovery descriptor without NQN"
   },
   {
    "who": "nvme-discoverd",
    "what": "skips a discovery descriptor without NQN"
   }
  ],
  "fix": "writes the well-known discovery NQN"
 },
 {
  "code": "D011",
  "name": "dc-unlinked",
  "severity": "info",
  "summary": "At least one SSNS was discovered through the discovery controller.",
  "why": "Readers get the log page of a discovery controller that no record names, and connect to all its entries.",
  "hint": "Nothing is wrong if that is intended",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 26
  },
  "breaks": [
   {
    "who": "nvme-cli 2.10 and later",
    "what": "queries discovery controllers that no SSNS refers to"
   },
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "ends at the first discovery controller that fails: later ones, and following tables, are not tried"
   },
   {
    "who": "nvme-stas 2.3 to 2.4",
    "what": "connects to every discovery controller of an NBFT, linked or not"
   },
   {
    "who": "nvme-stas 3.0 and later",
    "what": "connects nothing from an NBFT, and reads it only to keep boot connections from being disconnected"
   }
  ]
 },
 {
  "code": "D012",
  "name": "dc-reserved",
  "severity": "info",
  "summary": "Reserved bits and bytes of a Discovery Descriptor are zero.",
  "why": "A later revision may define them.",
  "hint": "Write zeros",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 26
  },
  "fix": "clears the bits, writes zeros"
 },
 {
  "code": "D013",
  "name": "dc-nqn",
  "severity": "error",
  "milder": [
   "warning"
  ],
  "summary": "The NQN of a discovery controller has at most 223 bytes and follows the grammar of NQNs.",
  "why": "Connect names the controller by it; a longer one does not fit the command.",
  "hint": "Use nqn.2014-08.org.nvmexpress.discovery or the controller's own",
  "spec": {
   "doc": "NVMe-BASE",
   "rev": "2.1",
   "section": "4.7"
  }
 },
 {
  "code": "D014",
  "name": "dc-sec-refused",
  "severity": "warning",
  "summary": "A Discovery Descriptor has no security profile.",
  "why": "Specification: a profile says how the connection is secured. Practice: no Linux reader acts on it. nvme-cli 2.x connects without security, or with keys in the initramfs; 3.x skips the controller.",
  "hint": "Provide a discovery controller without a security profile",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 26
  },
  "breaks": [
   {
    "who": "nvme-cli 3.0-rc1 and later",
    "what": "skips an SSNS or discovery controller with a security profile and still exits with 0"
   },
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "connects to an SSNS or discovery controller with a security profile without security, or with the keys that /etc/nvme/config.json has for this host NQN and ID"
   }
  ]
 },
 {
  "code": "D015",
  "name": "dc-no-route",
  "severity": "warning",
  "summary": "The HFI of a Discovery Descriptor reaches the address in its URI.",
  "why": "Otherwise the address is one that no target can have, one that Linux refuses without an interface (IPv6 link-local), or in a network to which the static HFI has no gateway.",
  "hint": "Write the index of the HFI in the network of the address, give the HFI a gateway, or correct the URI",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 26
  },
  "breaks": [
   {
    "who": "nvme-cli 2.5 to 2.x",
    "what": "leaves the interface of a path to the routing table: Linux refuses every IPv6 link-local target",
    "defects": [
     "unbound"
    ]
   },
   {
    "who": "nvme-cli",
    "what": "passes on IPv6 link-local addresses without their interface: Linux refuses the host's, and the target's unless the connection is bound to the interface",
    "defects": [
     "no-scope"
    ]
   },
   {
    "who": "nvme-discoverd 3.0-rc1 to 3.1",
    "what": "passes a link-local IPv6 address without its interface",
    "defects": [
     "no-scope",
     "unbound"
    ]
   }
  ]
 },
 {
  "code": "G001",
  "name": "hfi-unused",
  "severity": "info",
  "summary": "An HFI is used by at least one SSNS or Discovery Descriptor.",
  "why": "Readers configure the interface anyway.",
  "hint": "Nothing is wrong if the interface is meant to be configured",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.1.2"
  }
 },
 {
  "code": "G002",
  "name": "same-hfi",
  "severity": "warning",
  "summary": "No two HFIs have the same MAC address and VLAN, in one table or several.",
  "why": "Readers configure one interface for each HFI, so they configure this one twice.",
  "hint": "Use one HFI for all records",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  },
  "breaks": [
   {
    "who": "dracut",
    "what": "configures an interface and VLAN from its first HFI, and skips the others"
   }
  ]
 },
 {
  "code": "G003",
  "name": "no-boot",
  "severity": "info",
  "summary": "At least one SSNS is valid and bootable.",
  "why": "Otherwise there is nothing to boot from; firmware without a configuration publishes such a table.",
  "hint": "Nothing is wrong if nothing is configured to boot",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "section": "3.2.2.5"
  }
 },
 {
  "code": "G004",
  "name": "same-address",
  "severity": "warning",
  "summary": "No two HFIs have the same IP address, in one table or several.",
  "why": "Connections are bound to the address, and the system sends all of them through one of the interfaces.",
  "hint": "Give each interface its own address",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  }
 },
 {
  "code": "G005",
  "name": "all-unavailable",
  "severity": "warning",
  "summary": "At least one bootable SSNS was available to the firmware.",
  "why": "Firmware marks the records that it could not connect to as unavailable. Readers try them anyway.",
  "hint": "Check the path from the firmware to the targets: link, VLAN, addresses, port, the host NQN in the target's access list",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 18
  }
 },
 {
  "code": "G006",
  "name": "same-network",
  "severity": "warning",
  "milder": [
   "info"
  ],
  "summary": "Every HFI is in a network of its own.",
  "why": "nvme-cli 2.x binds connections to the HFI's address only: the system sends all of them through one of the interfaces that are in the network. That is a warning where the records of one namespace name both HFIs, for their paths fail together. 3.0 binds connections to the interface as well.",
  "hint": "Put the interfaces into networks of their own; with one path, nothing is wrong",
  "spec": {
   "doc": "NVMe-BOOT",
   "rev": "1.3",
   "figure": 14
  }
 },
 {
  "code": "V001",
  "name": "not-a-store",
  "severity": "error",
  "summary": "The file begins with the firmware volume that holds variables.",
  "why": "The firmware finds no place for its variables.",
  "hint": "Name the firmware's VARS file (such as OVMF_VARS.fd), not its CODE file; qemu-img convert turns a qcow2 image into a raw one",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V002",
  "name": "cut-off",
  "severity": "error",
  "summary": "The file is as long as its volume, or longer.",
  "why": "A file of another size belongs to another build: setattempt reports success and nothing is stored.",
  "hint": "Copy the template again, or restore a backup: missing bytes cannot be restored",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V003",
  "name": "volume-header",
  "severity": "error",
  "summary": "The volume header has 72 bytes and its 16-bit words add up to 0.",
  "why": "With a wrong checksum OVMF erases the whole file and stops on an assertion at every boot.",
  "hint": "Restore a backup, or start from the template and set the variables again",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V004",
  "name": "store-header",
  "severity": "error",
  "summary": "The store header names a known format, fits the volume, and is formatted (5Ah) and healthy (FEh).",
  "why": "OVMF stops on an assertion.",
  "hint": "Use the VARS template of the same firmware build",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V005",
  "name": "unformatted",
  "severity": "info",
  "summary": "The store is formatted.",
  "why": "The firmware formats an empty flash image when it first starts.",
  "hint": "Nothing is wrong with a new flash image; nbft vars set formats it as the firmware does",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V006",
  "name": "broken-record",
  "severity": "error",
  "summary": "Every record lies inside the store.",
  "why": "The list of variables ends there, and the firmware reads on outside the store.",
  "hint": "Restore a backup, or read what is left with nbft vars show and write it into a new store",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V007",
  "name": "records-behind-end",
  "severity": "error",
  "summary": "No record follows the end of the list.",
  "why": "The list ends where a record does not begin with AA55h: the firmware does not see what follows and wipes it.",
  "hint": "Restore a backup: the records after the end of the list are lost at the next start",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V008",
  "name": "free-area",
  "severity": "warning",
  "summary": "The free space is all FFh.",
  "why": "The firmware rewrites the whole store when it starts, which takes up to a minute.",
  "hint": "nbft vars compact cleans it",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V009",
  "name": "working-block",
  "severity": "warning",
  "summary": "The fault-tolerant-write block has a valid header.",
  "why": "The firmware looks for a copy in the spare area, else makes a new one.",
  "hint": "Start the firmware once with this store: it writes the block again",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V010",
  "name": "write-pending",
  "severity": "error",
  "summary": "No fault-tolerant write is unfinished.",
  "why": "The firmware may copy the spare area over the store when it starts, and over any edit with it.",
  "hint": "Start the machine once with this store and shut it down, then edit",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V011",
  "name": "duplicate",
  "severity": "error",
  "summary": "A variable has one live record.",
  "why": "The firmware uses the first; if that is deleted, the other one becomes visible.",
  "hint": "Delete the variable and set it again",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V012",
  "name": "being-replaced",
  "severity": "warning",
  "summary": "No record is being replaced.",
  "why": "A write was interrupted: the old record counts as long as there is no new one.",
  "hint": "Nothing to do: the firmware completes or drops the write",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V013",
  "name": "unfinished-record",
  "severity": "info",
  "summary": "Every record was written to its end.",
  "why": "The firmware ignores it until it reclaims space. A record whose state was never written (FFh) is a warning: a DEBUG build of OVMF that checks the store stops on an assertion, and the guest does not boot.",
  "hint": "nbft vars compact STORE removes the record",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V014",
  "name": "variable-name",
  "severity": "error",
  "summary": "A name has at least one character and ends with the only NUL.",
  "why": "The firmware compares all bytes of the stored name, so no caller finds the variable.",
  "hint": "Delete the record with the program that wrote it, or start from the template",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V015",
  "name": "variable-size",
  "severity": "warning",
  "summary": "A variable is not larger than the build allows.",
  "why": "The firmware reads it, but refuses to write it back.",
  "hint": "Store less in the variable, or use a firmware build with a larger store",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V016",
  "name": "code-pair",
  "severity": "error",
  "summary": "Code and variables come from the same build: their sizes add up to the size of its flash.",
  "why": "The firmware finds no store where it expects one, and setattempt reports success although nothing is stored.",
  "hint": "Take CODE and VARS from one package: 1966080 and 131072 bytes (2M build), or 3653632 and 540672 (4M build)",
  "spec": {
   "doc": "EDK II VariableFormat.h",
   "rev": "edk2-stable202305"
  }
 },
 {
  "code": "V101",
  "name": "attributes",
  "severity": "error",
  "summary": "The NVMe-oF variables have the attributes NV+BS.",
  "why": "The driver's own write fails and NVMe-oF is silently missing for that boot.",
  "hint": "Set the variables again: nbft vars set STORE --attempts CONFIG",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "V102",
  "name": "global-size",
  "severity": "error",
  "summary": "NvmeofGlobalData has 754 bytes.",
  "why": "The driver refuses to start.",
  "hint": "Set the variables again: nbft vars set STORE --attempts CONFIG",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "V103",
  "name": "attempts-size",
  "severity": "error",
  "summary": "Nvmeof_Attemptconfig has a multiple of 1494 bytes and a record for every attempt counted.",
  "why": "The driver reads past the end of the variable; the setup menu requires whole records.",
  "hint": "Set the variables again: nbft vars set STORE --attempts CONFIG",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "V104",
  "name": "variable-missing",
  "severity": "error",
  "summary": "NvmeofGlobalData and Nvmeof_Attemptconfig exist together.",
  "why": "Without the first, the driver finds no number of attempts; without the second, no attempts.",
  "hint": "Set both together: nbft vars set STORE --attempts CONFIG",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "V105",
  "name": "driver-version",
  "severity": "warning",
  "summary": "DriverVersion is 10.",
  "why": "Builds before the setup menu refuse any other value; later ones write 10 when they start.",
  "hint": "Start the newer firmware once, or set the variables again",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "V106",
  "name": "unterminated",
  "severity": "error",
  "summary": "Every string of the NVMe-oF variables ends with a NUL in its field.",
  "why": "The driver reads on into the next field.",
  "hint": "Set the variables again with shorter texts",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "V107",
  "name": "left-over",
  "severity": "info",
  "summary": "The bytes after a string are zero.",
  "why": "setattempt copies earlier contents of its line buffer; nothing reads them, but they may reveal older texts.",
  "hint": "Nothing to do; nbft vars set STORE --attempts CONFIG writes zeros there",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "V108",
  "name": "stale-discovery",
  "severity": "info",
  "summary": "Discovery data is as old as the attempts that need it.",
  "why": "The driver writes it after a discovery and never removes it: it may be from an earlier configuration.",
  "hint": "Nothing to do; delete NvmeOfDiscoveryData if it is misleading",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "V109",
  "name": "vlan-variable",
  "severity": "warning",
  "summary": "For an attempt on a VLAN the VLAN is configured on its interface.",
  "why": "There is no VLAN device: the attempt is silently ignored.",
  "hint": "nbft vars set STORE --attempts CONFIG also writes the VLAN variable",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "V110",
  "name": "ip6-policy",
  "severity": "warning",
  "summary": "For an IPv6 attempt the interface's IPv6 policy is automatic.",
  "why": "The policy of a new store is manual: the attempt times out after 80 seconds.",
  "hint": "nbft vars set STORE --attempts CONFIG also writes the Ip6Config variable with the automatic policy",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A001",
  "name": "no-final-newline",
  "severity": "error",
  "summary": "The last line ends with a line feed.",
  "why": "The tool treats the end of the file inside a line as a read error and stores nothing.",
  "hint": "End the last line with a line feed",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A002",
  "name": "line-too-long",
  "severity": "error",
  "summary": "A line has at most 511 characters, carriage returns included.",
  "why": "The tool's buffer is full, reading stops and nothing is stored.",
  "hint": "Shorten the line; continue a comment in the next one",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A003",
  "name": "no-colon",
  "severity": "error",
  "summary": "Every line is `$Start`, `$End`, empty, a comment, or has a colon among its first 256 characters.",
  "why": "The tool searches for the colon past the end of the line: the firmware hangs forever.",
  "hint": "Write Key:Value, or put a # in the first column",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A004",
  "name": "marker-blank",
  "severity": "error",
  "summary": "`$Start` and `$End` are alone on their lines, without blanks.",
  "why": "`$End` with a blank does not end a block: the attempt is not counted, or the firmware hangs.",
  "hint": "Remove the blanks around the marker",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A005",
  "name": "comment-column",
  "severity": "error",
  "summary": "The # of a comment is in one of the first three columns.",
  "why": "Any other # is text: without a colon the firmware hangs, with one the tag is unknown.",
  "hint": "Put the # in the first column",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A006",
  "name": "unknown-key",
  "severity": "error",
  "summary": "Every key is one that the tool knows.",
  "why": "With one unknown key, nothing in the file is stored.",
  "hint": "Correct the key; nbft attempt format writes all keys in their usual spelling",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A007",
  "name": "enabled-case",
  "severity": "error",
  "summary": "`Enabled` is written with a capital E and small letters.",
  "why": "It is the only case-sensitive key: in another case it is unknown, and nothing is stored.",
  "hint": "Write Enabled",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A008",
  "name": "tag-too-long",
  "severity": "error",
  "summary": "A tag has at most 39 characters without its blanks.",
  "why": "The tool writes past its buffer, into the host identifier and then the host NQN.",
  "hint": "Correct the key: all known keys are shorter",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A009",
  "name": "byte-order-mark",
  "severity": "error",
  "summary": "The file is 8-bit text without a byte order mark, or UTF-16LE with one.",
  "why": "The tool reads a UTF-8 byte order mark as part of the first tag, and UTF-16BE as 8-bit text.",
  "hint": "Save the file as ASCII, or as UTF-16LE with its byte order mark",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A010",
  "name": "wide-character",
  "severity": "error",
  "summary": "No character is above U+00FF.",
  "why": "The tool converts to 8-bit text and halts on an assertion.",
  "hint": "Write ASCII characters",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A011",
  "name": "trailing-blank",
  "severity": "warning",
  "summary": "A value has no blanks at its end.",
  "why": "Trailing blanks are stored as part of the value: an NQN with a blank is another NQN.",
  "hint": "Remove the blanks at the end of the line",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A012",
  "name": "boolean",
  "severity": "warning",
  "summary": "A boolean is TRUE or FALSE.",
  "why": "Everything except TRUE counts as FALSE, even `1` and `TRUE` followed by a blank.",
  "hint": "Write TRUE or FALSE",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A013",
  "name": "override-switch",
  "severity": "error",
  "summary": "HostOverrideEnable is TRUE or FALSE.",
  "why": "With anything else the tool ends at once and stores nothing.",
  "hint": "Write TRUE or FALSE, or leave the key out",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A014",
  "name": "number-range",
  "severity": "error",
  "summary": "A number fits its field.",
  "why": "Higher bits are lost: TargetPort 70000 is stored as 4464.",
  "hint": "Write a number that fits",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A015",
  "name": "number-text",
  "severity": "warning",
  "summary": "A number is written in decimal digits.",
  "why": "Reading ends at the first other character: `0x1` is 0, `-1` is 0.",
  "hint": "Write decimal digits",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A016",
  "name": "address",
  "severity": "error",
  "summary": "The tool can read every address.",
  "why": "The tool prints a message and stores the rest; the field stays zero.",
  "hint": "Write four decimal numbers, or IPv6 without brackets",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A017",
  "name": "address-rest",
  "severity": "warning",
  "summary": "Nothing follows an address.",
  "why": "A prefix length and anything else after the address is ignored.",
  "hint": "Write only the address; SubnetMask has the prefix",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A018",
  "name": "host-id-form",
  "severity": "error",
  "summary": "HostId is a UUID: 8-4-4-4-12 hexadecimal digits without braces.",
  "why": "The tool does not set it, and without it stores nothing.",
  "hint": "Write HostId as 8-4-4-4-12 hexadecimal digits",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A019",
  "name": "guid-form",
  "severity": "warning",
  "summary": "TransportGUID and HostIdOverride are UUIDs.",
  "why": "HostIdOverride is not set; for TransportGUID the tool stores earlier contents of its stack.",
  "hint": "Write 8-4-4-4-12 hexadecimal digits",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A020",
  "name": "empty-value",
  "severity": "info",
  "summary": "A key has a value.",
  "why": "The tool ignores the line; the field keeps its value.",
  "hint": "Give a value, or leave the line out",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A021",
  "name": "duplicate-key",
  "severity": "warning",
  "summary": "A key occurs once in a block, a key of the host once in the file.",
  "why": "The last one wins silently.",
  "hint": "Keep the key in one place",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A022",
  "name": "not-counted",
  "severity": "error",
  "summary": "Every attempt is closed by `$End`.",
  "why": "Attempts are counted by `$End`: the driver ignores everything after the last one.",
  "hint": "Close the block with $End",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A023",
  "name": "outside-block",
  "severity": "warning",
  "summary": "Keys of an attempt are between `$Start` and `$End`.",
  "why": "`$Start` has no meaning for the tool: keys in front of it belong to the attempt that the next `$End` closes.",
  "hint": "Put the key after $Start",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A024",
  "name": "no-attempts",
  "severity": "warning",
  "summary": "There is at least one attempt.",
  "why": "With a count of 0 the driver does nothing and publishes no NBFT.",
  "hint": "Add an attempt: $Start, its keys, $End",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A025",
  "name": "too-many-attempts",
  "severity": "error",
  "summary": "There are at most seven attempts.",
  "why": "The tool refuses the eighth; from the ninth on it writes over its caller's memory.",
  "hint": "Leave out attempts: the driver takes seven, its setup menu four",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A026",
  "name": "text-too-long",
  "severity": "error",
  "summary": "A value leaves room for the NUL in its field.",
  "why": "The value is cut without a NUL: readers continue into the next field.",
  "hint": "Shorten the text",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A027",
  "name": "not-printable",
  "severity": "warning",
  "summary": "Values are printable ASCII.",
  "why": "The bytes are stored as they are; programs that read them later may assume another encoding.",
  "hint": "Write ASCII characters, and names with other characters in their ASCII form",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A028",
  "name": "nul",
  "severity": "warning",
  "summary": "No line contains a NUL.",
  "why": "The tool drops the rest of the line.",
  "hint": "Remove the NUL",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfCli",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A101",
  "name": "host-id-zero",
  "severity": "error",
  "summary": "The first stored byte of the host identifier, the fourth of its text, is not 00.",
  "why": "Zero there means that there is no identifier: the tool stores nothing, and newer drivers use the SMBIOS UUID instead.",
  "hint": "Choose another UUID",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A102",
  "name": "host-nqn-missing",
  "severity": "error",
  "summary": "There is a host NQN.",
  "why": "The tool stores nothing without one.",
  "hint": "Add HostNqn:nqn.2014-08.org.nvmexpress:uuid:UUID",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A103",
  "name": "host-nqn-form",
  "severity": "warning",
  "summary": "The host NQN begins with `nqn.`.",
  "why": "The firmware sends any value; targets compare it with their list of hosts.",
  "hint": "Write nqn.YYYY-MM.DOMAIN:NAME, or nqn.2014-08.org.nvmexpress:uuid:UUID",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A104",
  "name": "host-id-order",
  "severity": "warning",
  "summary": "Target and operating system see the host identifier that is in the host NQN.",
  "why": "Released firmware sends the identifier in EFI_GUID byte order: the first three groups arrive reversed, and Linux, which takes it from the NBFT, uses that other UUID together with the NQN.",
  "hint": "Write HostId with its first three groups reversed, to have the UUID of the host NQN on the wire",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A105",
  "name": "target-port-missing",
  "severity": "error",
  "summary": "TargetPort is not 0.",
  "why": "The driver has no default port, except for DHCP root paths.",
  "hint": "4420 is the usual port, 8009 for discovery",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A106",
  "name": "target-port-digits",
  "severity": "error",
  "summary": "TargetPort is below 10000.",
  "why": "The driver keeps four digits of the port: 14420 becomes a connection to 1442.",
  "hint": "Let the target listen on a port below 10000",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A107",
  "name": "mac-form",
  "severity": "error",
  "summary": "MacString is six pairs of upper-case digits with colons, and for a VLAN a backslash and four more digits; an interface can have it.",
  "why": "The driver compares it case-sensitively with the address of each interface in that form: an attempt in any other form is silently ignored, and so is one with an address or VLAN id that no interface has.",
  "hint": "Write for example EA:EB:D3:58:89:58, with VLAN 10 EA:EB:D3:58:89:58\\000A",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A108",
  "name": "mac-missing",
  "severity": "error",
  "summary": "An attempt has a MacString.",
  "why": "Without one it matches no interface.",
  "hint": "Add MacString: the address of the interface, in capital letters",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A109",
  "name": "ip-mode",
  "severity": "error",
  "summary": "IpMode is 0 (IPv4), 1 (IPv6) or 2 (autoconfigure).",
  "why": "With any other value, neither network stack handles the attempt.",
  "hint": "Write IpMode:0 or IpMode:1",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A110",
  "name": "host-address",
  "severity": "error",
  "summary": "An IPv4 attempt has a LocalIp or InitiatorInfoFromDhcp.",
  "why": "The host has no address to connect from.",
  "hint": "Add LocalIp and SubnetMask, or InitiatorInfoFromDhcp:TRUE",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A111",
  "name": "target-address",
  "severity": "error",
  "summary": "An attempt has a TargetIp, a ServerName with DnsMode, or TargetInfoFromDhcp.",
  "why": "There is nothing to connect to.",
  "hint": "Add TargetIp",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A112",
  "name": "nqn-missing",
  "severity": "error",
  "summary": "An attempt names a subsystem, or the discovery NQN.",
  "why": "The target refuses the connection.",
  "hint": "Add NQN",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A113",
  "name": "nid-prefix",
  "severity": "warning",
  "summary": "NID is written without `urn:uuid:`, `nvme-nguid:` or `eui:`.",
  "why": "The driver understands only the form without prefix; with one, as the setup menu requires, it treats the NID as missing and mounts every namespace.",
  "hint": "Write the UUID without prefix",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A114",
  "name": "nid-form",
  "severity": "warning",
  "summary": "NID has the form of a UUID, for an NGUID too.",
  "why": "The driver treats any other form as missing and mounts every namespace.",
  "hint": "Write 8-4-4-4-12 hexadecimal digits",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A115",
  "name": "without-effect",
  "severity": "info",
  "summary": "A key has an effect.",
  "why": "The driver never reads some fields, or only copies them into the NBFT.",
  "hint": "Nothing is wrong; the key may be left out",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A116",
  "name": "ipv6-local",
  "severity": "warning",
  "summary": "An IPv6 attempt has no LocalIp, SubnetMask or Gateway.",
  "why": "The driver ignores them: the source address comes from the IPv6 stack, whose policy must be automatic (variable Ip6Config).",
  "hint": "Leave it out: nbft vars set --attempts writes the Ip6Config variable with the automatic policy",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A117",
  "name": "duplicate-path",
  "severity": "warning",
  "summary": "No two attempts name the same interface, target, port, subsystem and namespace.",
  "why": "The driver skips the later one.",
  "hint": "Leave one of them out",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A118",
  "name": "menu-slots",
  "severity": "warning",
  "summary": "There are at most four attempts.",
  "why": "The setup menu has four: saving in it renames them, drops the others and sets the count to 4.",
  "hint": "Leave out attempts, or do not save from the setup menu",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A119",
  "name": "discovery-port",
  "severity": "warning",
  "summary": "A discovery controller has port 8009.",
  "why": "8009 is its well-known port; 4420 is that of subsystems, where a discovery controller may answer, too.",
  "hint": "Write TargetPort:8009, unless the discovery controller listens elsewhere",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A120",
  "name": "disabled",
  "severity": "info",
  "summary": "An attempt is enabled.",
  "why": "The driver skips an attempt whose Enabled is 0 or missing.",
  "hint": "Add Enabled:1 to use the attempt",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A121",
  "name": "address-family",
  "severity": "error",
  "summary": "Addresses are of the family that IpMode names.",
  "why": "For IPv4 the driver takes the first four bytes of the field, for IPv6 all sixteen.",
  "hint": "Correct IpMode or the address",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A122",
  "name": "server-name",
  "severity": "warning",
  "summary": "DnsMode and ServerName are used together.",
  "why": "DnsMode without a name resolves nothing; a name without DnsMode is ignored.",
  "hint": "Write both, or neither",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A123",
  "name": "subnet-mask",
  "severity": "warning",
  "summary": "A static IPv4 address has a subnet mask of ones followed by zeros.",
  "why": "The IPv4 stack refuses any other.",
  "hint": "Write for example 255.255.255.0",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A124",
  "name": "no-route",
  "severity": "warning",
  "summary": "The target is in the host's subnet, or there is a gateway to it.",
  "why": "The connection cannot be routed.",
  "hint": "Add Gateway, or correct TargetIp, LocalIp or SubnetMask",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A125",
  "name": "override-incomplete",
  "severity": "error",
  "summary": "HostOverrideEnable comes with HostIdOverride and HostNqnOverride.",
  "why": "Without them the tool stores nothing.",
  "hint": "Add HostIdOverride and HostNqnOverride, or leave HostOverrideEnable out",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A126",
  "name": "same-place",
  "severity": "error",
  "summary": "No two attempts connect to the same subsystem at the same address and port.",
  "why": "If both succeed, from another interface or for another namespace, the driver halts the machine with an ASSERT.",
  "hint": "Use a separate address or port of the target for each path; one attempt without NID mounts every namespace",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A127",
  "name": "host-address-unusable",
  "severity": "warning",
  "summary": "LocalIp, Gateway and DNS servers are addresses that a host can have, and the gateway is in the host's subnet.",
  "why": "The IPv4 stack refuses such an address, or cannot reach such a gateway; the table passes DNS servers on to the system (T030).",
  "hint": "Correct LocalIp, SubnetMask, Gateway, PrimaryDns or SecondaryDns",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A128",
  "name": "target-link-local",
  "severity": "warning",
  "summary": "TargetIp is not an IPv6 link-local address.",
  "why": "The firmware connects, from its own link-local address, whatever LocalIp is (EDK II, Ip6SelectSourceAddress); that is the HFI's address in the table. The system that it starts does not connect: readers of the NBFT pass both addresses on without their interface, and Linux always refuses the host's (S038).",
  "hint": "Assign routable addresses to target and interface, and write the target's",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "A129",
  "name": "own-address",
  "severity": "warning",
  "summary": "No address of one attempt's interface is that of another one's, or its gateway or target.",
  "why": "The machine has the address itself: the system connects to itself, or routes nothing to such a gateway (S037, T028, G004).",
  "hint": "Correct LocalIp, Gateway or TargetIp",
  "spec": {
   "doc": "timberland-sig/edk2 NvmeOfDxe",
   "rev": "1.0_final"
  }
 },
 {
  "code": "Q001",
  "name": "acpitable-large",
  "severity": "error",
  "summary": "A table for -acpitable has at most 65535 bytes.",
  "why": "QEMU keeps its length in 16 bits and refuses to start with a larger one.",
  "hint": "Put the table into an initrd (nbft initrd), or into the loader's files (nbft qemu --route table-loader)",
  "spec": {
   "doc": "QEMU hw/acpi/core.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q002",
  "name": "acpitable-short",
  "severity": "error",
  "summary": "A table given with file= has at least the 36 bytes of an ACPI table header.",
  "why": "QEMU uses the first 36 bytes as the header and refuses to start without them.",
  "hint": "Name the file of a whole table; data= is for a body without header",
  "spec": {
   "doc": "QEMU hw/acpi/core.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q003",
  "name": "acpitable-length",
  "severity": "warning",
  "summary": "The table's Length is the size of its file.",
  "why": "QEMU writes the size of the file into Length, so the guest sees a different table than the one in the file.",
  "hint": "nbft repair --only H004,H005,H006 corrects the file",
  "spec": {
   "doc": "QEMU hw/acpi/core.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q004",
  "name": "acpitable-checksum",
  "severity": "warning",
  "summary": "The table's bytes add up to 0.",
  "why": "QEMU corrects the checksum of -acpitable silently; in injected items, SeaBIOS passes the table on as it is and OVMF installs nothing.",
  "hint": "nbft repair --only H002 corrects the file; to test a wrong checksum, use an initrd, or SeaBIOS and the table-loader route",
  "spec": {
   "doc": "QEMU hw/acpi/core.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q005",
  "name": "acpitable-path",
  "severity": "error",
  "summary": "The path of a table has no colon and is not empty.",
  "why": "QEMU treats a colon as the separator of two paths.",
  "hint": "Use a relative path, or a copy under another name",
  "spec": {
   "doc": "QEMU hw/acpi/core.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q006",
  "name": "acpitable-total",
  "severity": "error",
  "summary": "All tables of a machine together have less than 2 MiB, QEMU's own included.",
  "why": "QEMU stops on an assertion, without a message, when they have more.",
  "hint": "Use fewer or smaller tables",
  "spec": {
   "doc": "QEMU hw/acpi/core.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q007",
  "name": "acpitable-target",
  "severity": "error",
  "summary": "-acpitable is used with an x86 machine.",
  "why": "Other QEMU targets do not have the option and refuse it.",
  "hint": "Put the table into an initrd: nbft qemu --route initrd",
  "spec": {
   "doc": "QEMU qemu-options.hx",
   "rev": "11.1"
  }
 },
 {
  "code": "Q008",
  "name": "acpitable-ignored",
  "severity": "error",
  "summary": "The machine hands -acpitable tables to its firmware.",
  "why": "Some machines accept the option and drop the table.",
  "hint": "Use --machine q35 or pc",
  "spec": {
   "doc": "QEMU qemu-options.hx",
   "rev": "11.1"
  }
 },
 {
  "code": "Q011",
  "name": "acpitable-source",
  "severity": "error",
  "summary": "What an -acpitable option names becomes an NBFT.",
  "why": "With another signature the guest sees another table.",
  "hint": "Write -acpitable file=NBFT.bin",
  "spec": {
   "doc": "QEMU hw/acpi/core.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q012",
  "name": "acpitable-migration",
  "severity": "warning",
  "summary": "All tables together have at most 64 KiB, QEMU's own included.",
  "why": "QEMU before 10.0 warns that such a machine may not migrate.",
  "hint": "Nothing is wrong if the machine is not migrated",
  "spec": {
   "doc": "QEMU hw/acpi/core.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q020",
  "name": "fw-cfg-name",
  "severity": "error",
  "summary": "The name of a fw_cfg item has at most 55 characters.",
  "why": "QEMU refuses to start with a longer one: the directory has 56 bytes for a name and its NUL.",
  "hint": "Choose a shorter name below opt/",
  "spec": {
   "doc": "QEMU hw/nvram/fw_cfg.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q021",
  "name": "fw-cfg-prefix",
  "severity": "warning",
  "summary": "The name of a fw_cfg item begins with opt/.",
  "why": "Other names belong to QEMU and the firmware; QEMU warns and accepts the item.",
  "hint": "Nothing is wrong with the items of an injected table set, which replace QEMU's own",
  "spec": {
   "doc": "QEMU hw/nvram/fw_cfg.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q022",
  "name": "fw-cfg-duplicate",
  "severity": "error",
  "summary": "Every fw_cfg item has its own name, which is not that of one of QEMU's items.",
  "why": "QEMU refuses to start with two items of the same name.",
  "hint": "Start the machine with acpi=off to provide its ACPI items yourself",
  "spec": {
   "doc": "QEMU hw/nvram/fw_cfg.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q023",
  "name": "fw-cfg-slots",
  "severity": "error",
  "summary": "There is a fw_cfg slot for every item.",
  "why": "QEMU stops on an assertion when they run out; there are 32, and the machine's own items take about half.",
  "hint": "-global fw_cfg_io.x-file-slots=128 (x86) or fw_cfg_mem.x-file-slots=128 (Arm) gives more",
  "spec": {
   "doc": "QEMU hw/nvram/fw_cfg.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q024",
  "name": "fw-cfg-source",
  "severity": "error",
  "summary": "A fw_cfg item has a name and a value.",
  "why": "QEMU refuses an option without one of them.",
  "hint": "Write -fw_cfg name=opt/NAME,file=FILE or string=TEXT",
  "spec": {
   "doc": "QEMU hw/nvram/fw_cfg.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q030",
  "name": "firmware-pair",
  "severity": "error",
  "summary": "CODE and VARS are from the same firmware build.",
  "why": "The sizes determine where the firmware looks for its variables: with VARS of another build, it finds none.",
  "hint": "2M: CODE 1966080 with VARS 131072 bytes; 4M: CODE 3653632 with VARS 540672 bytes",
  "spec": {
   "doc": "QEMU hw/i386/pc_sysfw.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q031",
  "name": "firmware-vars",
  "severity": "error",
  "summary": "The VARS file is a variable store, the CODE file is not, and their format is the one given.",
  "why": "With files swapped, or a qcow2 image used as raw, the guest does not start and QEMU prints nothing.",
  "hint": "Check both with nbft vars show; use format=qcow2 for a qcow2 image",
  "spec": {
   "doc": "QEMU hw/i386/pc_sysfw.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q032",
  "name": "firmware-size",
  "severity": "error",
  "summary": "Firmware images have sizes that fit the machine's flash.",
  "why": "A PC takes multiples of 4096 bytes, together up to 8 MiB, Arm's virt exactly 64 MiB each; QEMU refuses others.",
  "hint": "For virt pad the images: truncate -s 64M FILE",
  "spec": {
   "doc": "QEMU hw/i386/pc_sysfw.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q033",
  "name": "file-missing",
  "severity": "error",
  "summary": "Every file that the machine names can be opened.",
  "why": "QEMU refuses to start without it.",
  "hint": "Correct the path; relative paths are relative to the folder where QEMU is started",
  "spec": {
   "doc": "QEMU qemu-options.hx",
   "rev": "11.1"
  }
 },
 {
  "code": "Q034",
  "name": "firmware-none",
  "severity": "error",
  "summary": "A machine for which QEMU has no firmware is given one.",
  "why": "Without firmware nothing reads the table.",
  "hint": "Name the images: --code and --vars",
  "spec": {
   "doc": "QEMU qemu-options.hx",
   "rev": "11.1"
  }
 },
 {
  "code": "Q040",
  "name": "duplicate-id",
  "severity": "error",
  "summary": "Every id is an identifier, and unique.",
  "why": "QEMU refuses to start with another form, or with a repeated id.",
  "hint": "An id begins with a letter, followed by letters, digits, dots, hyphens and underscores",
  "spec": {
   "doc": "QEMU qemu-options.hx",
   "rev": "11.1"
  }
 },
 {
  "code": "Q041",
  "name": "duplicate-mac",
  "severity": "error",
  "summary": "Every NIC has its own unicast MAC address.",
  "why": "Programs find the interfaces of an NBFT by MAC address, and cannot distinguish two with the same address.",
  "hint": "Correct the addresses in the table or the boot description",
  "spec": {
   "doc": "QEMU qemu-options.hx",
   "rev": "11.1"
  }
 },
 {
  "code": "Q042",
  "name": "pci-place",
  "severity": "error",
  "summary": "The machine can put a card at the table's PCI address.",
  "why": "Some programs match an HFI by its PCI address; if QEMU puts the card elsewhere, they find none.",
  "hint": "QEMU chooses another PCI address for the card; to test matching by PCI address, change the one in the table",
  "spec": {
   "doc": "QEMU qemu-options.hx",
   "rev": "11.1"
  }
 },
 {
  "code": "Q043",
  "name": "pci-unknown",
  "severity": "warning",
  "summary": "The table has a network interface, and the PCI address of each.",
  "why": "Otherwise QEMU chooses the PCI address of a card, and a table without interfaces gives a machine without NIC.",
  "hint": "Nothing is wrong if programs find interfaces by MAC address",
  "spec": {
   "doc": "QEMU qemu-options.hx",
   "rev": "11.1"
  }
 },
 {
  "code": "Q044",
  "name": "network-reach",
  "severity": "warning",
  "summary": "QEMU's user network answers at the gateway's and every target's address.",
  "why": "It has one address for this host's loopback, which is set to the first target's.",
  "hint": "--target HOST:PORT forwards all targets; --net joins the NIC to a real network",
  "spec": {
   "doc": "QEMU docs/system/devices/net.rst",
   "rev": "11.1"
  }
 },
 {
  "code": "Q045",
  "name": "network-vlan",
  "severity": "warning",
  "summary": "A NIC with a VLAN is not on QEMU's user network.",
  "why": "The user network does not understand tagged frames, so nothing answers.",
  "hint": "Connect the NIC to a bridge, a tap or a stream (--net)",
  "spec": {
   "doc": "QEMU docs/system/devices/net.rst",
   "rev": "11.1"
  }
 },
 {
  "code": "Q051",
  "name": "acpi-off",
  "severity": "error",
  "summary": "A machine with -acpitable has ACPI.",
  "why": "With acpi=off, and on microvm, the guest gets no tables.",
  "hint": "Leave acpi=off out, or use --machine q35",
  "spec": {
   "doc": "QEMU qemu-options.hx",
   "rev": "11.1"
  }
 },
 {
  "code": "Q052",
  "name": "write-pointer",
  "severity": "warning",
  "summary": "The captured loader script does not ask the firmware to write an address back.",
  "why": "Items given with -fw_cfg are read-only: devices that rely on the address (vmgenid, NVDIMM, ERST) do not work.",
  "hint": "The command is left out; capture from a machine without these devices",
  "spec": {
   "doc": "QEMU hw/acpi/bios-linker-loader.c",
   "rev": "11.1"
  }
 },
 {
  "code": "Q060",
  "name": "smbios-uuid",
  "severity": "warning",
  "summary": "The SMBIOS system UUID is a UUID.",
  "why": "QEMU refuses to start otherwise.",
  "hint": "Write 8-4-4-4-12 hexadecimal digits",
  "spec": {
   "doc": "QEMU qemu-options.hx",
   "rev": "11.1"
  }
 },
 {
  "code": "N002",
  "name": "target-eui64",
  "severity": "warning",
  "summary": "No namespace of the target needs an EUI-64.",
  "why": "nvmet has attributes for UUID and NGUID only: a host sees no EUI-64, and a reader that matches the NID by it finds nothing.",
  "hint": "Identify the namespace by UUID or NGUID",
  "spec": {
   "doc": "Linux drivers/nvme/target",
   "rev": "6.12"
  }
 },
 {
  "code": "N003",
  "name": "target-discovery",
  "severity": "warning",
  "summary": "A discovery controller is at a portal of its subsystem.",
  "why": "nvmet's discovery controller lists the subsystems of its own port, not of others.",
  "hint": "The subsystem is offered there, too; add the discovery controller's portal to it for the same result",
  "spec": {
   "doc": "Linux drivers/nvme/target",
   "rev": "6.12"
  }
 },
 {
  "code": "N004",
  "name": "target-zone",
  "severity": "warning",
  "summary": "The interface of a link-local address is given.",
  "why": "Without it, nvmet cannot listen on a link-local address.",
  "hint": "Name it with --zone",
  "spec": {
   "doc": "Linux drivers/nvme/target",
   "rev": "6.12"
  }
 },
 {
  "code": "N005",
  "name": "target-digest",
  "severity": "info",
  "summary": "No target demands header or data digests.",
  "why": "nvmet grants the digests that a host requests, but cannot demand them.",
  "hint": "Nothing is wrong; the target needs the kernel's crc32c, which the configfs script loads",
  "spec": {
   "doc": "Linux drivers/nvme/target",
   "rev": "6.12"
  }
 },
 {
  "code": "N006",
  "name": "target-any-host",
  "severity": "error",
  "summary": "A target that demands authentication names the hosts that may connect.",
  "why": "nvmet demands authentication for each host: a host without an entry connects without it.",
  "hint": "Name the hosts that may connect: allowHosts",
  "spec": {
   "doc": "Linux drivers/nvme/target",
   "rev": "6.12"
  }
 },
 {
  "code": "N007",
  "name": "target-secret",
  "severity": "error",
  "summary": "A target that demands authentication names the file of the host's secret.",
  "why": "nvmet demands authentication only from a host whose secret it has.",
  "hint": "nbft secret make -w host.key, and hostSecret: host.key",
  "spec": {
   "doc": "Linux drivers/nvme/target",
   "rev": "6.12"
  }
 },
 {
  "code": "N008",
  "name": "target-two-secrets",
  "severity": "error",
  "summary": "A host has the same secrets, hash and DH group at every target.",
  "why": "nvmet keeps one set for each host, for all subsystems.",
  "hint": "Name the same secrets, hash and group for every target of a host",
  "spec": {
   "doc": "Linux drivers/nvme/target",
   "rev": "6.12"
  }
 },
 {
  "code": "N009",
  "name": "target-tls",
  "severity": "info",
  "summary": "A target with TLS has tlshd and the key.",
  "why": "nvmet uses tlshd for each handshake, and tlshd looks up the key in the keyring .nvme.",
  "hint": "Run tlshd with the configuration that nbft target -o tlshd prints; load the key with nbft secret derive and nvme tls-key --import",
  "spec": {
   "doc": "Linux drivers/nvme/target",
   "rev": "6.12"
  }
 },
 {
  "code": "K001",
  "name": "text-gap",
  "severity": "error",
  "summary": "The lines of a dump are complete and in order.",
  "why": "Bytes are missing or misplaced: they are read as zeros, or the rest of the table is not read.",
  "hint": "Take the dump again, and paste all of it",
  "spec": {
   "doc": "ACPICA acpidump",
   "rev": "20251212"
  }
 },
 {
  "code": "K002",
  "name": "text-cut",
  "severity": "warning",
  "summary": "A dump has as many bytes as its header line and the table's Length say.",
  "why": "The end of the table is missing, with its strings and descriptors.",
  "hint": "Take the dump again, to its end",
  "spec": {
   "doc": "ACPICA acpidump",
   "rev": "20251212"
  }
 },
 {
  "code": "K003",
  "name": "text-mismatch",
  "severity": "warning",
  "summary": "The bytes begin with the signature that the line above them announces.",
  "why": "Header line and bytes belong to different tables; the bytes are used.",
  "hint": "Check the text around the line: a part may have been pasted in the wrong place",
  "spec": {
   "doc": "ACPICA acpidump",
   "rev": "20251212"
  }
 },
 {
  "code": "K005",
  "name": "text-form",
  "severity": "info",
  "summary": "A text is a dump of a known program.",
  "why": "In any other text, a hex dump or base64 is searched for; the finding names the form and the first line.",
  "hint": "Nothing is wrong; --from names the kind of source",
  "spec": {
   "doc": "ACPICA acpidump",
   "rev": "20251212"
  }
 },
 {
  "code": "K010",
  "name": "cpio-cut",
  "severity": "error",
  "summary": "The archive at the start of an initrd can be read to its end.",
  "why": "The kernel stops at the damage and does not see the tables after it.",
  "hint": "Make the archive again: nbft initrd",
  "spec": {
   "doc": "Linux Documentation/admin-guide/acpi/initrd_table_override.rst",
   "rev": "6.12"
  }
 },
 {
  "code": "K011",
  "name": "cpio-ignored",
  "severity": "warning",
  "summary": "The name of a table in an initrd begins with kernel/firmware/acpi/.",
  "why": "The kernel compares the first characters: with ./ or / before them, it ignores the file.",
  "hint": "Make the archive in its root folder with find kernel, or with nbft initrd",
  "spec": {
   "doc": "Linux Documentation/admin-guide/acpi/initrd_table_override.rst",
   "rev": "6.12"
  }
 },
 {
  "code": "K012",
  "name": "cpio-name",
  "severity": "warning",
  "summary": "The name of a table after kernel/firmware/acpi/ has at most 17 characters.",
  "why": "The kernel cuts the name in its messages, but uses the table.",
  "hint": "Nothing is wrong; a shorter name is found more easily in the kernel's log",
  "spec": {
   "doc": "Linux Documentation/admin-guide/acpi/initrd_table_override.rst",
   "rev": "6.12"
  }
 },
 {
  "code": "K013",
  "name": "cpio-table",
  "severity": "error",
  "summary": "A table in an initrd has a valid header, length and checksum, and is one of the first 64.",
  "why": "The kernel refuses others, with a line in its log.",
  "hint": "nbft repair --only H002,H004,H005,H006 corrects the table",
  "spec": {
   "doc": "Linux Documentation/admin-guide/acpi/initrd_table_override.rst",
   "rev": "6.12"
  }
 },
 {
  "code": "K014",
  "name": "cpio-compressed",
  "severity": "info",
  "summary": "An initrd contains only the uncompressed archive of tables.",
  "why": "The kernel does not see tables inside the compressed part that follows, and nbft does not read them.",
  "hint": "Nothing is wrong: the compressed part is the system's own initramfs",
  "spec": {
   "doc": "Linux Documentation/admin-guide/acpi/initrd_table_override.rst",
   "rev": "6.12"
  }
 },
 {
  "code": "K020",
  "name": "loader-size",
  "severity": "error",
  "summary": "The loader script is a multiple of 128 bytes.",
  "why": "SeaBIOS and OVMF refuse a script that is not.",
  "hint": "Capture etc/table-loader again",
  "spec": {
   "doc": "QEMU hw/acpi/bios-linker-loader.c",
   "rev": "11.1"
  }
 },
 {
  "code": "K021",
  "name": "loader-record",
  "severity": "error",
  "summary": "Every command of the loader script names existing files, and offsets inside them.",
  "why": "Firmware refuses the script, and installs no table.",
  "hint": "Capture all items together: nbft collect, or nbft tables with the folder of the capture",
  "spec": {
   "doc": "QEMU hw/acpi/bios-linker-loader.c",
   "rev": "11.1"
  }
 },
 {
  "code": "K022",
  "name": "loader-unknown",
  "severity": "warning",
  "summary": "Every command of the loader script is known.",
  "why": "Firmware skips unknown ones.",
  "hint": "If QEMU is newer, look for a newer nbft",
  "spec": {
   "doc": "QEMU hw/acpi/bios-linker-loader.c",
   "rev": "11.1"
  }
 },
 {
  "code": "K023",
  "name": "capture-incomplete",
  "severity": "warning",
  "summary": "A capture has all items of its directory, and etc/table-loader.",
  "why": "Without the script, tables are found by following offsets from the RSDP; some may be missing.",
  "hint": "Capture all items below /sys/firmware/qemu_fw_cfg",
  "spec": {
   "doc": "QEMU docs/specs/fw_cfg.rst",
   "rev": "11.1"
  }
 },
 {
  "code": "K024",
  "name": "capture-pristine",
  "severity": "warning",
  "summary": "A capture was made after the firmware ran.",
  "why": "Before, the FADT has no power management ports: the tables can be inspected, but a machine that is given these items has no ACPI.",
  "hint": "Capture from a running guest",
  "spec": {
   "doc": "QEMU docs/specs/fw_cfg.rst",
   "rev": "11.1"
  }
 },
 {
  "code": "K025",
  "name": "capture-size",
  "severity": "warning",
  "summary": "An item of a capture has the size that the directory says.",
  "why": "The item is truncated, or the directory is from another machine.",
  "hint": "Capture it again",
  "spec": {
   "doc": "QEMU docs/specs/fw_cfg.rst",
   "rev": "11.1"
  }
 },
 {
  "code": "K031",
  "name": "root-table",
  "severity": "error",
  "summary": "The RSDP leads to an RSDT or XSDT with the right signature and checksum.",
  "why": "An operating system finds no table without it.",
  "hint": "Take the image from physical address 0 on, or look for the table in another capture",
  "spec": {
   "doc": "ACPI",
   "rev": "6.5",
   "section": "5.2.5"
  }
 },
 {
  "code": "K032",
  "name": "table-entry",
  "severity": "warning",
  "summary": "The entries of a root table point to existing tables with correct checksums.",
  "why": "Linux leaves out a table that it cannot map; one with a wrong checksum is installed with a message.",
  "hint": "nbft validate says what is wrong with an NBFT; other tables are not checked further",
  "spec": {
   "doc": "ACPI",
   "rev": "6.5",
   "section": "5.2.8"
  }
 },
 {
  "code": "K033",
  "name": "no-rsdp",
  "severity": "warning",
  "summary": "A memory image has an RSDP that points to tables.",
  "why": "Without one, nbft searches for the signature NBFT, with strict checks: the result may be a copy that no system used.",
  "hint": "The image may contain only a part of the memory; take it from physical address 0 on",
  "spec": {
   "doc": "ACPI",
   "rev": "6.5",
   "section": "5.2.5.1"
  }
 },
 {
  "code": "K040",
  "name": "file-skipped",
  "severity": "info",
  "summary": "No file of a folder is too large for a table.",
  "why": "Larger files are not read when a folder is searched.",
  "hint": "Name the file itself if it contains tables",
  "spec": {
   "doc": "ACPICA acpidump",
   "rev": "20251212"
  }
 },
 {
  "code": "K041",
  "name": "file-unreadable",
  "severity": "error",
  "summary": "Every file of a folder can be read.",
  "why": "Its contents are not known.",
  "hint": "Check the permissions; only root can read the tables in /sys/firmware/acpi",
  "spec": {
   "doc": "ACPICA acpidump",
   "rev": "20251212"
  }
 }
];
