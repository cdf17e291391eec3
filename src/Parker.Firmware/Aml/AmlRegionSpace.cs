namespace Parker.Firmware.Aml;

/// <summary>What the addresses of an operation region are.</summary>
public enum AmlRegionSpace : byte
{
    /// <summary>Physical memory.</summary>
    SystemMemory = 0,

    /// <summary>I/O ports.</summary>
    SystemIo = 1,
}
