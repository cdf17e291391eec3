using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Parker.Machine.Diagnostics;

namespace Parker.Machine.Topology.Acpi;

/// <summary>One ACPI table whose header was checked: signature, length and checksum.</summary>
/// <remarks>
/// <code>
/// 0  4 signature    4  4 length     8  1 revision   9  1 checksum
/// 10 6 OEM id       16 8 OEM table  24 4 OEM rev.   28 4 creator  32 4 creator rev.
/// </code>
/// ACPI specification, "System Description Table Header". All bytes of the table sum up to 0.
/// </remarks>
public sealed class AcpiTable
{
    /// <summary>Where the kernel shows the firmware's tables, one file for each signature.</summary>
    public const string Folder = "/sys/firmware/acpi/tables/";

    /// <summary>The length of the header that all tables have, in bytes.</summary>
    public const int HeaderLength = 36;

    private AcpiTable(string place, ReadOnlyMemory<byte> bytes)
    {
        Place = place;
        Bytes = bytes;
    }

    /// <summary>The path it was read from, for diagnostics.</summary>
    public string Place { get; }

    /// <summary>The whole table with its header, cut to the length that the header tells.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Body => Bytes.Span[HeaderLength..];

    /// <summary>The four letters that name the kind of table.</summary>
    public string Signature => Text(0, 4);

    /// <summary>The revision of the table's format.</summary>
    public byte Revision => Bytes.Span[8];

    /// <summary>Who made the table, without trailing blanks.</summary>
    public string OemId => Text(10, 6);

    /// <summary>The maker's name for the table, without trailing blanks.</summary>
    public string OemTableId => Text(16, 8);

    /// <summary>Reads a table from <see cref="Folder"/> and checks its header.</summary>
    /// <param name="source">The machine.</param>
    /// <param name="signature">The table's file name there, such as <c>APIC</c> or, for a second table of the same kind, <c>SSDT2</c>.</param>
    /// <param name="diagnostics">Gets what is wrong. A table that the machine does not have is no finding.</param>
    /// <returns>Null where the table is missing, unreadable or not whole. A wrong checksum alone is reported, and the table is used, as the kernel does.</returns>
    public static AcpiTable? Read(IMachineSource source, string signature, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(diagnostics);
        string path = Folder + signature;
        switch (source.TryRead(path, out byte[] content))
        {
            case SourceStatus.Ok:
                return Parse(path, signature, content, diagnostics);
            case SourceStatus.Denied:
                diagnostics.Warning("TOPO001", path, "This user may not read the file.", "Run as root to see all of the machine.");
                return null;
            case SourceStatus.Failed:
                diagnostics.Warning("TOPO002", path, "The file exists, but reading it failed.");
                return null;
            default:
                return null;
        }
    }

    /// <summary>Checks the header of a table's bytes.</summary>
    /// <param name="place">Where they come from, for diagnostics.</param>
    /// <param name="signature">The signature that the table must have; only its first four characters count.</param>
    /// <param name="content">The table; more bytes may follow it.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <returns>Null where the table is not whole or of another kind.</returns>
    public static AcpiTable? Parse(string place, string signature, ReadOnlyMemory<byte> content, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (content.Length < HeaderLength)
        {
            diagnostics.Warning("TOPO010", place, Invariant($"The ACPI table has {content.Length} bytes, and its header alone takes {HeaderLength}; it is not used."));
            return null;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(content.Span[4..]);
        if (length < HeaderLength || length > (uint)content.Length)
        {
            diagnostics.Warning("TOPO010", place, Invariant($"The ACPI table's header tells a length of {length} bytes, and {content.Length} are there; it is not used."));
            return null;
        }

        AcpiTable table = new(place, content[..(int)length]);
        string expected = signature.Length > 4 ? signature[..4] : signature;
        if (!string.Equals(table.Signature, expected, StringComparison.Ordinal))
        {
            diagnostics.Warning("TOPO011", place, $"The ACPI table has the signature '{table.Signature}' instead of '{expected}'; it is not used.");
            return null;
        }

        byte sum = 0;
        foreach (byte value in table.Bytes.Span)
        {
            sum = unchecked((byte)(sum + value));
        }

        if (sum != 0)
        {
            diagnostics.Warning("TOPO012", place, Invariant($"The bytes of the ACPI table sum up to 0x{sum:x2} instead of 0; it is used all the same, as the kernel does."));
        }

        return table;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // Firmware writes anything here: what is not printable ASCII becomes a question mark, so that it cannot harm a terminal.
    private string Text(int offset, int length)
    {
        StringBuilder text = new(length);
        foreach (byte value in Bytes.Span.Slice(offset, length))
        {
            if (value == 0)
            {
                break;
            }

            text.Append(value is >= 0x20 and < 0x7f ? (char)value : '?');
        }

        return text.ToString().TrimEnd(' ');
    }
}
