using System.Globalization;
using System.Text;

namespace Parker.Fixtures.Servers;

/// <summary>Writes what the kernel shows of CPUs: <c>/proc/cpuinfo</c> and <c>/sys/devices/system/cpu</c>.</summary>
internal static class CpuFiles
{
    private const string Folder = "/sys/devices/system/cpu";

    public static void Write(MachineTree tree, ServerProcessor processor, IReadOnlyList<ServerCpu> cpus)
    {
        List<ServerCpu> online = [.. cpus.Where(cpu => cpu.Online)];
        tree.Text("/proc/cpuinfo", CpuInfo(processor, online));
        tree.Line(Folder + "/possible", ServerCpu.List(cpus));
        tree.Line(Folder + "/present", ServerCpu.List(cpus));
        tree.Line(Folder + "/online", ServerCpu.List(online));
        tree.Line(Folder + "/offline", ServerCpu.List(cpus.Where(cpu => !cpu.Online)));
        tree.Line(Folder + "/kernel_max", "8191");
        tree.Line(Folder + "/smt/control", "on");
        tree.Line(Folder + "/smt/active", "1");

        ILookup<(int, int), ServerCpu> cores = online.ToLookup(cpu => (cpu.Package, cpu.Core));
        ILookup<int, ServerCpu> packages = online.ToLookup(cpu => cpu.Package);
        List<ILookup<int, ServerCpu>> sharers = [.. processor.Caches.Select(cache => online.ToLookup(cache.SharedBy))];
        foreach (ServerCpu cpu in cpus)
        {
            string folder = string.Create(CultureInfo.InvariantCulture, $"{Folder}/cpu{cpu.Number}");
            string firmware = string.Create(CultureInfo.InvariantCulture, $"/sys/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0007:{cpu.Number:x2}");
            tree.Line(firmware + "/uid", Number(cpu.Number));
            tree.Link(folder + "/firmware_node", firmware);
            tree.Link(string.Create(CultureInfo.InvariantCulture, $"{folder}/node{cpu.Node}"), string.Create(CultureInfo.InvariantCulture, $"/sys/devices/system/node/node{cpu.Node}"));
            if (cpu.Number != 0)
            {
                tree.Line(folder + "/online", cpu.Online ? "1" : "0");
            }

            if (cpu.Online)
            {
                WriteTopology(tree, folder + "/topology/", cpu, cores[(cpu.Package, cpu.Core)], packages[cpu.Package], cpus.Count);
                for (int index = 0; index < processor.Caches.Count; index++)
                {
                    ServerCache cache = processor.Caches[index];
                    WriteCache(tree, string.Create(CultureInfo.InvariantCulture, $"{folder}/cache/index{index}/"), cache, sharers[index][cache.SharedBy(cpu)], cpus.Count);
                }
            }
        }
    }

    private static void WriteTopology(MachineTree tree, string folder, ServerCpu cpu, IEnumerable<ServerCpu> core, IEnumerable<ServerCpu> package, int possible)
    {
        tree.Line(folder + "physical_package_id", Number(cpu.Package));
        tree.Line(folder + "die_id", "0");
        tree.Line(folder + "core_id", Number(cpu.Core));
        tree.Line(folder + "thread_siblings", ServerCpu.Mask(core, possible));
        tree.Line(folder + "thread_siblings_list", ServerCpu.List(core));
        tree.Line(folder + "core_siblings", ServerCpu.Mask(package, possible));
        tree.Line(folder + "core_siblings_list", ServerCpu.List(package));
    }

    private static void WriteCache(MachineTree tree, string folder, ServerCache cache, IEnumerable<ServerCpu> sharers, int possible)
    {
        const int lineBytes = 64;
        tree.Line(folder + "level", Number(cache.Level));
        tree.Line(folder + "type", cache.Type);
        tree.Line(folder + "size", Number(cache.KiB) + "K");
        tree.Line(folder + "ways_of_associativity", Number(cache.Ways));
        tree.Line(folder + "number_of_sets", Number(cache.KiB * 1024 / (cache.Ways * lineBytes)));
        tree.Line(folder + "coherency_line_size", Number(lineBytes));
        tree.Line(folder + "shared_cpu_list", ServerCpu.List(sharers));
        tree.Line(folder + "shared_cpu_map", ServerCpu.Mask(sharers, possible));
    }

    private static string CpuInfo(ServerProcessor processor, IReadOnlyList<ServerCpu> online)
    {
        StringBuilder text = new();
        foreach (ServerCpu cpu in online)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"""
                processor	: {cpu.Number}
                vendor_id	: {processor.Vendor}
                cpu family	: {processor.Family}
                model		: {processor.Model}
                model name	: {processor.ModelName}
                stepping	: {processor.Stepping}
                microcode	: {processor.Microcode}
                cpu MHz		: {processor.Megahertz:0.000}
                cache size	: {processor.CacheSize}
                physical id	: {cpu.Package}
                siblings	: {processor.CoresPerPackage * 2}
                core id		: {cpu.Core}
                cpu cores	: {processor.CoresPerPackage}
                apicid		: {cpu.ApicId}
                initial apicid	: {cpu.ApicId}
                fpu		: yes
                fpu_exception	: yes
                cpuid level	: {processor.CpuidLevel}
                wp		: yes
                flags		: {processor.Flags}
                bugs		: {processor.Bugs}
                bogomips	: {processor.Megahertz * 2:0.00}
                clflush size	: 64
                cache_alignment	: 64
                address sizes	: {processor.PhysicalBits} bits physical, {processor.VirtualBits} bits virtual
                power management:


                """);
        }

        return text.ToString();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
