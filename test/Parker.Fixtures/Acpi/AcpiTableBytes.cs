using System.Buffers.Binary;
using System.Text;

namespace Parker.Fixtures.Acpi;

/// <summary>Makes ACPI tables for tests: right header and checksum around any body.</summary>
public static class AcpiTableBytes
{
    public static byte[] Make(string signature, byte revision, params byte[][] parts)
    {
        byte[] table = [.. new byte[36], .. parts.SelectMany(part => part)];
        Encoding.ASCII.GetBytes(signature, table);
        BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(4), table.Length);
        table[8] = revision;
        "TESTERTESTBLE "u8.CopyTo(table.AsSpan(10));
        FixChecksum(table);
        return table;
    }

    public static void FixChecksum(byte[] table)
    {
        table[9] = 0;
        table[9] = unchecked((byte)-table.Sum(value => value));
    }

    public static byte[] Madt(params byte[][] structures) => Make("APIC", 5, [new byte[8], .. structures]);

    public static byte[] LocalApic(byte uid, byte apicId, uint flags = 1) => [0, 8, uid, apicId, .. Le(flags)];

    public static byte[] X2apic(uint uid, uint apicId, uint flags = 1) => [9, 16, 0, 0, .. Le(apicId), .. Le(flags), .. Le(uid)];

    public static byte[] IoApic(byte id, uint address, uint first) => [1, 12, id, 0, .. Le(address), .. Le(first)];

    public static byte[] Srat(params byte[][] structures) => Make("SRAT", 3, [new byte[12], .. structures]);

    public static byte[] SratCpu(uint domain, byte apicId) => [0, 16, (byte)domain, apicId, .. Le(1u), 0, (byte)(domain >> 8), (byte)(domain >> 16), (byte)(domain >> 24), .. Le(0u)];

    public static byte[] SratX2apic(uint domain, uint apicId) => [2, 24, 0, 0, .. Le(domain), .. Le(apicId), .. Le(1u), .. Le(0u), .. Le(0u)];

    public static byte[] SratMemory(uint domain, ulong start, ulong length, uint flags = 1) =>
        [1, 40, .. Le(domain), 0, 0, .. Le(start), .. Le(length), .. Le(0u), .. Le(flags), .. Le(0ul)];

    /// <summary>A matrix of distances, a row after the other.</summary>
    public static byte[] Slit(int domains, params byte[] distances) => Make("SLIT", 1, Le((ulong)domains), distances);

    public static byte[] Mcfg(params byte[][] entries) => Make("MCFG", 1, [new byte[8], .. entries]);

    public static byte[] McfgEntry(ulong address, ushort segment, byte firstBus, byte lastBus) => [.. Le(address), .. Le(segment), firstBus, lastBus, .. Le(0u)];

    /// <param name="hostAddressBits">The width of physical addresses.</param>
    /// <param name="flags">Bit 0: interrupt remapping; bit 1: leave x2APIC mode alone.</param>
    /// <param name="structures">DRHD, RMRR and the like.</param>
    public static byte[] Dmar(int hostAddressBits, byte flags, params byte[][] structures) => Make("DMAR", 1, [[(byte)(hostAddressBits - 1), flags, .. new byte[10]], .. structures]);

    public static byte[] Drhd(ushort segment, ulong registers, bool includesAll, params byte[][] scopes) =>
        Sized(0, [includesAll ? (byte)1 : (byte)0, 0, .. Le(segment), .. Le(registers), .. scopes.SelectMany(scope => scope)]);

    public static byte[] Rmrr(ushort segment, ulong first, ulong last, params byte[][] scopes) =>
        Sized(1, [0, 0, .. Le(segment), .. Le(first), .. Le(last), .. scopes.SelectMany(scope => scope)]);

    /// <param name="type">1 endpoint, 2 bridge, 3 I/O APIC.</param>
    /// <param name="id">Of an I/O APIC.</param>
    /// <param name="startBus">Where the path starts.</param>
    /// <param name="path">Pairs of device and function.</param>
    public static byte[] DeviceScope(byte type, byte id, byte startBus, params byte[] path) => [type, (byte)(6 + path.Length), 0, 0, id, startBus, .. path];

    public static byte[] Ivrs(params byte[][] blocks) => Make("IVRS", 2, [new byte[12], .. blocks]);

    /// <param name="type">10h, 11h or 40h.</param>
    /// <param name="number">The unit's own function: bus in bits 15:8, device 7:3, function 2:0.</param>
    /// <param name="registers">The unit's register base.</param>
    /// <param name="segment">The PCI segment.</param>
    /// <param name="entries">Device entries.</param>
    public static byte[] Ivhd(byte type, ushort number, ulong registers, ushort segment, params byte[][] entries)
    {
        byte[] body = [.. Le(number), .. Le((ushort)0x40), .. Le(registers), .. Le(segment), .. Le((ushort)0), .. Le(0u), .. new byte[type == 0x10 ? 0 : 16], .. entries.SelectMany(entry => entry)];
        return [type, 0xb0, .. Le((ushort)(body.Length + 4)), .. body];
    }

    /// <summary>A start-of-range and an end-of-range entry.</summary>
    public static byte[] IvhdRange(ushort first, ushort last) => [0x03, .. Le(first), 0, 0x04, .. Le(last), 0];

    public static byte[] IvhdIoApic(byte id, ushort number) => [0x48, 0, 0, 0, id, .. Le(number), 1];

    public static byte[] Le(ushort value) => BitConverter.GetBytes(value);

    public static byte[] Le(uint value) => BitConverter.GetBytes(value);

    public static byte[] Le(ulong value) => BitConverter.GetBytes(value);

    private static byte[] Sized(ushort type, byte[] body) => [.. Le(type), .. Le((ushort)(body.Length + 4)), .. body];
}
