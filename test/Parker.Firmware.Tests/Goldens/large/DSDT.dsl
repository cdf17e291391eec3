/* The DSDT of the partition 'large' in ExamplePlans.cs, as iasl disassembles it, without its comments. */

DefinitionBlock ("", "DSDT", 2, "PARKER", "PARTITN ", 0x00000001)
{
    Scope (\_SB)
    {
        Device (C000)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x40)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x40, 0x40, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C001)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x42)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x42, 0x42, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C002)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x44)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x44, 0x44, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C003)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x46)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x46, 0x46, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C004)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x48)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x48, 0x48, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C005)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x4A)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x4A, 0x4A, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C006)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x4C)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x4C, 0x4C, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C007)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x4E)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x4E, 0x4E, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C008)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x50)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x50, 0x50, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C009)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x52)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x52, 0x52, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C00A)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x54)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x54, 0x54, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C00B)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x56)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x56, 0x56, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C00C)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x58)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x58, 0x58, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C00D)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x5A)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x5A, 0x5A, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C00E)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x5C)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x5C, 0x5C, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C00F)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x5E)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x5E, 0x5E, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C010)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x60)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x60, 0x60, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C011)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x62)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x62, 0x62, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C012)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x64)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x64, 0x64, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C013)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x66)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x66, 0x66, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C014)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x68)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x68, 0x68, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C015)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x6A)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x6A, 0x6A, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C016)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x6C)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x6C, 0x6C, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C017)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x6E)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x6E, 0x6E, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C018)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x70)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x70, 0x70, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C019)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x72)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x72, 0x72, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C01A)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x74)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x74, 0x74, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C01B)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x76)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x76, 0x76, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C01C)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x78)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x78, 0x78, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C01D)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x7A)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x7A, 0x7A, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C01E)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x7C)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x7C, 0x7C, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C01F)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x7E)
            Name (_PXM, Zero)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x08)
            {
                 0x00, 0x08, 0x7E, 0x7E, 0x01, 0x00, 0x00, 0x00
            })
        }

        Device (C020)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0100)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00
            })
        }

        Device (C021)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0102)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x02, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x02, 0x01, 0x00, 0x00
            })
        }

        Device (C022)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0104)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x04, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x04, 0x01, 0x00, 0x00
            })
        }

        Device (C023)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0106)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x06, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x06, 0x01, 0x00, 0x00
            })
        }

        Device (C024)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0108)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x08, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x08, 0x01, 0x00, 0x00
            })
        }

        Device (C025)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x010A)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x0A, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x0A, 0x01, 0x00, 0x00
            })
        }

        Device (C026)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x010C)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x0C, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x0C, 0x01, 0x00, 0x00
            })
        }

        Device (C027)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x010E)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x0E, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x0E, 0x01, 0x00, 0x00
            })
        }

        Device (C028)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0110)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x10, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x10, 0x01, 0x00, 0x00
            })
        }

        Device (C029)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0112)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x12, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x12, 0x01, 0x00, 0x00
            })
        }

        Device (C02A)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0114)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x14, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x14, 0x01, 0x00, 0x00
            })
        }

        Device (C02B)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0116)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x16, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x16, 0x01, 0x00, 0x00
            })
        }

        Device (C02C)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0118)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x18, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x18, 0x01, 0x00, 0x00
            })
        }

        Device (C02D)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x011A)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x1A, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x1A, 0x01, 0x00, 0x00
            })
        }

        Device (C02E)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x011C)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x1C, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x1C, 0x01, 0x00, 0x00
            })
        }

        Device (C02F)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x011E)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x1E, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x1E, 0x01, 0x00, 0x00
            })
        }

        Device (C030)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0120)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x20, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x20, 0x01, 0x00, 0x00
            })
        }

        Device (C031)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0122)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x22, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x22, 0x01, 0x00, 0x00
            })
        }

        Device (C032)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0124)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x24, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x24, 0x01, 0x00, 0x00
            })
        }

        Device (C033)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0126)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x26, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x26, 0x01, 0x00, 0x00
            })
        }

        Device (C034)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0128)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x28, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x28, 0x01, 0x00, 0x00
            })
        }

        Device (C035)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x012A)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x2A, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x2A, 0x01, 0x00, 0x00
            })
        }

        Device (C036)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x012C)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x2C, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x2C, 0x01, 0x00, 0x00
            })
        }

        Device (C037)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x012E)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x2E, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x2E, 0x01, 0x00, 0x00
            })
        }

        Device (C038)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0130)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x30, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x30, 0x01, 0x00, 0x00
            })
        }

        Device (C039)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0132)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x32, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x32, 0x01, 0x00, 0x00
            })
        }

        Device (C03A)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0134)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x34, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x34, 0x01, 0x00, 0x00
            })
        }

        Device (C03B)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0136)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x36, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x36, 0x01, 0x00, 0x00
            })
        }

        Device (C03C)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x0138)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x38, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x38, 0x01, 0x00, 0x00
            })
        }

        Device (C03D)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x013A)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x3A, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x3A, 0x01, 0x00, 0x00
            })
        }

        Device (C03E)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x013C)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x3C, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x3C, 0x01, 0x00, 0x00
            })
        }

        Device (C03F)
        {
            Name (_HID, "ACPI0007")
            Name (_UID, 0x013E)
            Name (_PXM, One)
            Name (_STA, 0x0F)
            Name (_MAT, Buffer (0x10)
            {
  0x09, 0x10, 0x00, 0x00, 0x3E, 0x01, 0x00, 0x00,
  0x01, 0x00, 0x00, 0x00, 0x3E, 0x01, 0x00, 0x00
            })
        }

        Device (P000)
        {
            Name (_HID, EisaId ("PNP0A08"))
            Name (_CID, EisaId ("PNP0A03"))
            Name (_UID, Zero)
            Name (_SEG, One)
            Name (_BBN, 0x81)
            Name (_CCA, One)
            Name (_PXM, Zero)
            Name (_CRS, ResourceTemplate ()
            {
                WordBusNumber (ResourceProducer, MinFixed, MaxFixed, PosDecode,
                    0x0000,
                    0x0081,
                    0x0082,
                    0x0000,
                    0x0002,
                    ,, )
                DWordMemory (ResourceProducer, PosDecode, MinFixed, MaxFixed, NonCacheable, ReadWrite,
                    0x00000000,
                    0xD0000000,
                    0xD0FFFFFF,
                    0x00000000,
                    0x01000000,
                    ,, , AddressRangeMemory, TypeStatic)
                QWordMemory (ResourceProducer, PosDecode, MinFixed, MaxFixed, Prefetchable, ReadWrite,
                    0x0000000000000000,
                    0x0000003800000000,
                    0x00000039FFFFFFFF,
                    0x0000000000000000,
                    0x0000000200000000,
                    ,, , AddressRangeMemory, TypeStatic)
            })
        }

        Device (P001)
        {
            Name (_HID, EisaId ("PNP0A08"))
            Name (_CID, EisaId ("PNP0A03"))
            Name (_UID, One)
            Name (_SEG, One)
            Name (_BBN, 0x83)
            Name (_CCA, One)
            Name (_CRS, ResourceTemplate ()
            {
                WordBusNumber (ResourceProducer, MinFixed, MaxFixed, PosDecode,
                    0x0000,
                    0x0083,
                    0x0083,
                    0x0000,
                    0x0001,
                    ,, )
                DWordMemory (ResourceProducer, PosDecode, MinFixed, MaxFixed, Prefetchable, ReadWrite,
                    0x00000000,
                    0xD1000000,
                    0xD11FFFFF,
                    0x00000000,
                    0x00200000,
                    ,, , AddressRangeMemory, TypeStatic)
            })
        }

        Device (P002)
        {
            Name (_HID, EisaId ("PNP0A08"))
            Name (_CID, EisaId ("PNP0A03"))
            Name (_UID, 0x02)
            Name (_SEG, 0x02)
            Name (_BBN, 0x41)
            Name (_CCA, One)
            Name (_PXM, One)
            Name (_CRS, ResourceTemplate ()
            {
                WordBusNumber (ResourceProducer, MinFixed, MaxFixed, PosDecode,
                    0x0000,
                    0x0041,
                    0x0045,
                    0x0000,
                    0x0005,
                    ,, )
                DWordMemory (ResourceProducer, PosDecode, MinFixed, MaxFixed, NonCacheable, ReadWrite,
                    0x00000000,
                    0xE0000000,
                    0xE1FFFFFF,
                    0x00000000,
                    0x02000000,
                    ,, , AddressRangeMemory, TypeStatic)
                QWordMemory (ResourceProducer, PosDecode, MinFixed, MaxFixed, Prefetchable, ReadWrite,
                    0x0000000000000000,
                    0x0000003A00000000,
                    0x0000003A3FFFFFFF,
                    0x0000000000000000,
                    0x0000000040000000,
                    ,, , AddressRangeMemory, TypeStatic)
            })
        }

        Device (ECAM)
        {
            Name (_HID, EisaId ("PNP0C02"))
            Name (_UID, Zero)
            Name (_CRS, ResourceTemplate ()
            {
                QWordMemory (ResourceConsumer, PosDecode, MinFixed, MaxFixed, NonCacheable, ReadWrite,
                    0x0000000000000000,
                    0x000003FF08100000,
                    0x000003FF082FFFFF,
                    0x0000000000000000,
                    0x0000000000200000,
                    ,, , AddressRangeMemory, TypeStatic)
                QWordMemory (ResourceConsumer, PosDecode, MinFixed, MaxFixed, NonCacheable, ReadWrite,
                    0x0000000000000000,
                    0x000003FF08300000,
                    0x000003FF083FFFFF,
                    0x0000000000000000,
                    0x0000000000100000,
                    ,, , AddressRangeMemory, TypeStatic)
                QWordMemory (ResourceConsumer, PosDecode, MinFixed, MaxFixed, NonCacheable, ReadWrite,
                    0x0000000000000000,
                    0x000003FF14100000,
                    0x000003FF145FFFFF,
                    0x0000000000000000,
                    0x0000000000500000,
                    ,, , AddressRangeMemory, TypeStatic)
            })
        }

        OperationRegion (HDRP, SystemMemory, 0x0000002000000130, 0x14)
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
