/* The APIC of the partition 'large' in ExamplePlans.cs, as iasl disassembles it, without its comments. */

[000h 0000   4]                    Signature : "APIC"    [Multiple APIC Description Table (MADT)]
[004h 0004   4]                 Table Length : 00000340
[008h 0008   1]                     Revision : 05
[009h 0009   1]                     Checksum : 02
[00Ah 0010   6]                       Oem ID : "PARKER"
[010h 0016   8]                 Oem Table ID : "PARTITN "
[018h 0024   4]                 Oem Revision : 00000001
[01Ch 0028   4]              Asl Compiler ID : "PRKR"
[020h 0032   4]        Asl Compiler Revision : 00000001

[024h 0036   4]           Local Apic Address : FEE00000
[028h 0040   4]        Flags (decoded below) : 00000000
                         PC-AT Compatibility : 0

[02Ch 0044   1]                Subtable Type : 00 [Processor Local APIC]
[02Dh 0045   1]                       Length : 08
[02Eh 0046   1]                 Processor ID : FD
[02Fh 0047   1]                Local Apic ID : FD
[030h 0048   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[034h 0052   1]                Subtable Type : 00 [Processor Local APIC]
[035h 0053   1]                       Length : 08
[036h 0054   1]                 Processor ID : 40
[037h 0055   1]                Local Apic ID : 40
[038h 0056   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[03Ch 0060   1]                Subtable Type : 00 [Processor Local APIC]
[03Dh 0061   1]                       Length : 08
[03Eh 0062   1]                 Processor ID : 42
[03Fh 0063   1]                Local Apic ID : 42
[040h 0064   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[044h 0068   1]                Subtable Type : 00 [Processor Local APIC]
[045h 0069   1]                       Length : 08
[046h 0070   1]                 Processor ID : 44
[047h 0071   1]                Local Apic ID : 44
[048h 0072   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[04Ch 0076   1]                Subtable Type : 00 [Processor Local APIC]
[04Dh 0077   1]                       Length : 08
[04Eh 0078   1]                 Processor ID : 46
[04Fh 0079   1]                Local Apic ID : 46
[050h 0080   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[054h 0084   1]                Subtable Type : 00 [Processor Local APIC]
[055h 0085   1]                       Length : 08
[056h 0086   1]                 Processor ID : 48
[057h 0087   1]                Local Apic ID : 48
[058h 0088   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[05Ch 0092   1]                Subtable Type : 00 [Processor Local APIC]
[05Dh 0093   1]                       Length : 08
[05Eh 0094   1]                 Processor ID : 4A
[05Fh 0095   1]                Local Apic ID : 4A
[060h 0096   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[064h 0100   1]                Subtable Type : 00 [Processor Local APIC]
[065h 0101   1]                       Length : 08
[066h 0102   1]                 Processor ID : 4C
[067h 0103   1]                Local Apic ID : 4C
[068h 0104   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[06Ch 0108   1]                Subtable Type : 00 [Processor Local APIC]
[06Dh 0109   1]                       Length : 08
[06Eh 0110   1]                 Processor ID : 4E
[06Fh 0111   1]                Local Apic ID : 4E
[070h 0112   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[074h 0116   1]                Subtable Type : 00 [Processor Local APIC]
[075h 0117   1]                       Length : 08
[076h 0118   1]                 Processor ID : 50
[077h 0119   1]                Local Apic ID : 50
[078h 0120   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[07Ch 0124   1]                Subtable Type : 00 [Processor Local APIC]
[07Dh 0125   1]                       Length : 08
[07Eh 0126   1]                 Processor ID : 52
[07Fh 0127   1]                Local Apic ID : 52
[080h 0128   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[084h 0132   1]                Subtable Type : 00 [Processor Local APIC]
[085h 0133   1]                       Length : 08
[086h 0134   1]                 Processor ID : 54
[087h 0135   1]                Local Apic ID : 54
[088h 0136   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[08Ch 0140   1]                Subtable Type : 00 [Processor Local APIC]
[08Dh 0141   1]                       Length : 08
[08Eh 0142   1]                 Processor ID : 56
[08Fh 0143   1]                Local Apic ID : 56
[090h 0144   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[094h 0148   1]                Subtable Type : 00 [Processor Local APIC]
[095h 0149   1]                       Length : 08
[096h 0150   1]                 Processor ID : 58
[097h 0151   1]                Local Apic ID : 58
[098h 0152   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[09Ch 0156   1]                Subtable Type : 00 [Processor Local APIC]
[09Dh 0157   1]                       Length : 08
[09Eh 0158   1]                 Processor ID : 5A
[09Fh 0159   1]                Local Apic ID : 5A
[0A0h 0160   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[0A4h 0164   1]                Subtable Type : 00 [Processor Local APIC]
[0A5h 0165   1]                       Length : 08
[0A6h 0166   1]                 Processor ID : 5C
[0A7h 0167   1]                Local Apic ID : 5C
[0A8h 0168   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[0ACh 0172   1]                Subtable Type : 00 [Processor Local APIC]
[0ADh 0173   1]                       Length : 08
[0AEh 0174   1]                 Processor ID : 5E
[0AFh 0175   1]                Local Apic ID : 5E
[0B0h 0176   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[0B4h 0180   1]                Subtable Type : 00 [Processor Local APIC]
[0B5h 0181   1]                       Length : 08
[0B6h 0182   1]                 Processor ID : 60
[0B7h 0183   1]                Local Apic ID : 60
[0B8h 0184   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[0BCh 0188   1]                Subtable Type : 00 [Processor Local APIC]
[0BDh 0189   1]                       Length : 08
[0BEh 0190   1]                 Processor ID : 62
[0BFh 0191   1]                Local Apic ID : 62
[0C0h 0192   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[0C4h 0196   1]                Subtable Type : 00 [Processor Local APIC]
[0C5h 0197   1]                       Length : 08
[0C6h 0198   1]                 Processor ID : 64
[0C7h 0199   1]                Local Apic ID : 64
[0C8h 0200   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[0CCh 0204   1]                Subtable Type : 00 [Processor Local APIC]
[0CDh 0205   1]                       Length : 08
[0CEh 0206   1]                 Processor ID : 66
[0CFh 0207   1]                Local Apic ID : 66
[0D0h 0208   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[0D4h 0212   1]                Subtable Type : 00 [Processor Local APIC]
[0D5h 0213   1]                       Length : 08
[0D6h 0214   1]                 Processor ID : 68
[0D7h 0215   1]                Local Apic ID : 68
[0D8h 0216   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[0DCh 0220   1]                Subtable Type : 00 [Processor Local APIC]
[0DDh 0221   1]                       Length : 08
[0DEh 0222   1]                 Processor ID : 6A
[0DFh 0223   1]                Local Apic ID : 6A
[0E0h 0224   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[0E4h 0228   1]                Subtable Type : 00 [Processor Local APIC]
[0E5h 0229   1]                       Length : 08
[0E6h 0230   1]                 Processor ID : 6C
[0E7h 0231   1]                Local Apic ID : 6C
[0E8h 0232   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[0ECh 0236   1]                Subtable Type : 00 [Processor Local APIC]
[0EDh 0237   1]                       Length : 08
[0EEh 0238   1]                 Processor ID : 6E
[0EFh 0239   1]                Local Apic ID : 6E
[0F0h 0240   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[0F4h 0244   1]                Subtable Type : 00 [Processor Local APIC]
[0F5h 0245   1]                       Length : 08
[0F6h 0246   1]                 Processor ID : 70
[0F7h 0247   1]                Local Apic ID : 70
[0F8h 0248   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[0FCh 0252   1]                Subtable Type : 00 [Processor Local APIC]
[0FDh 0253   1]                       Length : 08
[0FEh 0254   1]                 Processor ID : 72
[0FFh 0255   1]                Local Apic ID : 72
[100h 0256   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[104h 0260   1]                Subtable Type : 00 [Processor Local APIC]
[105h 0261   1]                       Length : 08
[106h 0262   1]                 Processor ID : 74
[107h 0263   1]                Local Apic ID : 74
[108h 0264   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[10Ch 0268   1]                Subtable Type : 00 [Processor Local APIC]
[10Dh 0269   1]                       Length : 08
[10Eh 0270   1]                 Processor ID : 76
[10Fh 0271   1]                Local Apic ID : 76
[110h 0272   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[114h 0276   1]                Subtable Type : 00 [Processor Local APIC]
[115h 0277   1]                       Length : 08
[116h 0278   1]                 Processor ID : 78
[117h 0279   1]                Local Apic ID : 78
[118h 0280   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[11Ch 0284   1]                Subtable Type : 00 [Processor Local APIC]
[11Dh 0285   1]                       Length : 08
[11Eh 0286   1]                 Processor ID : 7A
[11Fh 0287   1]                Local Apic ID : 7A
[120h 0288   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[124h 0292   1]                Subtable Type : 00 [Processor Local APIC]
[125h 0293   1]                       Length : 08
[126h 0294   1]                 Processor ID : 7C
[127h 0295   1]                Local Apic ID : 7C
[128h 0296   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[12Ch 0300   1]                Subtable Type : 00 [Processor Local APIC]
[12Dh 0301   1]                       Length : 08
[12Eh 0302   1]                 Processor ID : 7E
[12Fh 0303   1]                Local Apic ID : 7E
[130h 0304   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
                      Runtime Online Capable : 0

[134h 0308   1]                Subtable Type : 09 [Processor Local x2APIC]
[135h 0309   1]                       Length : 10
[136h 0310   2]                     Reserved : 0000
[138h 0312   4]          Processor x2Apic ID : 00000100
[13Ch 0316   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[140h 0320   4]                Processor UID : 00000100

[144h 0324   1]                Subtable Type : 09 [Processor Local x2APIC]
[145h 0325   1]                       Length : 10
[146h 0326   2]                     Reserved : 0000
[148h 0328   4]          Processor x2Apic ID : 00000102
[14Ch 0332   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[150h 0336   4]                Processor UID : 00000102

[154h 0340   1]                Subtable Type : 09 [Processor Local x2APIC]
[155h 0341   1]                       Length : 10
[156h 0342   2]                     Reserved : 0000
[158h 0344   4]          Processor x2Apic ID : 00000104
[15Ch 0348   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[160h 0352   4]                Processor UID : 00000104

[164h 0356   1]                Subtable Type : 09 [Processor Local x2APIC]
[165h 0357   1]                       Length : 10
[166h 0358   2]                     Reserved : 0000
[168h 0360   4]          Processor x2Apic ID : 00000106
[16Ch 0364   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[170h 0368   4]                Processor UID : 00000106

[174h 0372   1]                Subtable Type : 09 [Processor Local x2APIC]
[175h 0373   1]                       Length : 10
[176h 0374   2]                     Reserved : 0000
[178h 0376   4]          Processor x2Apic ID : 00000108
[17Ch 0380   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[180h 0384   4]                Processor UID : 00000108

[184h 0388   1]                Subtable Type : 09 [Processor Local x2APIC]
[185h 0389   1]                       Length : 10
[186h 0390   2]                     Reserved : 0000
[188h 0392   4]          Processor x2Apic ID : 0000010A
[18Ch 0396   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[190h 0400   4]                Processor UID : 0000010A

[194h 0404   1]                Subtable Type : 09 [Processor Local x2APIC]
[195h 0405   1]                       Length : 10
[196h 0406   2]                     Reserved : 0000
[198h 0408   4]          Processor x2Apic ID : 0000010C
[19Ch 0412   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[1A0h 0416   4]                Processor UID : 0000010C

[1A4h 0420   1]                Subtable Type : 09 [Processor Local x2APIC]
[1A5h 0421   1]                       Length : 10
[1A6h 0422   2]                     Reserved : 0000
[1A8h 0424   4]          Processor x2Apic ID : 0000010E
[1ACh 0428   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[1B0h 0432   4]                Processor UID : 0000010E

[1B4h 0436   1]                Subtable Type : 09 [Processor Local x2APIC]
[1B5h 0437   1]                       Length : 10
[1B6h 0438   2]                     Reserved : 0000
[1B8h 0440   4]          Processor x2Apic ID : 00000110
[1BCh 0444   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[1C0h 0448   4]                Processor UID : 00000110

[1C4h 0452   1]                Subtable Type : 09 [Processor Local x2APIC]
[1C5h 0453   1]                       Length : 10
[1C6h 0454   2]                     Reserved : 0000
[1C8h 0456   4]          Processor x2Apic ID : 00000112
[1CCh 0460   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[1D0h 0464   4]                Processor UID : 00000112

[1D4h 0468   1]                Subtable Type : 09 [Processor Local x2APIC]
[1D5h 0469   1]                       Length : 10
[1D6h 0470   2]                     Reserved : 0000
[1D8h 0472   4]          Processor x2Apic ID : 00000114
[1DCh 0476   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[1E0h 0480   4]                Processor UID : 00000114

[1E4h 0484   1]                Subtable Type : 09 [Processor Local x2APIC]
[1E5h 0485   1]                       Length : 10
[1E6h 0486   2]                     Reserved : 0000
[1E8h 0488   4]          Processor x2Apic ID : 00000116
[1ECh 0492   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[1F0h 0496   4]                Processor UID : 00000116

[1F4h 0500   1]                Subtable Type : 09 [Processor Local x2APIC]
[1F5h 0501   1]                       Length : 10
[1F6h 0502   2]                     Reserved : 0000
[1F8h 0504   4]          Processor x2Apic ID : 00000118
[1FCh 0508   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[200h 0512   4]                Processor UID : 00000118

[204h 0516   1]                Subtable Type : 09 [Processor Local x2APIC]
[205h 0517   1]                       Length : 10
[206h 0518   2]                     Reserved : 0000
[208h 0520   4]          Processor x2Apic ID : 0000011A
[20Ch 0524   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[210h 0528   4]                Processor UID : 0000011A

[214h 0532   1]                Subtable Type : 09 [Processor Local x2APIC]
[215h 0533   1]                       Length : 10
[216h 0534   2]                     Reserved : 0000
[218h 0536   4]          Processor x2Apic ID : 0000011C
[21Ch 0540   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[220h 0544   4]                Processor UID : 0000011C

[224h 0548   1]                Subtable Type : 09 [Processor Local x2APIC]
[225h 0549   1]                       Length : 10
[226h 0550   2]                     Reserved : 0000
[228h 0552   4]          Processor x2Apic ID : 0000011E
[22Ch 0556   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[230h 0560   4]                Processor UID : 0000011E

[234h 0564   1]                Subtable Type : 09 [Processor Local x2APIC]
[235h 0565   1]                       Length : 10
[236h 0566   2]                     Reserved : 0000
[238h 0568   4]          Processor x2Apic ID : 00000120
[23Ch 0572   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[240h 0576   4]                Processor UID : 00000120

[244h 0580   1]                Subtable Type : 09 [Processor Local x2APIC]
[245h 0581   1]                       Length : 10
[246h 0582   2]                     Reserved : 0000
[248h 0584   4]          Processor x2Apic ID : 00000122
[24Ch 0588   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[250h 0592   4]                Processor UID : 00000122

[254h 0596   1]                Subtable Type : 09 [Processor Local x2APIC]
[255h 0597   1]                       Length : 10
[256h 0598   2]                     Reserved : 0000
[258h 0600   4]          Processor x2Apic ID : 00000124
[25Ch 0604   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[260h 0608   4]                Processor UID : 00000124

[264h 0612   1]                Subtable Type : 09 [Processor Local x2APIC]
[265h 0613   1]                       Length : 10
[266h 0614   2]                     Reserved : 0000
[268h 0616   4]          Processor x2Apic ID : 00000126
[26Ch 0620   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[270h 0624   4]                Processor UID : 00000126

[274h 0628   1]                Subtable Type : 09 [Processor Local x2APIC]
[275h 0629   1]                       Length : 10
[276h 0630   2]                     Reserved : 0000
[278h 0632   4]          Processor x2Apic ID : 00000128
[27Ch 0636   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[280h 0640   4]                Processor UID : 00000128

[284h 0644   1]                Subtable Type : 09 [Processor Local x2APIC]
[285h 0645   1]                       Length : 10
[286h 0646   2]                     Reserved : 0000
[288h 0648   4]          Processor x2Apic ID : 0000012A
[28Ch 0652   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[290h 0656   4]                Processor UID : 0000012A

[294h 0660   1]                Subtable Type : 09 [Processor Local x2APIC]
[295h 0661   1]                       Length : 10
[296h 0662   2]                     Reserved : 0000
[298h 0664   4]          Processor x2Apic ID : 0000012C
[29Ch 0668   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[2A0h 0672   4]                Processor UID : 0000012C

[2A4h 0676   1]                Subtable Type : 09 [Processor Local x2APIC]
[2A5h 0677   1]                       Length : 10
[2A6h 0678   2]                     Reserved : 0000
[2A8h 0680   4]          Processor x2Apic ID : 0000012E
[2ACh 0684   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[2B0h 0688   4]                Processor UID : 0000012E

[2B4h 0692   1]                Subtable Type : 09 [Processor Local x2APIC]
[2B5h 0693   1]                       Length : 10
[2B6h 0694   2]                     Reserved : 0000
[2B8h 0696   4]          Processor x2Apic ID : 00000130
[2BCh 0700   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[2C0h 0704   4]                Processor UID : 00000130

[2C4h 0708   1]                Subtable Type : 09 [Processor Local x2APIC]
[2C5h 0709   1]                       Length : 10
[2C6h 0710   2]                     Reserved : 0000
[2C8h 0712   4]          Processor x2Apic ID : 00000132
[2CCh 0716   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[2D0h 0720   4]                Processor UID : 00000132

[2D4h 0724   1]                Subtable Type : 09 [Processor Local x2APIC]
[2D5h 0725   1]                       Length : 10
[2D6h 0726   2]                     Reserved : 0000
[2D8h 0728   4]          Processor x2Apic ID : 00000134
[2DCh 0732   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[2E0h 0736   4]                Processor UID : 00000134

[2E4h 0740   1]                Subtable Type : 09 [Processor Local x2APIC]
[2E5h 0741   1]                       Length : 10
[2E6h 0742   2]                     Reserved : 0000
[2E8h 0744   4]          Processor x2Apic ID : 00000136
[2ECh 0748   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[2F0h 0752   4]                Processor UID : 00000136

[2F4h 0756   1]                Subtable Type : 09 [Processor Local x2APIC]
[2F5h 0757   1]                       Length : 10
[2F6h 0758   2]                     Reserved : 0000
[2F8h 0760   4]          Processor x2Apic ID : 00000138
[2FCh 0764   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[300h 0768   4]                Processor UID : 00000138

[304h 0772   1]                Subtable Type : 09 [Processor Local x2APIC]
[305h 0773   1]                       Length : 10
[306h 0774   2]                     Reserved : 0000
[308h 0776   4]          Processor x2Apic ID : 0000013A
[30Ch 0780   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[310h 0784   4]                Processor UID : 0000013A

[314h 0788   1]                Subtable Type : 09 [Processor Local x2APIC]
[315h 0789   1]                       Length : 10
[316h 0790   2]                     Reserved : 0000
[318h 0792   4]          Processor x2Apic ID : 0000013C
[31Ch 0796   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[320h 0800   4]                Processor UID : 0000013C

[324h 0804   1]                Subtable Type : 09 [Processor Local x2APIC]
[325h 0805   1]                       Length : 10
[326h 0806   2]                     Reserved : 0000
[328h 0808   4]          Processor x2Apic ID : 0000013E
[32Ch 0812   4]        Flags (decoded below) : 00000001
                           Processor Enabled : 1
[330h 0816   4]                Processor UID : 0000013E

[334h 0820   1]                Subtable Type : 01 [I/O APIC]
[335h 0821   1]                       Length : 0C
[336h 0822   1]                  I/O Apic ID : 00
[337h 0823   1]                     Reserved : 00
[338h 0824   4]                      Address : 00034000
[33Ch 0828   4]                    Interrupt : 00000000
