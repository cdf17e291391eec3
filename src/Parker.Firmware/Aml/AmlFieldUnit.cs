namespace Parker.Firmware.Aml;

/// <summary>Some bits of an operation region.</summary>
public sealed class AmlFieldUnit
{
    private AmlFieldUnit(byte[] encoding) => Encoding = encoding;

    internal byte[] Encoding { get; }

    /// <summary>Bits with a name.</summary>
    /// <param name="name">One segment.</param>
    /// <param name="bits">How many.</param>
    public static AmlFieldUnit Named(string name, int bits) => new([.. AmlName.EncodeSegment(name), .. AmlPackageLength.Encode(bits)]);

    /// <summary>Bits to pass over.</summary>
    /// <param name="bits">How many.</param>
    public static AmlFieldUnit Reserved(int bits) => new([0x00, .. AmlPackageLength.Encode(bits)]);
}
