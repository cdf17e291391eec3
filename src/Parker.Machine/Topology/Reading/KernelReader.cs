namespace Parker.Machine.Topology.Reading;

/// <summary>The Boot Kernel: release, parameters, configuration, and which doors to the hardware it leaves open.</summary>
internal static class KernelReader
{
    private const int MaxLogLines = 4096;
    private const int MaxLogLineLength = 512;
    private const string LockdownFile = "/sys/kernel/security/lockdown";
    private const string AllowWritesFile = "/sys/module/msr/parameters/allow_writes";
    private const string SmtControlFile = "/sys/devices/system/cpu/smt/control";

    public static KernelFacts Read(SourceReader reader)
    {
        string release = reader.Text("/proc/sys/kernel/osrelease") ?? "";
        string version = reader.Text("/proc/version") ?? "";
        string? commandLine = reader.Text("/proc/cmdline");
        if (commandLine is null)
        {
            reader.Missing("/proc/cmdline", "no boot parameter is known");
        }

        KernelCommandLine parameters = KernelCommandLine.Parse(commandLine ?? "");
        Finding<IReadOnlyDictionary<string, string>> configuration = KernelConfigurationReader.Read(reader, release);
        List<string> log = ReadLog(reader);
        return new KernelFacts
        {
            Release = release,
            Version = version,
            CommandLine = parameters,
            Configuration = configuration,
            Lockdown = ReadLockdown(reader.Source, parameters, configuration, log),
            DevMem = Device(reader.Source, "/dev/mem"),
            MsrDevice = CpuDevice(reader.Source, "msr"),
            CpuidDevice = CpuDevice(reader.Source, "cpuid"),
            MsrAllowWrites = Word(reader.Source, AllowWritesFile),
            SmtControl = Word(reader.Source, SmtControlFile),
            LogLines = log,
        };
    }

    // "none [integrity] confidentiality": the brackets stand around the level that holds. Where securityfs is not mounted, or this user may not read it, the ways
    // remain by which a kernel comes to be locked down when it starts.
    private static Finding<string> ReadLockdown(
        IMachineSource source,
        KernelCommandLine parameters,
        Finding<IReadOnlyDictionary<string, string>> configuration,
        List<string> log)
    {
        SourceStatus status = source.TryRead(LockdownFile, out byte[] content);
        if (status == SourceStatus.Ok)
        {
            string text = SourceReader.TextOf(content);
            int open = text.IndexOf('[', StringComparison.Ordinal);
            int close = text.IndexOf(']', StringComparison.Ordinal);
            return open >= 0 && close > open + 1
                ? new Finding<string>(text[(open + 1)..close], $"{LockdownFile}: {text}")
                : new Finding<string>(null, $"{LockdownFile}: no level in brackets");
        }

        if (parameters.Last("lockdown") is string level and ("integrity" or "confidentiality"))
        {
            return new Finding<string>(level, $"/proc/cmdline: lockdown={level}");
        }

        foreach (string forced in (string[])["confidentiality", "integrity"])
        {
            string option = "CONFIG_LOCK_DOWN_KERNEL_FORCE_" + forced.ToUpperInvariant();
            if (configuration.Value?.GetValueOrDefault(option) == "y")
            {
                return new Finding<string>(forced, $"{configuration.Evidence}: {option}=y");
            }
        }

        string? line = log.Find(line => line.Contains("Kernel is locked down from ", StringComparison.Ordinal));
        return line?.Contains("Secure Boot", StringComparison.Ordinal) == true
            ? new Finding<string>("integrity", line)
            : new Finding<string>(null, line ?? SourceReader.Why(LockdownFile, status));
    }

    private static Finding<bool?> Device(IMachineSource source, string path)
    {
        bool exists = source.Exists(path);
        return new Finding<bool?>(exists, exists ? $"{path} exists" : $"{path}: missing");
    }

    // CPU 0 is looked at first: it is online on nearly every machine, and only online CPUs have the devices.
    private static Finding<bool?> CpuDevice(IMachineSource source, string name)
    {
        string first = "/dev/cpu/0/" + name;
        if (source.Exists(first))
        {
            return new Finding<bool?>(true, $"{first} exists");
        }

        if (source.TryList("/dev/cpu", out IReadOnlyList<string> cpus) == SourceStatus.Ok)
        {
            foreach (string cpu in cpus)
            {
                string path = $"/dev/cpu/{cpu}/{name}";
                if (source.Exists(path))
                {
                    return new Finding<bool?>(true, $"{path} exists");
                }
            }
        }

        return new Finding<bool?>(false, $"{first}: missing");
    }

    private static Finding<string> Word(IMachineSource source, string path)
    {
        SourceStatus status = source.TryRead(path, out byte[] content);
        string text = SourceReader.TextOf(content);
        return status == SourceStatus.Ok && text.Length > 0
            ? new Finding<string>(text, $"{path}: {text}")
            : new Finding<string>(null, SourceReader.Why(path, status));
    }

    private static List<string> ReadLog(SourceReader reader)
    {
        List<string> kept = [];
        SourceStatus status = reader.Source.TryReadKernelLog(out IReadOnlyList<string> lines);
        if (status == SourceStatus.Ok)
        {
            foreach (string line in lines)
            {
                if (kept.Count < MaxLogLines && KernelLogFilter.TellsHowTheMachineCameUp(line))
                {
                    kept.Add(line.Length > MaxLogLineLength ? line[..MaxLogLineLength] : line);
                }
            }
        }
        else if (status == SourceStatus.Denied)
        {
            reader.Diagnostics.Warning("TOPO001", "/dev/kmsg", "This user may not read the kernel log.", "Run as root to see all of the machine.");
        }

        return kept;
    }
}
