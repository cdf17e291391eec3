using System.Globalization;

namespace Parker.Machine.Topology.Reading;

/// <summary>How interrupts are delivered: the local APICs' mode, its lock, interrupt remapping, and what the MADT lists.</summary>
internal static class InterruptReader
{
    private const uint ApicBaseRegister = 0x1b;
    private const uint ArchCapabilitiesRegister = 0x10a;
    private const uint XapicDisableStatusRegister = 0xbd;
    private const ulong ApicBaseX2apic = 1 << 10;
    private const ulong ApicBaseEnabled = 1 << 11;
    private const ulong ArchCapabilitiesXapicDisable = 1 << 21;
    private const ulong LegacyXapicDisabled = 1;

    public static InterruptFacts Read(
        SourceReader reader,
        Madt madt,
        CpuInfo info,
        CpuSet online,
        KernelCommandLine commandLine,
        MemoryMap memory,
        IReadOnlyList<string> log)
    {
        int cpu = online.IsEmpty ? 0 : online.First();
        Finding<LocalApicMode?> mode = ReadMode(reader.Source, cpu, info, commandLine, memory, log);
        return new InterruptFacts
        {
            Mode = mode,
            X2apicLocked = ReadLock(reader.Source, cpu, info, mode),
            Remapping = RemappingReader.Read(reader, commandLine, log),
            Processors = [.. madt.Processors.Select(entry => entry.Processor).OrderBy(processor => processor.ApicId).ThenBy(processor => processor.Uid)],
            IoApics = madt.IoApics,
        };
    }

    private static Finding<LocalApicMode?> ReadMode(
        IMachineSource source,
        int cpu,
        CpuInfo info,
        KernelCommandLine commandLine,
        MemoryMap memory,
        IReadOnlyList<string> log)
    {
        if (source.TryReadMsr(cpu, ApicBaseRegister, out ulong apicBase) == SourceStatus.Ok && (apicBase & ApicBaseEnabled) != 0)
        {
            LocalApicMode mode = (apicBase & ApicBaseX2apic) != 0 ? LocalApicMode.X2apic : LocalApicMode.Xapic;
            return new(mode, string.Create(CultureInfo.InvariantCulture, $"MSR 0x1b of CPU {cpu}: 0x{apicBase:x}"));
        }

        foreach ((int number, ApicId id) in info.ApicIds)
        {
            if (!id.FitsXapic)
            {
                return new(LocalApicMode.X2apic, string.Create(CultureInfo.InvariantCulture, $"/proc/cpuinfo: CPU {number} has APIC ID {id}, which only x2APIC mode can have"));
            }
        }

        return FromLog(log) ?? FromRest(info, commandLine, memory);
    }

    // The last word counts: the kernel can choose flat first and go over to x2APIC when interrupt remapping is on.
    private static Finding<LocalApicMode?>? FromLog(IReadOnlyList<string> log)
    {
        const string Routing = "Switched APIC routing to";
        Finding<LocalApicMode?>? finding = null;
        foreach (string line in log)
        {
            int start = line.IndexOf(Routing, StringComparison.Ordinal);
            if (start >= 0)
            {
                ReadOnlySpan<char> driver = line.AsSpan(start + Routing.Length).Trim(" :.");
                finding = driver.Contains("x2apic", StringComparison.Ordinal) ? new(LocalApicMode.X2apic, line)
                    : driver.Contains("flat", StringComparison.Ordinal) ? new(LocalApicMode.Xapic, line)
                    : finding;
            }
            else if (line.Contains("x2apic enabled", StringComparison.Ordinal)
                || line.Contains("Enabled x2apic", StringComparison.Ordinal)
                || line.Contains("IRQ remapping in x2apic mode", StringComparison.Ordinal))
            {
                finding = new(LocalApicMode.X2apic, line);
            }
        }

        return finding;
    }

    // The page of the local APICs stands in /proc/iomem unless the kernel found x2APIC mode on when it started, so only its absence proves something.
    private static Finding<LocalApicMode?> FromRest(CpuInfo info, KernelCommandLine commandLine, MemoryMap memory)
    {
        if (info.Facts.Flags.Count > 0 && !info.Facts.Flags.Contains("x2apic"))
        {
            return new(LocalApicMode.Xapic, "/proc/cpuinfo: no flag x2apic");
        }

        if (memory.Resources.Count > 0 && !memory.Resources.Any(resource => resource.Name == "Local APIC") && info.Facts.Flags.Contains("x2apic"))
        {
            return new(LocalApicMode.X2apic, "/proc/iomem: no line 'Local APIC', which the kernel only leaves out when it starts in x2APIC mode");
        }

        return commandLine.Has("nox2apic")
            ? new(LocalApicMode.Xapic, "/proc/cmdline: nox2apic")
            : new(null, "neither MSR 0x1b, the kernel log, /proc/iomem nor /proc/cpuinfo tells it");
    }

    // arch/x86/kernel/apic/apic.c, x2apic_hw_locked: the status register exists where ARCH_CAPABILITIES bit 21 says so.
    private static Finding<bool?> ReadLock(IMachineSource source, int cpu, CpuInfo info, Finding<LocalApicMode?> mode)
    {
        if (mode.Value == LocalApicMode.Xapic)
        {
            return new(false, $"the local APICs are in xAPIC mode ({mode.Evidence})");
        }

        if (info.Facts.Flags.Count > 0 && !info.Facts.Flags.Contains("arch_capabilities"))
        {
            return new(false, "/proc/cpuinfo: no flag arch_capabilities, so there is no lock");
        }

        SourceStatus status = source.TryReadMsr(cpu, ArchCapabilitiesRegister, out ulong capabilities);
        if (status != SourceStatus.Ok)
        {
            return new(null, "MSR 0x10a (IA32_ARCH_CAPABILITIES) " + Describe(status));
        }

        if ((capabilities & ArchCapabilitiesXapicDisable) == 0)
        {
            return new(false, string.Create(CultureInfo.InvariantCulture, $"MSR 0x10a of CPU {cpu}: 0x{capabilities:x}, bit 21 is clear, so there is no lock"));
        }

        status = source.TryReadMsr(cpu, XapicDisableStatusRegister, out ulong disabled);
        return status == SourceStatus.Ok
            ? new((disabled & LegacyXapicDisabled) != 0, string.Create(CultureInfo.InvariantCulture, $"MSR 0xbd of CPU {cpu}: 0x{disabled:x}"))
            : new(null, "MSR 0xbd (IA32_XAPIC_DISABLE_STATUS) " + Describe(status));
    }

    private static string Describe(SourceStatus status) => status switch
    {
        SourceStatus.Missing => "cannot be read: there is no /dev/cpu/N/msr",
        SourceStatus.Denied => "may not be read by this user",
        _ => "cannot be read",
    };
}
