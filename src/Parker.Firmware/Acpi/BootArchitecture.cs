namespace Parker.Firmware.Acpi;

/// <summary>"IA-PC Boot Architecture Flags".</summary>
[Flags]
internal enum BootArchitecture : ushort
{
    NoVga = 1 << 2,
    NoPcieAspm = 1 << 4,
    NoCmosRtc = 1 << 5,
}
