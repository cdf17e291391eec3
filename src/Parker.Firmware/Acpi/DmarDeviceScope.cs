using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>"Device Scope Structure" with a path of one step (Intel VT-d specification, 8.3.1).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct DmarDeviceScope
{
    public byte Type;
    public byte Length;
    public ushort Reserved;
    public byte EnumerationId;
    public byte StartBus;
    public byte Device;
    public byte Function;
}
