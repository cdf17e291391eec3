using System.Globalization;
using Parker.Fixtures.Acpi;

namespace Parker.Machine.Tests.Topology.Reading;

/// <summary>Parts of a machine for reader tests: one package, two threads to a core, APIC IDs that are not the CPU numbers.</summary>
internal static class SmallServer
{
    /// <summary>CPUs 0 to 3 with APIC IDs 0x10 to 0x13 (cores 0 and 1), the MADT in that order; those not in <paramref name="online"/> have no topology folder.</summary>
    public static InMemoryMachineSource WithCpus(params int[] online)
    {
        InMemoryMachineSource machine = new InMemoryMachineSource()
            .File("/sys/devices/system/cpu/present", "0-3\n")
            .File("/sys/devices/system/cpu/online", string.Join(',', online) + "\n")
            .File("/sys/devices/system/cpu/smt/control", "on\n")
            .File("/proc/cpuinfo", string.Concat(online.Select(cpu => CpuInfo(cpu, 0x10 + cpu))))
            .File(
                "/sys/firmware/acpi/tables/APIC",
                AcpiTableBytes.Madt([.. Enumerable.Range(0, 4).Select(cpu => AcpiTableBytes.LocalApic((byte)(7 - cpu), (byte)(0x10 + cpu)))]));
        foreach (int cpu in online)
        {
            string folder = string.Create(CultureInfo.InvariantCulture, $"/sys/devices/system/cpu/cpu{cpu}/topology/");
            machine.File(folder + "physical_package_id", "0\n")
                .File(folder + "die_id", "0\n")
                .File(folder + "core_id", string.Create(CultureInfo.InvariantCulture, $"{cpu / 2}\n"))
                .File(folder + "thread_siblings_list", string.Join(',', online.Where(other => other / 2 == cpu / 2)) + "\n");
        }

        for (int cpu = 1; cpu < 4; cpu++)
        {
            machine.File(string.Create(CultureInfo.InvariantCulture, $"/sys/devices/system/cpu/cpu{cpu}/online"), online.Contains(cpu) ? "1\n" : "0\n");
        }

        return machine;
    }

    public static string CpuInfo(int cpu, int apicId, string flags = "fpu x2apic", string microcode = "0x2b000603") => string.Create(
        CultureInfo.InvariantCulture,
        $"processor\t: {cpu}\nvendor_id\t: GenuineIntel\nmodel name\t: Some CPU @ 2.00GHz\nmicrocode\t: {microcode}\napicid\t\t: {apicId}\nflags\t\t: {flags}\naddress sizes\t: 46 bits physical, 57 bits virtual\n\n");
}
