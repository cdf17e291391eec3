using System.Globalization;

namespace Parker.Inspect.Addressing;

/// <summary>An address as an Application Kernel, or a process of it, uses it: its page tables say where that lies.</summary>
/// <param name="Value">The 64-bit address.</param>
public readonly record struct VirtualAddress(ulong Value)
{
    /// <summary>Whether it is the null pointer.</summary>
    public bool IsNull => Value == 0;

    /// <summary>The address <paramref name="bytes"/> above; wraps as the CPU's arithmetic does, for what is added may be garbage.</summary>
    public static VirtualAddress operator +(VirtualAddress address, ulong bytes) => new(unchecked(address.Value + bytes));

    /// <summary>The address <paramref name="bytes"/> below; wraps as the CPU's arithmetic does.</summary>
    public static VirtualAddress operator -(VirtualAddress address, ulong bytes) => new(unchecked(address.Value - bytes));

    /// <summary>The address as lower-case hexadecimal of 16 digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"0x{Value:x16}");
}
