using System.Globalization;
using Parker.Machine.Diagnostics;

namespace Parker.Machine.Topology.Acpi;

/// <summary>Walks the structures of a table that start with a type byte and a length byte (MADT, SRAT).</summary>
/// <remarks>Stops, with a finding, at a structure that is shorter than its own head or longer than what is left.</remarks>
public ref struct AcpiStructureReader
{
    private readonly string _place;
    private readonly DiagnosticBag _diagnostics;
    private readonly int _total;
    private ReadOnlySpan<byte> _rest;

    /// <summary>A walk over the bytes of <paramref name="table"/> from <paramref name="firstOffset"/> on.</summary>
    /// <param name="table">The table.</param>
    /// <param name="firstOffset">The offset of the first structure from the start of the table; one past its end is no structure, and reported.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public AcpiStructureReader(AcpiTable table, int firstOffset, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(diagnostics);
        _place = table.Place;
        _diagnostics = diagnostics;
        _total = table.Bytes.Length;
        if (firstOffset > _total)
        {
            diagnostics.Warning("TOPO013", _place, "The ACPI table ends within its fixed fields; none of its structures are read.");
            firstOffset = _total;
        }

        _rest = table.Bytes.Span[firstOffset..];
        Current = default;
    }

    /// <summary>The whole structure, with its type and length bytes.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>The type of the current structure.</summary>
    public readonly byte Type => Current[0];

    /// <summary>Goes to the next structure; false at the end.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (_rest.Length < 2 || _rest[1] < 2 || _rest[1] > _rest.Length)
        {
            int offset = _total - _rest.Length;
            _diagnostics.Warning(
                "TOPO013",
                _place,
                string.Create(CultureInfo.InvariantCulture, $"The structure at offset 0x{offset:x} of the ACPI table has an impossible length; it and what follows are not read."));
            _rest = default;
            return false;
        }

        Current = _rest[.._rest[1]];
        _rest = _rest[_rest[1]..];
        return true;
    }
}
