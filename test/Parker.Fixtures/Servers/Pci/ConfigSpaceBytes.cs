using System.Buffers.Binary;
using Parker.Machine.Topology;

namespace Parker.Fixtures.Servers.Pci;

/// <summary>Writes the configuration space of a made-up function.</summary>
/// <remarks>PCI Local Bus Specification 3.0, chapter 6; PCI Express Base Specification, chapter 7; "PCI-to-PCI Bridge Architecture Specification", chapter 3.</remarks>
internal sealed class ConfigSpaceBytes
{
    private const int ConventionalLength = 256;
    private const int FullLength = 4096;

    private readonly byte[] _bytes;
    private int _nextCapability = 0x40;
    private int _lastCapability = 0x33;
    private int _nextExtended = ConventionalLength;
    private int _lastExtended;

    private ConfigSpaceBytes(int length) => _bytes = new byte[length];

    public static byte[] Of(ServerFunction function)
    {
        PciDevice device = function.Device;
        bool express = device.Type != PcieFunctionType.ConventionalPci;
        ConfigSpaceBytes space = new(express ? FullLength : ConventionalLength);
        space.Header(function);
        space.Put16(space.Capability(0x01, 8) + 2, 0x0003);
        if (express)
        {
            space.Express(function);
        }

        if (device.HasMsi)
        {
            space.Put16(space.Capability(0x05, 0x18) + 2, 0x0180 | (device.Driver.Length > 0 && device.MsixVectors == 0 ? 1 : 0));
        }

        if (device.MsixVectors > 0)
        {
            space.Put16(space.Capability(0x11, 0x0c) + 2, (device.MsixVectors - 1) | (device.Driver.Length > 0 ? 0x8000 : 0));
        }

        if (express)
        {
            space.ExtendedCapabilities(function);
        }

        return space._bytes;
    }

    private void Header(ServerFunction function)
    {
        const ushort ioMemoryMasterNoIntx = 0x0406;
        bool isVirtual = function.PhysicalFunction is not null;
        Put16(0x00, isVirtual ? 0xffff : function.Device.Vendor);
        Put16(0x02, isVirtual ? 0xffff : function.Device.Device);
        Put16(0x04, function.Device.Driver.Length > 0 ? ioMemoryMasterNoIntx : 0);
        Put16(0x06, 0x0010);
        Put32(0x08, (function.Device.Class << 8) | 0x01);
        _bytes[0x0e] = (byte)((function.Buses is null ? 0 : 1) | (function.IsMultiFunction ? 0x80 : 0));
        foreach (ServerBar bar in function.Bars.Where(bar => bar.Index < 6 && !isVirtual))
        {
            Put32(0x10 + (4 * bar.Index), (uint)(bar.First & 0xffff_fff0) | (bar.Is64Bit ? 0xcu : 0));
            if (bar.Is64Bit)
            {
                Put32(0x14 + (4 * bar.Index), (uint)(bar.First >> 32));
            }
        }

        if (function is { Buses: (byte secondary, byte subordinate), Windows: (AddressWindow low, AddressWindow high) })
        {
            (_bytes[0x18], _bytes[0x19], _bytes[0x1a]) = (function.Address.Bus, secondary, subordinate);
            // No I/O window: its base is above its limit.
            (_bytes[0x1c], _bytes[0x1d]) = (0xf1, 0x01);
            Put16(0x20, (int)(low.First >> 16) & 0xfff0);
            Put16(0x22, (int)(low.Last >> 16) & 0xfff0);
            Put16(0x24, ((int)(high.First >> 16) & 0xfff0) | 1);
            Put16(0x26, ((int)(high.Last >> 16) & 0xfff0) | 1);
            Put32(0x28, (uint)(high.First >> 32));
            Put32(0x2c, (uint)(high.Last >> 32));
        }
    }

    private void Express(ServerFunction function)
    {
        PciDevice device = function.Device;
        int at = Capability(0x10, 0x3c);
        Put16(at + 2, 2 | ((int)device.Type << 4) | (function.Slot is null ? 0 : 0x100));
        Put32(at + 4, 0x8002u | (device.HasFunctionLevelReset ? 1u << 28 : 0));
        Put32(at + 0x0c, (uint)(device.Link.Speed | (device.Link.Width << 4)));
        Put16(at + 0x12, device.Link.Speed | (device.Link.Width << 4));
        if (function.Slot is int slot)
        {
            // Hot-plug capable, with surprise removal.
            Put32(at + 0x14, ((uint)slot << 19) | 0x60);
        }
    }

    private void ExtendedCapabilities(ServerFunction function)
    {
        PciDevice device = function.Device;
        _ = Extended(0x0001, 2, 0x48);
        if (device.HasAcs)
        {
            Put16(Extended(0x000d, 1, 0x08) + 4, 0x001f);
        }

        if (device.HasAri)
        {
            _ = Extended(0x000e, 1, 0x08);
        }

        if (device.VirtualFunction is PciDevice kind)
        {
            int at = Extended(0x0010, 1, 0x40);
            Put16(at + 0x08, function.VirtualFunctions.Count > 0 ? 0x19 : 0);
            Put16(at + 0x0c, device.MaxVirtualFunctions);
            Put16(at + 0x0e, device.MaxVirtualFunctions);
            Put16(at + 0x10, function.VirtualFunctions.Count);
            Put16(at + 0x14, device.FirstVirtualFunction);
            Put16(at + 0x16, 1);
            Put16(at + 0x1a, kind.Device);
        }
    }

    private int Capability(byte id, int length)
    {
        int at = _nextCapability;
        _bytes[_lastCapability + 1] = (byte)at;
        _bytes[at] = id;
        _lastCapability = at;
        _nextCapability = (at + length + 3) & ~3;
        return at;
    }

    private int Extended(ushort id, int version, int length)
    {
        int at = _nextExtended;
        if (_lastExtended > 0)
        {
            Put32(_lastExtended, BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(_lastExtended)) | ((uint)at << 20));
        }

        Put32(at, id | ((uint)version << 16));
        _lastExtended = at;
        _nextExtended = at + length;
        return at;
    }

    private void Put16(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(at), (ushort)value);

    private void Put32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at), value);
}
