using System.Buffers.Binary;
using System.Text;

namespace Parker.Machine.Tests.Topology.Acpi;

/// <summary>Makes ACPI tables for tests: right header and checksum around any body.</summary>
internal static class AcpiTableBytes
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

    public static byte[] SratMemory(uint domain, ulong start, ulong length, uint flags = 1) =>
        [1, 40, .. Le(domain), 0, 0, .. Le(start), .. Le(length), .. Le(0u), .. Le(flags), .. Le(0ul)];

    public static byte[] Le(uint value) => BitConverter.GetBytes(value);

    public static byte[] Le(ulong value) => BitConverter.GetBytes(value);
}
