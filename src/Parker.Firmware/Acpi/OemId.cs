using System.Runtime.CompilerServices;

namespace Parker.Firmware.Acpi;

/// <summary>Six characters: who made a table.</summary>
[InlineArray(6)]
internal struct OemId
{
    private byte _first;

    /// <summary>"PARKER".</summary>
    public static OemId Parker
    {
        get
        {
            OemId id = default;
            "PARKER"u8.CopyTo(id);
            return id;
        }
    }
}
