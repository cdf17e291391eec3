/* The XSDT of the partition 'elastic' in ExamplePlans.cs, as iasl disassembles it, without its comments. */

[000h 0000   4]                    Signature : "XSDT"    [Extended System Description Table]
[004h 0004   4]                 Table Length : 0000004C
[008h 0008   1]                     Revision : 01
[009h 0009   1]                     Checksum : AC
[00Ah 0010   6]                       Oem ID : "PARKER"
[010h 0016   8]                 Oem Table ID : "PARTITN "
[018h 0024   4]                 Oem Revision : 00000001
[01Ch 0028   4]              Asl Compiler ID : "PRKR"
[020h 0032   4]        Asl Compiler Revision : 00000001

[024h 0036   8]       ACPI Table Address   0 : 00000001400108C0
[02Ch 0044   8]       ACPI Table Address   1 : 0000000140010A00
[034h 0052   8]       ACPI Table Address   2 : 0000000140010A80
[03Ch 0060   8]       ACPI Table Address   3 : 0000000140010AC0
[044h 0068   8]       ACPI Table Address   4 : 0000000140010C00
