namespace Parker.Planning.Configuration;

/// <summary>The ids of what can be wrong with a configuration; docs/diagnostics.md says what each means.</summary>
public static class ConfigurationDiagnosticId
{
    /// <summary>The text is no TOML.</summary>
    public const string Syntax = "CONF001";

    /// <summary>There is no such table or key.</summary>
    public const string Unknown = "CONF002";

    /// <summary>A table or key stands there twice.</summary>
    public const string Twice = "CONF003";

    /// <summary>A value has another type than its key wants.</summary>
    public const string WrongType = "CONF004";

    /// <summary>A key is missing.</summary>
    public const string Missing = "CONF005";

    /// <summary>A name is not allowed.</summary>
    public const string Name = "CONF006";

    /// <summary>Two partitions have one name.</summary>
    public const string NameTwice = "CONF007";

    /// <summary>The CPUs are neither a count nor a cpulist.</summary>
    public const string Cpus = "CONF008";

    /// <summary>The memory is neither a size nor ranges.</summary>
    public const string Memory = "CONF009";

    /// <summary>A device is no PCI address.</summary>
    public const string Device = "CONF010";

    /// <summary>A word is none of those that the key takes.</summary>
    public const string Word = "CONF011";

    /// <summary>A path is not absolute.</summary>
    public const string Path = "CONF012";

    /// <summary>A number is too small or too large.</summary>
    public const string Number = "CONF013";

    /// <summary>A UART's port is no I/O port.</summary>
    public const string Uart = "CONF014";
}
