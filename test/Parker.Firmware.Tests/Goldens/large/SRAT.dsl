/* The SRAT of the partition 'large' in ExamplePlans.cs, as iasl disassembles it, without its comments. */

[000h 0000   4]                    Signature : "SRAT"    [System Resource Affinity Table]
[004h 0004   4]                 Table Length : 000005D0
[008h 0008   1]                     Revision : 03
[009h 0009   1]                     Checksum : 17
[00Ah 0010   6]                       Oem ID : "PARKER"
[010h 0016   8]                 Oem Table ID : "PARTITN "
[018h 0024   4]                 Oem Revision : 00000001
[01Ch 0028   4]              Asl Compiler ID : "PRKR"
[020h 0032   4]        Asl Compiler Revision : 00000001

[024h 0036   4]               Table Revision : 00000001
[028h 0040   8]                     Reserved : 0000000000000000

[030h 0048   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[031h 0049   1]                       Length : 10

[032h 0050   1]      Proximity Domain Low(8) : 00
[033h 0051   1]                      Apic ID : 40
[034h 0052   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[038h 0056   1]              Local Sapic EID : 00
[039h 0057   3]    Proximity Domain High(24) : 000000
[03Ch 0060   4]                 Clock Domain : 00000000

[040h 0064   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[041h 0065   1]                       Length : 10

[042h 0066   1]      Proximity Domain Low(8) : 00
[043h 0067   1]                      Apic ID : 42
[044h 0068   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[048h 0072   1]              Local Sapic EID : 00
[049h 0073   3]    Proximity Domain High(24) : 000000
[04Ch 0076   4]                 Clock Domain : 00000000

[050h 0080   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[051h 0081   1]                       Length : 10

[052h 0082   1]      Proximity Domain Low(8) : 00
[053h 0083   1]                      Apic ID : 44
[054h 0084   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[058h 0088   1]              Local Sapic EID : 00
[059h 0089   3]    Proximity Domain High(24) : 000000
[05Ch 0092   4]                 Clock Domain : 00000000

[060h 0096   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[061h 0097   1]                       Length : 10

[062h 0098   1]      Proximity Domain Low(8) : 00
[063h 0099   1]                      Apic ID : 46
[064h 0100   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[068h 0104   1]              Local Sapic EID : 00
[069h 0105   3]    Proximity Domain High(24) : 000000
[06Ch 0108   4]                 Clock Domain : 00000000

[070h 0112   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[071h 0113   1]                       Length : 10

[072h 0114   1]      Proximity Domain Low(8) : 00
[073h 0115   1]                      Apic ID : 48
[074h 0116   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[078h 0120   1]              Local Sapic EID : 00
[079h 0121   3]    Proximity Domain High(24) : 000000
[07Ch 0124   4]                 Clock Domain : 00000000

[080h 0128   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[081h 0129   1]                       Length : 10

[082h 0130   1]      Proximity Domain Low(8) : 00
[083h 0131   1]                      Apic ID : 4A
[084h 0132   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[088h 0136   1]              Local Sapic EID : 00
[089h 0137   3]    Proximity Domain High(24) : 000000
[08Ch 0140   4]                 Clock Domain : 00000000

[090h 0144   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[091h 0145   1]                       Length : 10

[092h 0146   1]      Proximity Domain Low(8) : 00
[093h 0147   1]                      Apic ID : 4C
[094h 0148   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[098h 0152   1]              Local Sapic EID : 00
[099h 0153   3]    Proximity Domain High(24) : 000000
[09Ch 0156   4]                 Clock Domain : 00000000

[0A0h 0160   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[0A1h 0161   1]                       Length : 10

[0A2h 0162   1]      Proximity Domain Low(8) : 00
[0A3h 0163   1]                      Apic ID : 4E
[0A4h 0164   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[0A8h 0168   1]              Local Sapic EID : 00
[0A9h 0169   3]    Proximity Domain High(24) : 000000
[0ACh 0172   4]                 Clock Domain : 00000000

[0B0h 0176   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[0B1h 0177   1]                       Length : 10

[0B2h 0178   1]      Proximity Domain Low(8) : 00
[0B3h 0179   1]                      Apic ID : 50
[0B4h 0180   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[0B8h 0184   1]              Local Sapic EID : 00
[0B9h 0185   3]    Proximity Domain High(24) : 000000
[0BCh 0188   4]                 Clock Domain : 00000000

[0C0h 0192   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[0C1h 0193   1]                       Length : 10

[0C2h 0194   1]      Proximity Domain Low(8) : 00
[0C3h 0195   1]                      Apic ID : 52
[0C4h 0196   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[0C8h 0200   1]              Local Sapic EID : 00
[0C9h 0201   3]    Proximity Domain High(24) : 000000
[0CCh 0204   4]                 Clock Domain : 00000000

[0D0h 0208   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[0D1h 0209   1]                       Length : 10

[0D2h 0210   1]      Proximity Domain Low(8) : 00
[0D3h 0211   1]                      Apic ID : 54
[0D4h 0212   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[0D8h 0216   1]              Local Sapic EID : 00
[0D9h 0217   3]    Proximity Domain High(24) : 000000
[0DCh 0220   4]                 Clock Domain : 00000000

[0E0h 0224   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[0E1h 0225   1]                       Length : 10

[0E2h 0226   1]      Proximity Domain Low(8) : 00
[0E3h 0227   1]                      Apic ID : 56
[0E4h 0228   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[0E8h 0232   1]              Local Sapic EID : 00
[0E9h 0233   3]    Proximity Domain High(24) : 000000
[0ECh 0236   4]                 Clock Domain : 00000000

[0F0h 0240   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[0F1h 0241   1]                       Length : 10

[0F2h 0242   1]      Proximity Domain Low(8) : 00
[0F3h 0243   1]                      Apic ID : 58
[0F4h 0244   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[0F8h 0248   1]              Local Sapic EID : 00
[0F9h 0249   3]    Proximity Domain High(24) : 000000
[0FCh 0252   4]                 Clock Domain : 00000000

[100h 0256   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[101h 0257   1]                       Length : 10

[102h 0258   1]      Proximity Domain Low(8) : 00
[103h 0259   1]                      Apic ID : 5A
[104h 0260   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[108h 0264   1]              Local Sapic EID : 00
[109h 0265   3]    Proximity Domain High(24) : 000000
[10Ch 0268   4]                 Clock Domain : 00000000

[110h 0272   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[111h 0273   1]                       Length : 10

[112h 0274   1]      Proximity Domain Low(8) : 00
[113h 0275   1]                      Apic ID : 5C
[114h 0276   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[118h 0280   1]              Local Sapic EID : 00
[119h 0281   3]    Proximity Domain High(24) : 000000
[11Ch 0284   4]                 Clock Domain : 00000000

[120h 0288   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[121h 0289   1]                       Length : 10

[122h 0290   1]      Proximity Domain Low(8) : 00
[123h 0291   1]                      Apic ID : 5E
[124h 0292   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[128h 0296   1]              Local Sapic EID : 00
[129h 0297   3]    Proximity Domain High(24) : 000000
[12Ch 0300   4]                 Clock Domain : 00000000

[130h 0304   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[131h 0305   1]                       Length : 10

[132h 0306   1]      Proximity Domain Low(8) : 00
[133h 0307   1]                      Apic ID : 60
[134h 0308   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[138h 0312   1]              Local Sapic EID : 00
[139h 0313   3]    Proximity Domain High(24) : 000000
[13Ch 0316   4]                 Clock Domain : 00000000

[140h 0320   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[141h 0321   1]                       Length : 10

[142h 0322   1]      Proximity Domain Low(8) : 00
[143h 0323   1]                      Apic ID : 62
[144h 0324   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[148h 0328   1]              Local Sapic EID : 00
[149h 0329   3]    Proximity Domain High(24) : 000000
[14Ch 0332   4]                 Clock Domain : 00000000

[150h 0336   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[151h 0337   1]                       Length : 10

[152h 0338   1]      Proximity Domain Low(8) : 00
[153h 0339   1]                      Apic ID : 64
[154h 0340   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[158h 0344   1]              Local Sapic EID : 00
[159h 0345   3]    Proximity Domain High(24) : 000000
[15Ch 0348   4]                 Clock Domain : 00000000

[160h 0352   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[161h 0353   1]                       Length : 10

[162h 0354   1]      Proximity Domain Low(8) : 00
[163h 0355   1]                      Apic ID : 66
[164h 0356   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[168h 0360   1]              Local Sapic EID : 00
[169h 0361   3]    Proximity Domain High(24) : 000000
[16Ch 0364   4]                 Clock Domain : 00000000

[170h 0368   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[171h 0369   1]                       Length : 10

[172h 0370   1]      Proximity Domain Low(8) : 00
[173h 0371   1]                      Apic ID : 68
[174h 0372   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[178h 0376   1]              Local Sapic EID : 00
[179h 0377   3]    Proximity Domain High(24) : 000000
[17Ch 0380   4]                 Clock Domain : 00000000

[180h 0384   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[181h 0385   1]                       Length : 10

[182h 0386   1]      Proximity Domain Low(8) : 00
[183h 0387   1]                      Apic ID : 6A
[184h 0388   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[188h 0392   1]              Local Sapic EID : 00
[189h 0393   3]    Proximity Domain High(24) : 000000
[18Ch 0396   4]                 Clock Domain : 00000000

[190h 0400   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[191h 0401   1]                       Length : 10

[192h 0402   1]      Proximity Domain Low(8) : 00
[193h 0403   1]                      Apic ID : 6C
[194h 0404   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[198h 0408   1]              Local Sapic EID : 00
[199h 0409   3]    Proximity Domain High(24) : 000000
[19Ch 0412   4]                 Clock Domain : 00000000

[1A0h 0416   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[1A1h 0417   1]                       Length : 10

[1A2h 0418   1]      Proximity Domain Low(8) : 00
[1A3h 0419   1]                      Apic ID : 6E
[1A4h 0420   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[1A8h 0424   1]              Local Sapic EID : 00
[1A9h 0425   3]    Proximity Domain High(24) : 000000
[1ACh 0428   4]                 Clock Domain : 00000000

[1B0h 0432   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[1B1h 0433   1]                       Length : 10

[1B2h 0434   1]      Proximity Domain Low(8) : 00
[1B3h 0435   1]                      Apic ID : 70
[1B4h 0436   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[1B8h 0440   1]              Local Sapic EID : 00
[1B9h 0441   3]    Proximity Domain High(24) : 000000
[1BCh 0444   4]                 Clock Domain : 00000000

[1C0h 0448   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[1C1h 0449   1]                       Length : 10

[1C2h 0450   1]      Proximity Domain Low(8) : 00
[1C3h 0451   1]                      Apic ID : 72
[1C4h 0452   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[1C8h 0456   1]              Local Sapic EID : 00
[1C9h 0457   3]    Proximity Domain High(24) : 000000
[1CCh 0460   4]                 Clock Domain : 00000000

[1D0h 0464   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[1D1h 0465   1]                       Length : 10

[1D2h 0466   1]      Proximity Domain Low(8) : 00
[1D3h 0467   1]                      Apic ID : 74
[1D4h 0468   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[1D8h 0472   1]              Local Sapic EID : 00
[1D9h 0473   3]    Proximity Domain High(24) : 000000
[1DCh 0476   4]                 Clock Domain : 00000000

[1E0h 0480   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[1E1h 0481   1]                       Length : 10

[1E2h 0482   1]      Proximity Domain Low(8) : 00
[1E3h 0483   1]                      Apic ID : 76
[1E4h 0484   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[1E8h 0488   1]              Local Sapic EID : 00
[1E9h 0489   3]    Proximity Domain High(24) : 000000
[1ECh 0492   4]                 Clock Domain : 00000000

[1F0h 0496   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[1F1h 0497   1]                       Length : 10

[1F2h 0498   1]      Proximity Domain Low(8) : 00
[1F3h 0499   1]                      Apic ID : 78
[1F4h 0500   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[1F8h 0504   1]              Local Sapic EID : 00
[1F9h 0505   3]    Proximity Domain High(24) : 000000
[1FCh 0508   4]                 Clock Domain : 00000000

[200h 0512   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[201h 0513   1]                       Length : 10

[202h 0514   1]      Proximity Domain Low(8) : 00
[203h 0515   1]                      Apic ID : 7A
[204h 0516   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[208h 0520   1]              Local Sapic EID : 00
[209h 0521   3]    Proximity Domain High(24) : 000000
[20Ch 0524   4]                 Clock Domain : 00000000

[210h 0528   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[211h 0529   1]                       Length : 10

[212h 0530   1]      Proximity Domain Low(8) : 00
[213h 0531   1]                      Apic ID : 7C
[214h 0532   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[218h 0536   1]              Local Sapic EID : 00
[219h 0537   3]    Proximity Domain High(24) : 000000
[21Ch 0540   4]                 Clock Domain : 00000000

[220h 0544   1]                Subtable Type : 00 [Processor Local APIC/SAPIC Affinity]
[221h 0545   1]                       Length : 10

[222h 0546   1]      Proximity Domain Low(8) : 00
[223h 0547   1]                      Apic ID : 7E
[224h 0548   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[228h 0552   1]              Local Sapic EID : 00
[229h 0553   3]    Proximity Domain High(24) : 000000
[22Ch 0556   4]                 Clock Domain : 00000000

[230h 0560   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[231h 0561   1]                       Length : 18

[232h 0562   2]                    Reserved1 : 0000
[234h 0564   4]             Proximity Domain : 00000001
[238h 0568   4]                      Apic ID : 00000100
[23Ch 0572   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[240h 0576   4]                 Clock Domain : 00000000
[244h 0580   4]                    Reserved2 : 00000000

[248h 0584   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[249h 0585   1]                       Length : 18

[24Ah 0586   2]                    Reserved1 : 0000
[24Ch 0588   4]             Proximity Domain : 00000001
[250h 0592   4]                      Apic ID : 00000102
[254h 0596   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[258h 0600   4]                 Clock Domain : 00000000
[25Ch 0604   4]                    Reserved2 : 00000000

[260h 0608   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[261h 0609   1]                       Length : 18

[262h 0610   2]                    Reserved1 : 0000
[264h 0612   4]             Proximity Domain : 00000001
[268h 0616   4]                      Apic ID : 00000104
[26Ch 0620   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[270h 0624   4]                 Clock Domain : 00000000
[274h 0628   4]                    Reserved2 : 00000000

[278h 0632   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[279h 0633   1]                       Length : 18

[27Ah 0634   2]                    Reserved1 : 0000
[27Ch 0636   4]             Proximity Domain : 00000001
[280h 0640   4]                      Apic ID : 00000106
[284h 0644   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[288h 0648   4]                 Clock Domain : 00000000
[28Ch 0652   4]                    Reserved2 : 00000000

[290h 0656   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[291h 0657   1]                       Length : 18

[292h 0658   2]                    Reserved1 : 0000
[294h 0660   4]             Proximity Domain : 00000001
[298h 0664   4]                      Apic ID : 00000108
[29Ch 0668   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[2A0h 0672   4]                 Clock Domain : 00000000
[2A4h 0676   4]                    Reserved2 : 00000000

[2A8h 0680   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[2A9h 0681   1]                       Length : 18

[2AAh 0682   2]                    Reserved1 : 0000
[2ACh 0684   4]             Proximity Domain : 00000001
[2B0h 0688   4]                      Apic ID : 0000010A
[2B4h 0692   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[2B8h 0696   4]                 Clock Domain : 00000000
[2BCh 0700   4]                    Reserved2 : 00000000

[2C0h 0704   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[2C1h 0705   1]                       Length : 18

[2C2h 0706   2]                    Reserved1 : 0000
[2C4h 0708   4]             Proximity Domain : 00000001
[2C8h 0712   4]                      Apic ID : 0000010C
[2CCh 0716   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[2D0h 0720   4]                 Clock Domain : 00000000
[2D4h 0724   4]                    Reserved2 : 00000000

[2D8h 0728   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[2D9h 0729   1]                       Length : 18

[2DAh 0730   2]                    Reserved1 : 0000
[2DCh 0732   4]             Proximity Domain : 00000001
[2E0h 0736   4]                      Apic ID : 0000010E
[2E4h 0740   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[2E8h 0744   4]                 Clock Domain : 00000000
[2ECh 0748   4]                    Reserved2 : 00000000

[2F0h 0752   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[2F1h 0753   1]                       Length : 18

[2F2h 0754   2]                    Reserved1 : 0000
[2F4h 0756   4]             Proximity Domain : 00000001
[2F8h 0760   4]                      Apic ID : 00000110
[2FCh 0764   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[300h 0768   4]                 Clock Domain : 00000000
[304h 0772   4]                    Reserved2 : 00000000

[308h 0776   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[309h 0777   1]                       Length : 18

[30Ah 0778   2]                    Reserved1 : 0000
[30Ch 0780   4]             Proximity Domain : 00000001
[310h 0784   4]                      Apic ID : 00000112
[314h 0788   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[318h 0792   4]                 Clock Domain : 00000000
[31Ch 0796   4]                    Reserved2 : 00000000

[320h 0800   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[321h 0801   1]                       Length : 18

[322h 0802   2]                    Reserved1 : 0000
[324h 0804   4]             Proximity Domain : 00000001
[328h 0808   4]                      Apic ID : 00000114
[32Ch 0812   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[330h 0816   4]                 Clock Domain : 00000000
[334h 0820   4]                    Reserved2 : 00000000

[338h 0824   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[339h 0825   1]                       Length : 18

[33Ah 0826   2]                    Reserved1 : 0000
[33Ch 0828   4]             Proximity Domain : 00000001
[340h 0832   4]                      Apic ID : 00000116
[344h 0836   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[348h 0840   4]                 Clock Domain : 00000000
[34Ch 0844   4]                    Reserved2 : 00000000

[350h 0848   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[351h 0849   1]                       Length : 18

[352h 0850   2]                    Reserved1 : 0000
[354h 0852   4]             Proximity Domain : 00000001
[358h 0856   4]                      Apic ID : 00000118
[35Ch 0860   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[360h 0864   4]                 Clock Domain : 00000000
[364h 0868   4]                    Reserved2 : 00000000

[368h 0872   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[369h 0873   1]                       Length : 18

[36Ah 0874   2]                    Reserved1 : 0000
[36Ch 0876   4]             Proximity Domain : 00000001
[370h 0880   4]                      Apic ID : 0000011A
[374h 0884   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[378h 0888   4]                 Clock Domain : 00000000
[37Ch 0892   4]                    Reserved2 : 00000000

[380h 0896   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[381h 0897   1]                       Length : 18

[382h 0898   2]                    Reserved1 : 0000
[384h 0900   4]             Proximity Domain : 00000001
[388h 0904   4]                      Apic ID : 0000011C
[38Ch 0908   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[390h 0912   4]                 Clock Domain : 00000000
[394h 0916   4]                    Reserved2 : 00000000

[398h 0920   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[399h 0921   1]                       Length : 18

[39Ah 0922   2]                    Reserved1 : 0000
[39Ch 0924   4]             Proximity Domain : 00000001
[3A0h 0928   4]                      Apic ID : 0000011E
[3A4h 0932   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[3A8h 0936   4]                 Clock Domain : 00000000
[3ACh 0940   4]                    Reserved2 : 00000000

[3B0h 0944   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[3B1h 0945   1]                       Length : 18

[3B2h 0946   2]                    Reserved1 : 0000
[3B4h 0948   4]             Proximity Domain : 00000001
[3B8h 0952   4]                      Apic ID : 00000120
[3BCh 0956   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[3C0h 0960   4]                 Clock Domain : 00000000
[3C4h 0964   4]                    Reserved2 : 00000000

[3C8h 0968   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[3C9h 0969   1]                       Length : 18

[3CAh 0970   2]                    Reserved1 : 0000
[3CCh 0972   4]             Proximity Domain : 00000001
[3D0h 0976   4]                      Apic ID : 00000122
[3D4h 0980   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[3D8h 0984   4]                 Clock Domain : 00000000
[3DCh 0988   4]                    Reserved2 : 00000000

[3E0h 0992   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[3E1h 0993   1]                       Length : 18

[3E2h 0994   2]                    Reserved1 : 0000
[3E4h 0996   4]             Proximity Domain : 00000001
[3E8h 1000   4]                      Apic ID : 00000124
[3ECh 1004   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[3F0h 1008   4]                 Clock Domain : 00000000
[3F4h 1012   4]                    Reserved2 : 00000000

[3F8h 1016   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[3F9h 1017   1]                       Length : 18

[3FAh 1018   2]                    Reserved1 : 0000
[3FCh 1020   4]             Proximity Domain : 00000001
[400h 1024   4]                      Apic ID : 00000126
[404h 1028   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[408h 1032   4]                 Clock Domain : 00000000
[40Ch 1036   4]                    Reserved2 : 00000000

[410h 1040   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[411h 1041   1]                       Length : 18

[412h 1042   2]                    Reserved1 : 0000
[414h 1044   4]             Proximity Domain : 00000001
[418h 1048   4]                      Apic ID : 00000128
[41Ch 1052   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[420h 1056   4]                 Clock Domain : 00000000
[424h 1060   4]                    Reserved2 : 00000000

[428h 1064   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[429h 1065   1]                       Length : 18

[42Ah 1066   2]                    Reserved1 : 0000
[42Ch 1068   4]             Proximity Domain : 00000001
[430h 1072   4]                      Apic ID : 0000012A
[434h 1076   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[438h 1080   4]                 Clock Domain : 00000000
[43Ch 1084   4]                    Reserved2 : 00000000

[440h 1088   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[441h 1089   1]                       Length : 18

[442h 1090   2]                    Reserved1 : 0000
[444h 1092   4]             Proximity Domain : 00000001
[448h 1096   4]                      Apic ID : 0000012C
[44Ch 1100   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[450h 1104   4]                 Clock Domain : 00000000
[454h 1108   4]                    Reserved2 : 00000000

[458h 1112   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[459h 1113   1]                       Length : 18

[45Ah 1114   2]                    Reserved1 : 0000
[45Ch 1116   4]             Proximity Domain : 00000001
[460h 1120   4]                      Apic ID : 0000012E
[464h 1124   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[468h 1128   4]                 Clock Domain : 00000000
[46Ch 1132   4]                    Reserved2 : 00000000

[470h 1136   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[471h 1137   1]                       Length : 18

[472h 1138   2]                    Reserved1 : 0000
[474h 1140   4]             Proximity Domain : 00000001
[478h 1144   4]                      Apic ID : 00000130
[47Ch 1148   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[480h 1152   4]                 Clock Domain : 00000000
[484h 1156   4]                    Reserved2 : 00000000

[488h 1160   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[489h 1161   1]                       Length : 18

[48Ah 1162   2]                    Reserved1 : 0000
[48Ch 1164   4]             Proximity Domain : 00000001
[490h 1168   4]                      Apic ID : 00000132
[494h 1172   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[498h 1176   4]                 Clock Domain : 00000000
[49Ch 1180   4]                    Reserved2 : 00000000

[4A0h 1184   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[4A1h 1185   1]                       Length : 18

[4A2h 1186   2]                    Reserved1 : 0000
[4A4h 1188   4]             Proximity Domain : 00000001
[4A8h 1192   4]                      Apic ID : 00000134
[4ACh 1196   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[4B0h 1200   4]                 Clock Domain : 00000000
[4B4h 1204   4]                    Reserved2 : 00000000

[4B8h 1208   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[4B9h 1209   1]                       Length : 18

[4BAh 1210   2]                    Reserved1 : 0000
[4BCh 1212   4]             Proximity Domain : 00000001
[4C0h 1216   4]                      Apic ID : 00000136
[4C4h 1220   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[4C8h 1224   4]                 Clock Domain : 00000000
[4CCh 1228   4]                    Reserved2 : 00000000

[4D0h 1232   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[4D1h 1233   1]                       Length : 18

[4D2h 1234   2]                    Reserved1 : 0000
[4D4h 1236   4]             Proximity Domain : 00000001
[4D8h 1240   4]                      Apic ID : 00000138
[4DCh 1244   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[4E0h 1248   4]                 Clock Domain : 00000000
[4E4h 1252   4]                    Reserved2 : 00000000

[4E8h 1256   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[4E9h 1257   1]                       Length : 18

[4EAh 1258   2]                    Reserved1 : 0000
[4ECh 1260   4]             Proximity Domain : 00000001
[4F0h 1264   4]                      Apic ID : 0000013A
[4F4h 1268   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[4F8h 1272   4]                 Clock Domain : 00000000
[4FCh 1276   4]                    Reserved2 : 00000000

[500h 1280   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[501h 1281   1]                       Length : 18

[502h 1282   2]                    Reserved1 : 0000
[504h 1284   4]             Proximity Domain : 00000001
[508h 1288   4]                      Apic ID : 0000013C
[50Ch 1292   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[510h 1296   4]                 Clock Domain : 00000000
[514h 1300   4]                    Reserved2 : 00000000

[518h 1304   1]                Subtable Type : 02 [Processor Local x2APIC Affinity]
[519h 1305   1]                       Length : 18

[51Ah 1306   2]                    Reserved1 : 0000
[51Ch 1308   4]             Proximity Domain : 00000001
[520h 1312   4]                      Apic ID : 0000013E
[524h 1316   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
[528h 1320   4]                 Clock Domain : 00000000
[52Ch 1324   4]                    Reserved2 : 00000000

[530h 1328   1]                Subtable Type : 01 [Memory Affinity]
[531h 1329   1]                       Length : 28

[532h 1330   4]             Proximity Domain : 00000000
[536h 1334   2]                    Reserved1 : 0000
[538h 1336   8]                 Base Address : 0000000000030000
[540h 1344   8]               Address Length : 0000000000010000
[548h 1352   4]                    Reserved2 : 00000000
[54Ch 1356   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
                               Hot Pluggable : 0
                                Non-Volatile : 0
[550h 1360   8]                    Reserved3 : 0000000000000000

[558h 1368   1]                Subtable Type : 01 [Memory Affinity]
[559h 1369   1]                       Length : 28

[55Ah 1370   4]             Proximity Domain : 00000000
[55Eh 1374   2]                    Reserved1 : 0000
[560h 1376   8]                 Base Address : 0000002000000000
[568h 1384   8]               Address Length : 0000001000000000
[570h 1392   4]                    Reserved2 : 00000000
[574h 1396   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
                               Hot Pluggable : 0
                                Non-Volatile : 0
[578h 1400   8]                    Reserved3 : 0000000000000000

[580h 1408   1]                Subtable Type : 01 [Memory Affinity]
[581h 1409   1]                       Length : 28

[582h 1410   4]             Proximity Domain : 00000001
[586h 1414   2]                    Reserved1 : 0000
[588h 1416   8]                 Base Address : 0000006000000000
[590h 1424   8]               Address Length : 0000001000000000
[598h 1432   4]                    Reserved2 : 00000000
[59Ch 1436   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
                               Hot Pluggable : 0
                                Non-Volatile : 0
[5A0h 1440   8]                    Reserved3 : 0000000000000000

[5A8h 1448   1]                Subtable Type : 01 [Memory Affinity]
[5A9h 1449   1]                       Length : 28

[5AAh 1450   4]             Proximity Domain : 00000001
[5AEh 1454   2]                    Reserved1 : 0000
[5B0h 1456   8]                 Base Address : 0000008000000000
[5B8h 1464   8]               Address Length : 0000000040000000
[5C0h 1472   4]                    Reserved2 : 00000000
[5C4h 1476   4]        Flags (decoded below) : 00000001
                                     Enabled : 1
                               Hot Pluggable : 0
                                Non-Volatile : 0
[5C8h 1480   8]                    Reserved3 : 0000000000000000
