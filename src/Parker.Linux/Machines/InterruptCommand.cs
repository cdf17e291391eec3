namespace Parker.Linux.Machines;

/// <summary>The low half of the interrupt command register: physical destination, no shorthand.</summary>
/// <remarks>
/// Intel SDM volume 3, "Interrupt Command Register": vector in bits 7:0, delivery mode 10:8 (4 NMI, 5 INIT, 6 Start-Up), delivery status 12, level 14, trigger mode 15,
/// shorthand 19:18. Nothing here can set a shorthand.
/// </remarks>
internal static class InterruptCommand
{
    /// <summary>INIT, level assert.</summary>
    public const uint Init = 0x4500;

    /// <summary>INIT, level-triggered, assert: the form that xAPIC documentation shows.</summary>
    public const uint InitAssert = 0xC500;

    /// <summary>INIT level de-assert; ignored by every CPU since the Pentium 4.</summary>
    public const uint InitDeassert = 0x8500;

    /// <summary>NMI (delivery mode 4), edge; the vector is ignored.</summary>
    public const uint Nmi = 0x4400;

    /// <summary>The delivery status bit: the last command is not delivered yet.</summary>
    public const uint Pending = 1 << 12;

    /// <summary>A SIPI that starts at <paramref name="vector"/> x 4096.</summary>
    public static uint Startup(byte vector) => 0x4600u | vector;
}
