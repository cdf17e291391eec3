namespace Parker.Firmware.Aml;

/// <summary>The width of each access to a field's region.</summary>
public enum AmlFieldAccess : byte
{
    /// <summary>As the units need.</summary>
    Any = 0,

    /// <summary>8 bits.</summary>
    Byte = 1,

    /// <summary>16 bits.</summary>
    Word = 2,

    /// <summary>32 bits.</summary>
    DWord = 3,

    /// <summary>64 bits.</summary>
    QWord = 4,
}
