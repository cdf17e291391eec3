/* The DSDT of the partition 'elastic' in ExamplePlans.cs, as iasl disassembles it, without its comments. */

DefinitionBlock ("", "DSDT", 2, "PARKER", "PARTITN ", 0x00000001)
{
    Scope (\_SB)
    {
        OperationRegion (HCPU, SystemMemory, 0x0000000140000144, 0x08BC)
        Field (HCPU, DWordAcc, NoLock, Preserve)
        {
            CHNG,   32,
            TAKN,   32,
            RFSL,   32,
            Offset (0xBC),
            G000,   1,
            G001,   1,
            G002,   1,
            G003,   1,
            Offset (0x2BC),
            T000,   1,
            T001,   1,
            T002,   1,
            T003,   1,
            Offset (0x4BC),
            A000,   2,
            A001,   2,
            A002,   2,
            A003,   2
        }

        Device (C000)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x02)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x02, 0x02, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C001)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x03)
            Name (_PXM, Zero)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x03, 0x03, 0x01, 0x00, 0x00, 0x00
            })
            Method (_STA, 0, NotSerialized)
            {
                If (T001)
                {
                    Return (0x0F)
                }

                Return (Zero)
            }

            Method (_EJ0, 1, NotSerialized)
            {
                T001 = Zero
                If (G001)
                {
                    TAKN = Zero
                }
            }

            Method (_OST, 3, NotSerialized)
            {
                If (!Arg1)
                {
                    A001 = One
                    Return (Zero)
                }

                If ((Arg1 != 0x84))
                {
                    RFSL = Arg1
                    A001 = 0x02
                }

                Return (Zero)
            }

            Method (SYNC, 0, NotSerialized)
            {
                If ((G001 == T001))
                {
                    Return (Zero)
                }

                A001 = Zero
                If (G001)
                {
                    T001 = One
                    Notify (C001, One)
                    Return (Zero)
                }

                Notify (C001, 0x03)
                Return (Zero)
            }
        }

        Device (C002)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x04)
            Name (_PXM, One)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x04, 0x04, 0x01, 0x00, 0x00, 0x00
            })
            Method (_STA, 0, NotSerialized)
            {
                If (T002)
                {
                    Return (0x0F)
                }

                Return (Zero)
            }

            Method (_EJ0, 1, NotSerialized)
            {
                T002 = Zero
                If (G002)
                {
                    TAKN = Zero
                }
            }

            Method (_OST, 3, NotSerialized)
            {
                If (!Arg1)
                {
                    A002 = One
                    Return (Zero)
                }

                If ((Arg1 != 0x84))
                {
                    RFSL = Arg1
                    A002 = 0x02
                }

                Return (Zero)
            }

            Method (SYNC, 0, NotSerialized)
            {
                If ((G002 == T002))
                {
                    Return (Zero)
                }

                A002 = Zero
                If (G002)
                {
                    T002 = One
                    Notify (C002, One)
                    Return (Zero)
                }

                Notify (C002, 0x03)
                Return (Zero)
            }
        }

        Device (C003)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x05)
            Name (_PXM, One)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x05, 0x05, 0x01, 0x00, 0x00, 0x00
            })
            Method (_STA, 0, NotSerialized)
            {
                If (T003)
                {
                    Return (0x0F)
                }

                Return (Zero)
            }

            Method (_EJ0, 1, NotSerialized)
            {
                T003 = Zero
                If (G003)
                {
                    TAKN = Zero
                }
            }

            Method (_OST, 3, NotSerialized)
            {
                If (!Arg1)
                {
                    A003 = One
                    Return (Zero)
                }

                If ((Arg1 != 0x84))
                {
                    RFSL = Arg1
                    A003 = 0x02
                }

                Return (Zero)
            }

            Method (SYNC, 0, NotSerialized)
            {
                If ((G003 == T003))
                {
                    Return (Zero)
                }

                A003 = Zero
                If (G003)
                {
                    T003 = One
                    Notify (C003, One)
                    Return (Zero)
                }

                Notify (C003, 0x03)
                Return (Zero)
            }
        }

        OperationRegion (HMEM, SystemMemory, 0x0000000140000150, 0x0EB0)
        Field (HMEM, DWordAcc, NoLock, Preserve)
        {
            MCHG,   32,
            MTKN,   32,
            MRFS,   32,
            Offset (0x8B0),
            L000,   1,
            L001,   1,
            L002,   1,
            Offset (0x8D0),
            R000,   1,
            R001,   1,
            R002,   1,
            Offset (0x8F0),
            O000,   2,
            O001,   2,
            O002,   2,
            Offset (0x9B0),
            N000,   8,
            N001,   8,
            N002,   8,
            Offset (0xAB0),
            B000,   32,
            B001,   32,
            B002,   32
        }

        Name (MBUF, ResourceTemplate ()
        {
            QWordMemory (ResourceConsumer, PosDecode, MinFixed, MaxFixed, NonCacheable, ReadWrite,
                0x0000000000000000,
                0x0000000100000000,
                0x0000000107FFFFFF,
                0x0000000000000000,
                0x0000000008000000,
                ,, _Y00, AddressRangeMemory, TypeStatic)
        })
        CreateQWordField (MBUF, \_SB._Y00._MIN, MMIN)
        CreateQWordField (MBUF, \_SB._Y00._MAX, MMAX)
        Method (MCRS, 1, Serialized)
        {
            MMIN = (Arg0 << 0x1B)
            MMAX = (MMIN + 0x07FFFFFF)
            Return (MBUF)
        }

        Device (M000)
        {
            Name (_HID, EisaId ("PNP0C80"))
            Name (_UID, Zero)
            Method (_PXM, 0, NotSerialized)
            {
                Return (N000)
            }

            Method (_CRS, 0, NotSerialized)
            {
                Return (MCRS (B000))
            }

            Method (_STA, 0, NotSerialized)
            {
                If (R000)
                {
                    Return (0x0F)
                }

                Return (Zero)
            }

            Method (_EJ0, 1, NotSerialized)
            {
                R000 = Zero
                If (L000)
                {
                    MTKN = Zero
                }
            }

            Method (_OST, 3, NotSerialized)
            {
                If (!Arg1)
                {
                    O000 = One
                    Return (Zero)
                }

                If ((Arg1 != 0x84))
                {
                    MRFS = Arg1
                    O000 = 0x02
                }

                Return (Zero)
            }

            Method (SYNC, 0, NotSerialized)
            {
                If ((L000 == R000))
                {
                    Return (Zero)
                }

                O000 = Zero
                If (L000)
                {
                    R000 = One
                    Notify (M000, One)
                    Return (Zero)
                }

                Notify (M000, 0x03)
                Return (Zero)
            }
        }

        Device (M001)
        {
            Name (_HID, EisaId ("PNP0C80"))
            Name (_UID, One)
            Method (_PXM, 0, NotSerialized)
            {
                Return (N001)
            }

            Method (_CRS, 0, NotSerialized)
            {
                Return (MCRS (B001))
            }

            Method (_STA, 0, NotSerialized)
            {
                If (R001)
                {
                    Return (0x0F)
                }

                Return (Zero)
            }

            Method (_EJ0, 1, NotSerialized)
            {
                R001 = Zero
                If (L001)
                {
                    MTKN = Zero
                }
            }

            Method (_OST, 3, NotSerialized)
            {
                If (!Arg1)
                {
                    O001 = One
                    Return (Zero)
                }

                If ((Arg1 != 0x84))
                {
                    MRFS = Arg1
                    O001 = 0x02
                }

                Return (Zero)
            }

            Method (SYNC, 0, NotSerialized)
            {
                If ((L001 == R001))
                {
                    Return (Zero)
                }

                O001 = Zero
                If (L001)
                {
                    R001 = One
                    Notify (M001, One)
                    Return (Zero)
                }

                Notify (M001, 0x03)
                Return (Zero)
            }
        }

        Device (M002)
        {
            Name (_HID, EisaId ("PNP0C80"))
            Name (_UID, 0x02)
            Method (_PXM, 0, NotSerialized)
            {
                Return (N002)
            }

            Method (_CRS, 0, NotSerialized)
            {
                Return (MCRS (B002))
            }

            Method (_STA, 0, NotSerialized)
            {
                If (R002)
                {
                    Return (0x0F)
                }

                Return (Zero)
            }

            Method (_EJ0, 1, NotSerialized)
            {
                R002 = Zero
                If (L002)
                {
                    MTKN = Zero
                }
            }

            Method (_OST, 3, NotSerialized)
            {
                If (!Arg1)
                {
                    O002 = One
                    Return (Zero)
                }

                If ((Arg1 != 0x84))
                {
                    MRFS = Arg1
                    O002 = 0x02
                }

                Return (Zero)
            }

            Method (SYNC, 0, NotSerialized)
            {
                If ((L002 == R002))
                {
                    Return (Zero)
                }

                O002 = Zero
                If (L002)
                {
                    R002 = One
                    Notify (M002, One)
                    Return (Zero)
                }

                Notify (M002, 0x03)
                Return (Zero)
            }
        }

        Device (P000)
        {
            Name (_HID, EisaId ("PNP0A08"))
            Name (_CID, EisaId ("PNP0A03"))
            Name (_UID, Zero)
            Name (_SEG, One)
            Name (_BBN, One)
            Name (_CCA, One)
            Name (_CRS, ResourceTemplate ()
            {
                WordBusNumber (ResourceProducer, MinFixed, MaxFixed, PosDecode,
                    0x0000,
                    0x0001,
                    0x0001,
                    0x0000,
                    0x0001,
                    ,, )
                DWordMemory (ResourceProducer, PosDecode, MinFixed, MaxFixed, NonCacheable, ReadWrite,
                    0x00000000,
                    0xFE800000,
                    0xFE9FFFFF,
                    0x00000000,
                    0x00200000,
                    ,, , AddressRangeMemory, TypeStatic)
                QWordMemory (ResourceProducer, PosDecode, MinFixed, MaxFixed, Prefetchable, ReadWrite,
                    0x0000000000000000,
                    0x000000C000000000,
                    0x000000C01FFFFFFF,
                    0x0000000000000000,
                    0x0000000020000000,
                    ,, , AddressRangeMemory, TypeStatic)
            })
        }

        Device (ECAM)
        {
            Name (_HID, EisaId ("PNP0C02"))
            Name (_UID, Zero)
            Name (_CRS, ResourceTemplate ()
            {
                DWordMemory (ResourceConsumer, PosDecode, MinFixed, MaxFixed, NonCacheable, ReadWrite,
                    0x00000000,
                    0xB0100000,
                    0xB01FFFFF,
                    0x00000000,
                    0x00100000,
                    ,, , AddressRangeMemory, TypeStatic)
            })
        }

        Device (UART)
        {
            Name (_HID, EisaId ("PNP0501"))
            Name (_UID, Zero)
            Name (_CRS, ResourceTemplate ()
            {
                IO (Decode16,
                    0x02F8,
                    0x02F8,
                    0x01,
                    0x08,
                    )
            })
        }

        OperationRegion (HDRP, SystemMemory, 0x0000000140000130, 0x14)
        Field (HDRP, DWordAcc, NoLock, Preserve)
        {
            BEAT,   32,
            Offset (0x08),
            CMND,   32,
            Offset (0x10),
            CACK,   32
        }

        ThermalZone (THRM)
        {
            Name (_TZP, 0x0A)
            Name (_CRT, 0x0E94)
            Method (_TMP, 0, NotSerialized)
            {
                BEAT += One
                If ((CHNG != TAKN))
                {
                    Local1 = CHNG
                    \_SB.C001.SYNC ()
                    \_SB.C002.SYNC ()
                    \_SB.C003.SYNC ()
                    TAKN = Local1
                }

                If ((MCHG != MTKN))
                {
                    Local1 = MCHG
                    \_SB.M000.SYNC ()
                    \_SB.M001.SYNC ()
                    \_SB.M002.SYNC ()
                    MTKN = Local1
                }

                Local0 = CMND
                CACK = Local0
                If ((Local0 == One))
                {
                    Return (0x1088)
                }

                Return (0x0BA6)
            }
        }
    }
}
