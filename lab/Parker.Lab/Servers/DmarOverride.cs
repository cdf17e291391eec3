using System.Buffers.Binary;

namespace Parker.Lab.Servers;

/// <summary>The DMAR table of a server whose IOMMU unit serves the slots of its devices alone, as a server's unit for one PCI Express stack does.</summary>
/// <remarks>
/// The machine that QEMU emulates has one unit, and its own table puts everything under it, the I/O APIC too. The Boot Kernel takes this table from its initramfs instead of
/// that one (Documentation/admin-guide/acpi/initrd_table_override.rst): same signature, maker and table name, a higher revision. The unit and its registers are QEMU's; the
/// Boot Kernel's devices do not pass through it, because QEMU's virtio devices only do when they are told to.
/// <code>
/// header 36 bytes | width-1, flags, 10 zeros | DRHD: type 0, length, flags, size, segment, registers | scope of a port: 2, 8, 0, 0, 0, bus 0, device, function
/// </code>
/// Source: Intel VT-d specification, 8.1 to 8.3.
/// </remarks>
internal static class DmarOverride
{
    /// <summary>Where the kernel looks for it.</summary>
    public const string Path = "kernel/firmware/acpi/dmar.aml";

    private const ulong Registers = 0xfed90000;
    private const int HeaderLength = 36;
    private const int UnitAt = 48;
    private const int ScopesAt = UnitAt + 16;
    private const int ScopeLength = 8;
    private const byte BridgeScope = 2;
    private const byte InterruptRemapping = 1;
    private const byte HostAddressWidth = 48;
    private const uint Revision = 2;

    /// <summary>The table's bytes.</summary>
    /// <param name="ports">The device numbers of the root ports on bus 0 that the unit serves.</param>
    public static byte[] Of(IReadOnlyCollection<byte> ports)
    {
        byte[] table = new byte[ScopesAt + (ports.Count * ScopeLength)];
        "DMAR"u8.CopyTo(table);
        BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(4), table.Length);
        table[8] = 1;
        "BOCHS BXPC    "u8.CopyTo(table.AsSpan(10));
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(24), Revision);
        "BXPC"u8.CopyTo(table.AsSpan(28));
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(32), 1);
        table[HeaderLength] = HostAddressWidth - 1;
        table[HeaderLength + 1] = InterruptRemapping;
        BinaryPrimitives.WriteInt16LittleEndian(table.AsSpan(UnitAt + 2), (short)(table.Length - UnitAt));
        BinaryPrimitives.WriteUInt64LittleEndian(table.AsSpan(UnitAt + 8), Registers);
        int at = ScopesAt;
        foreach (byte port in ports)
        {
            table[at] = BridgeScope;
            table[at + 1] = ScopeLength;
            table[at + 6] = port;
            at += ScopeLength;
        }

        byte sum = 0;
        foreach (byte value in table)
        {
            sum = unchecked((byte)(sum + value));
        }

        table[9] = unchecked((byte)-sum);
        return table;
    }
}
