/* The DSDT of the partition 'small' in ExamplePlans.cs, as iasl disassembles it, without its comments. */

DefinitionBlock ("", "DSDT", 2, "PARKER", "PARTITN ", 0x00000001)
{
    Scope (\_SB)
    {
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
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x03, 0x03, 0x01, 0x00, 0x00, 0x00
            })
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
