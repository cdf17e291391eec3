using Parker.Machine.Topology;

namespace Parker.Planning.Preflight;

/// <summary>The doors to the hardware that the Boot Kernel leaves open to root: physical memory and model-specific registers.</summary>
internal static class DoorChecks
{
    public static CheckLine DevMem(KernelFacts kernel)
    {
        string strict = kernel.Configuration.Value is IReadOnlyDictionary<string, string> options
            ? options.GetValueOrDefault("CONFIG_STRICT_DEVMEM") == "y" ? "; CONFIG_STRICT_DEVMEM=y hides System RAM only, which the pool is not" : "; CONFIG_STRICT_DEVMEM is not set"
            : "";
        return kernel.DevMem.Value switch
        {
            true => new(CheckCatalog.DevMem, CheckStatus.Ok, kernel.DevMem.Evidence + strict, ""),
            false => new(CheckCatalog.DevMem, CheckStatus.Missing, kernel.DevMem.Evidence, "Boot with a kernel that has CONFIG_DEVMEM=y, and let devtmpfs or 'mknod -m 600 /dev/mem c 1 1' make the device."),
            null => new(CheckCatalog.DevMem, CheckStatus.Unknown, kernel.DevMem.Evidence, "Run as root."),
        };
    }

    // Only xAPIC mode needs the page: a busy resource, which CONFIG_IO_STRICT_DEVMEM hides unless the parameter says otherwise.
    public static CheckLine ApicPage(MachineTopology machine)
    {
        Finding<LocalApicMode?> mode = machine.Interrupts.Mode;
        if (mode.Value == LocalApicMode.X2apic)
        {
            return new(CheckCatalog.ApicPage, CheckStatus.Ok, $"not needed in x2APIC mode ({mode.Evidence})", "");
        }

        const string Fix = "Boot with iomem=relaxed.";
        string? wish = machine.Kernel.CommandLine.Last("iomem");
        Finding<IReadOnlyDictionary<string, string>> configuration = machine.Kernel.Configuration;
        if (wish == "relaxed")
        {
            return new(CheckCatalog.ApicPage, CheckStatus.Ok, "/proc/cmdline: iomem=relaxed", "");
        }

        if (wish != "strict" && configuration.Value is not null && configuration.Value.GetValueOrDefault("CONFIG_IO_STRICT_DEVMEM") != "y")
        {
            return new(CheckCatalog.ApicPage, CheckStatus.Ok, $"{configuration.Evidence}: CONFIG_IO_STRICT_DEVMEM is not set", "");
        }

        string hidden = wish == "strict" ? "/proc/cmdline: iomem=strict" : configuration.Value is null ? configuration.Evidence : $"{configuration.Evidence}: CONFIG_IO_STRICT_DEVMEM=y, and no iomem=relaxed";
        return mode.IsKnown && (wish == "strict" || configuration.Value is not null)
            ? new(CheckCatalog.ApicPage, CheckStatus.Missing, $"the local APICs are in xAPIC mode ({mode.Evidence}), and /dev/mem hides their page ({hidden})", Fix)
            : new(CheckCatalog.ApicPage, CheckStatus.Unknown, mode.IsKnown ? hidden : mode.Evidence, Fix);
    }

    public static CheckLine Lockdown(KernelFacts kernel)
    {
        if (kernel.Lockdown.Value is string level)
        {
            return level == "none"
                ? new(CheckCatalog.Lockdown, CheckStatus.Ok, kernel.Lockdown.Evidence, "")
                : new(
                    CheckCatalog.Lockdown,
                    CheckStatus.Missing,
                    $"{kernel.Lockdown.Evidence}: lockdown closes /dev/mem and MSR writes",
                    "Switch Secure Boot off in the firmware's setup, or take lockdown= off the command line.");
        }

        return kernel.Configuration.Value is IReadOnlyDictionary<string, string> options && options.GetValueOrDefault("CONFIG_SECURITY_LOCKDOWN_LSM") != "y"
            ? new(CheckCatalog.Lockdown, CheckStatus.Ok, $"{kernel.Configuration.Evidence}: CONFIG_SECURITY_LOCKDOWN_LSM is not set", "")
            : new(CheckCatalog.Lockdown, CheckStatus.Unknown, kernel.Lockdown.Evidence, "Run as root, with securityfs mounted (mount -t securityfs none /sys/kernel/security).");
    }

    public static CheckLine MsrDevice(MachineTopology machine)
    {
        Finding<bool?> device = machine.Kernel.MsrDevice;
        return device.Value switch
        {
            true => new(CheckCatalog.MsrDevice, CheckStatus.Ok, device.Evidence, ""),
            false when machine.Interrupts.Mode.Value == LocalApicMode.Xapic =>
                new(CheckCatalog.MsrDevice, CheckStatus.Ok, $"{device.Evidence}, and not needed in xAPIC mode", ""),
            false => new(CheckCatalog.MsrDevice, CheckStatus.Missing, $"{device.Evidence}; INIT and SIPI are sent through it in x2APIC mode", "modprobe msr"),
            null => new(CheckCatalog.MsrDevice, CheckStatus.Unknown, device.Evidence, "Run as root."),
        };
    }

    public static CheckLine MsrWrites(MachineTopology machine)
    {
        if (machine.Interrupts.Mode.Value == LocalApicMode.Xapic)
        {
            return new(CheckCatalog.MsrWrites, CheckStatus.Ok, "not needed in xAPIC mode", "");
        }

        const string Fix = "Boot with msr.allow_writes=on, or echo on > /sys/module/msr/parameters/allow_writes.";
        Finding<string> allowed = machine.Kernel.MsrAllowWrites;
        string? value = allowed.Value ?? machine.Kernel.CommandLine.Last("msr.allow_writes");
        string evidence = allowed.Value is null && value is not null ? $"/proc/cmdline: msr.allow_writes={value}" : allowed.Evidence;
        return value switch
        {
            "on" => new(CheckCatalog.MsrWrites, CheckStatus.Ok, evidence, ""),
            "off" => new(CheckCatalog.MsrWrites, CheckStatus.Missing, $"{evidence}: the kernel refuses to write INIT and SIPI", Fix),
            "default" => new(CheckCatalog.MsrWrites, CheckStatus.Warn, $"{evidence}: it works, and the kernel logs a line about a write to an unrecognized MSR", Fix),
            _ => new(CheckCatalog.MsrWrites, CheckStatus.Unknown, evidence, "modprobe msr"),
        };
    }
}
