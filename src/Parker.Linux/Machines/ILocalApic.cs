using Parker.Machine;

namespace Parker.Linux.Machines;

/// <summary>The interrupt command register of the CPU that the calling thread runs on.</summary>
/// <remarks>Takes any APIC ID: only <see cref="LinuxMachine"/> may hold one, and gives it the ID of a lease that it has looked at just before.</remarks>
internal interface ILocalApic : IDisposable
{
    /// <summary>Sends INIT.</summary>
    void SendInit(ApicId destination);

    /// <summary>Sends a SIPI.</summary>
    void SendStartup(ApicId destination, byte vector);

    /// <summary>Sends an NMI.</summary>
    void SendNmi(ApicId destination);
}
