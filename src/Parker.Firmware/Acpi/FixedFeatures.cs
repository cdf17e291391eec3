namespace Parker.Firmware.Acpi;

/// <summary>"Fixed ACPI Description Table Fixed Feature Flags".</summary>
[Flags]
internal enum FixedFeatures : uint
{
    Wbinvd = 1 << 0,
    ProcessorC1 = 1 << 2,
    NoFixedPowerButton = 1 << 4,
    NoFixedSleepButton = 1 << 5,
    NoFixedRtcWake = 1 << 6,
    ForceApicPhysicalDestination = 1 << 19,
    HardwareReduced = 1 << 20,
}
