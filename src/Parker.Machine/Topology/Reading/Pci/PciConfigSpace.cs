using System.Buffers.Binary;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>The configuration space of one function as sysfs <c>config</c> shows it: 64 bytes without CAP_SYS_ADMIN, else 256 or 4096.</summary>
/// <remarks>PCI Local Bus Specification 3.0, chapter 6; PCI Express Base Specification, chapter 7. Offsets are in bytes.</remarks>
internal sealed class PciConfigSpace
{
    /// <summary>The header, which everyone may read.</summary>
    public const int HeaderLength = 64;

    private const int ConventionalLength = 256;
    private const int FullLength = 4096;

    // Each capability takes at least 4 bytes, so a list that is longer runs in circles.
    private const int MaxCapabilities = (ConventionalLength - HeaderLength) / 4;
    private const int MaxExtendedCapabilities = (FullLength - ConventionalLength) / 4;

    private readonly byte[] _bytes;
    private readonly Dictionary<byte, int> _capabilities = [];
    private readonly Dictionary<ushort, int> _extended = [];

    public PciConfigSpace(byte[] bytes)
    {
        _bytes = bytes;
        if (HasCapabilityArea)
        {
            WalkCapabilities();
        }

        if (HasExtendedArea)
        {
            WalkExtendedCapabilities();
        }
    }

    /// <summary>Whether the header is there.</summary>
    public bool HasHeader => _bytes.Length >= HeaderLength;

    /// <summary>Whether the capabilities after the header are there.</summary>
    public bool HasCapabilityArea => _bytes.Length >= ConventionalLength;

    /// <summary>Whether the extended capabilities are there.</summary>
    public bool HasExtendedArea => _bytes.Length >= FullLength;

    /// <summary>Whether a list of capabilities ran in circles or out of the space.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Vendor ID; 0xffff in a virtual function.</summary>
    public ushort Vendor => Word(0x00);

    public ushort Device => Word(0x02);

    public ushort Command => Word(0x04);

    /// <summary>24 bits.</summary>
    public uint Class => Long(0x08) >> 8;

    /// <summary>Whether the header is that of a bridge (type 1).</summary>
    public bool IsBridge => (_bytes[0x0e] & 0x7f) == 1;

    /// <summary>Whether the header is that of a CardBus bridge (type 2), which has its bus numbers at the same place.</summary>
    public bool IsCardBusBridge => (_bytes[0x0e] & 0x7f) == 2;

    public byte Secondary => _bytes[0x19];

    public byte Subordinate => _bytes[0x1a];

    /// <summary>The offset of a capability, or -1.</summary>
    public int Capability(byte id) => _capabilities.GetValueOrDefault(id, -1);

    /// <summary>The offset of an extended capability, or -1.</summary>
    public int ExtendedCapability(ushort id) => _extended.GetValueOrDefault(id, -1);

    /// <summary>16 bits at an offset; 0 outside the space.</summary>
    public ushort Word(int offset) => offset + 2 <= _bytes.Length ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(offset)) : (ushort)0;

    /// <summary>32 bits at an offset; 0 outside the space.</summary>
    public uint Long(int offset) => offset + 4 <= _bytes.Length ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(offset)) : 0;

    private void WalkCapabilities()
    {
        // Status bit 4: there is a list. A function that does not answer reads all ones there too; vendor and device of a virtual function always do.
        if ((Word(0x06) & 0x10) == 0 || Word(0x06) == ushort.MaxValue)
        {
            return;
        }

        int at = _bytes[IsCardBusBridge ? 0x14 : 0x34] & 0xfc;
        for (int count = 0; at != 0; count++)
        {
            if (at < HeaderLength || count == MaxCapabilities || _bytes[at] == 0xff)
            {
                IsBroken = true;
                return;
            }

            _capabilities.TryAdd(_bytes[at], at);
            at = _bytes[at + 1] & 0xfc;
        }
    }

    private void WalkExtendedCapabilities()
    {
        int at = ConventionalLength;
        for (int count = 0; at != 0; count++)
        {
            uint head = at >= ConventionalLength && at + 4 <= FullLength ? Long(at) : uint.MaxValue;
            if (head == 0 && count == 0)
            {
                return;
            }

            if (head == uint.MaxValue || count == MaxExtendedCapabilities)
            {
                // All ones at the very start: the function has no extended space.
                IsBroken |= count > 0;
                return;
            }

            _extended.TryAdd((ushort)(head & 0xffff), at);
            at = (int)(head >> 20) & 0xffc;
        }
    }
}
