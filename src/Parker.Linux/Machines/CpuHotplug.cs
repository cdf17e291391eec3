using System.Globalization;
using Parker.Linux.Interop;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Linux.Machines;

/// <summary>Takes CPUs offline and keeps them there: a file that cannot be written lies over each <c>online</c> file, and over SMT control while there is one.</summary>
/// <remarks>
/// The cover keeps out everybody who writes through the mount namespaces that this one passes its mounts on to. Somebody who unmounts it, or who had a descriptor open
/// before, can still bring the CPU online; so each use of a lease looks at the kernel's own list first.
/// </remarks>
internal sealed class CpuHotplug(string stateFolder)
{
    private const string Cpus = "/sys/devices/system/cpu";
    private const string SmtControl = Cpus + "/smt/control";

    /// <summary>The CPUs that the Boot Kernel runs on, by its own list.</summary>
    public static CpuSet Online() => CpuSet.Parse(KernelFile.Read(Cpus + "/online", "read the list of online CPUs"));

    /// <summary>The APIC ID of an online CPU.</summary>
    /// <remarks>From <c>/proc/cpuinfo</c>: arch/x86/kernel/cpu/proc.c prints <c>apicid</c> for every CPU that is online.</remarks>
    public static ApicId ReadApicId(int cpu)
    {
        string operation = $"read the APIC ID of CPU {cpu}";
        bool found = false;
        foreach (string line in KernelFile.Read("/proc/cpuinfo", operation).Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                continue;
            }

            ReadOnlySpan<char> key = line.AsSpan(0, colon).Trim();
            ReadOnlySpan<char> value = line.AsSpan(colon + 1).Trim();
            if (key is "processor")
            {
                found = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number == cpu;
            }
            else if (found && key is "apicid" && uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint id))
            {
                return new ApicId(id);
            }
        }

        throw new MachineException(operation, "/proc/cpuinfo", "it lists no such CPU with an APIC ID, so it is offline");
    }

    /// <summary>Takes a CPU offline and holds it.</summary>
    public void Take(int cpu)
    {
        string operation = $"take CPU {cpu} offline";
        KernelFile.Write(OnlineFile(cpu), "0", operation);
        if (Online().Contains(cpu))
        {
            throw new MachineException(operation, OnlineFile(cpu), "the kernel took the command, and the CPU is still online");
        }

        Cover(OnlineFile(cpu), operation);
        if (File.Exists(SmtControl) && !IsCovered(SmtControl))
        {
            Cover(SmtControl, $"hold SMT control for CPU {cpu}");
        }
    }

    /// <summary>Whether the CPU is offline by the kernel's list, and its file is covered.</summary>
    public static bool IsHeld(int cpu) => !Online().Contains(cpu) && IsCovered(OnlineFile(cpu));

    /// <summary>Which CPUs are online, and which are offline with their files covered; each list is read once.</summary>
    public static CpuHolds ReadHolds()
    {
        CpuSet online = Online();
        CpuSet covered = CpuSet.Of(Covers().Select(NumberOf).OfType<int>());
        return new CpuHolds(online, covered.Except(online));
    }

    /// <summary>Takes the cover away and brings the CPU online; SMT control is uncovered with the last one.</summary>
    public static void Return(int cpu)
    {
        string operation = $"bring CPU {cpu} online";
        Uncover(OnlineFile(cpu), operation);
        if (!Online().Contains(cpu))
        {
            KernelFile.Write(OnlineFile(cpu), "1", operation);
            if (!Online().Contains(cpu))
            {
                throw new MachineException(operation, OnlineFile(cpu), "the kernel took the command, and the CPU is still offline");
            }
        }

        if (!Covers().Any(path => path.StartsWith(Cpus + "/cpu", StringComparison.Ordinal)))
        {
            Uncover(SmtControl, "give SMT control back");
        }
    }

    private static string OnlineFile(int cpu) => string.Create(CultureInfo.InvariantCulture, $"{Cpus}/cpu{cpu}/online");

    // "/sys/devices/system/cpu/cpu12/online"; null for SMT control.
    private static int? NumberOf(string path) =>
        path.StartsWith(Cpus + "/cpu", StringComparison.Ordinal) && path.EndsWith("/online", StringComparison.Ordinal)
            && int.TryParse(path.AsSpan((Cpus + "/cpu").Length..^"/online".Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    private static bool IsCovered(string path) => Covers().Contains(path);

    /// <summary>The mount points below the CPUs' folder: field 5 of each line of mountinfo (proc_pid_mountinfo(5)).</summary>
    private static IEnumerable<string> Covers() =>
        KernelFile.Read("/proc/self/mountinfo", "read the mounts")
            .Split('\n')
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length > 4 && fields[4].StartsWith(Cpus + "/", StringComparison.Ordinal))
            .Select(fields => fields[4]);

    private static void Uncover(string path, string operation)
    {
        while (IsCovered(path))
        {
            if (MountCalls.Unmount(path, MountCalls.MNT_DETACH) < 0)
            {
                throw KernelFile.Failure(operation, path);
            }
        }
    }

    private void Cover(string path, string operation)
    {
        // What the cover shows is what the kernel's file said when it was laid.
        string source = Path.Combine(stateFolder, "held-" + path.Replace('/', '-').TrimStart('-'));
        try
        {
            File.WriteAllText(source, KernelFile.Read(path, operation) + "\n");
        }
        catch (IOException failure)
        {
            throw new MachineException(operation, source, failure.Message, 0, failure);
        }

        if (MountCalls.Mount(source, path, null, MountCalls.MS_BIND, 0) < 0
            || MountCalls.Mount(source, path, null, MountCalls.MS_BIND | MountCalls.MS_REMOUNT | MountCalls.MS_RDONLY, 0) < 0)
        {
            throw KernelFile.Failure(operation, path);
        }
    }
}
