namespace Parker.Boot.Kernels;

/// <summary>How the kernel proper is compressed within the image.</summary>
public enum PayloadFormat
{
    /// <summary>The header does not say where it lies, or it starts with none of the known marks.</summary>
    Unknown,

    /// <summary>Not compressed: an ELF file.</summary>
    Elf,

    /// <summary>gzip.</summary>
    Gzip,

    /// <summary>bzip2.</summary>
    Bzip2,

    /// <summary>LZMA.</summary>
    Lzma,

    /// <summary>XZ.</summary>
    Xz,

    /// <summary>LZO.</summary>
    Lzo,

    /// <summary>LZ4.</summary>
    Lz4,

    /// <summary>Zstandard.</summary>
    Zstd,
}
