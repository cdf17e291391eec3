using System.CommandLine;
using System.CommandLine.Parsing;
using Parker.Lab.Kernels;
using Parker.Lab.Servers;
using Parker.Lab.Systems;
using Parker.Machine;

namespace Parker.Lab;

/// <summary>The options of <c>./run lab</c>.</summary>
internal sealed class LabOptions
{
    private readonly Option<int?> _cpus = new("--cpus") { HelpName = "N", Description = "logical CPUs, one package a node [8]" };
    private readonly Option<CpuTopology?> _topology = new("--topology") { HelpName = "SxCxT", Description = "packages, cores in each, threads in each, in place of --cpus" };
    private readonly Option<int> _nodes = new("--nodes") { HelpName = "N", Description = "NUMA nodes", DefaultValueFactory = _ => 1 };
    private readonly Option<ByteSize> _memory = new("--memory") { HelpName = "SIZE", Description = "memory" };
    private readonly Option<ByteSize?> _pool = new("--pool") { HelpName = "SIZE", Description = "memory kept out of the Boot Kernel, spread over the nodes [half]" };
    private readonly Option<string?> _bootKernel = new("--boot-kernel") { HelpName = "FILE", Description = "the Boot Kernel: a bzImage with lib/modules beside it or above it, or a series of the cache (6.12, 6.1, 6.1-cloud) [6.12]" };
    private readonly Option<bool> _x2apic = new("--x2apic") { Description = "the Boot Kernel runs in x2APIC mode, with interrupt remapping" };
    private readonly Option<bool> _iommu = new("--iommu") { Description = "an IOMMU unit that the Boot Kernel leaves alone" };
    private readonly Option<DeviceSpec[]> _devices = new("--device") { HelpName = "TYPE", Description = "a device behind a root port of its own: " + string.Join(", ", DeviceSpec.Names) + "; may be repeated" };
    private readonly Option<bool> _system = new("--system") { Description = "a small Debian with systemd and dpkg in place of busybox; parker is not installed, its package lies in /opt" };
    private readonly Option<(string Source, string Target)[]> _copies = new("--copy") { HelpName = "FILE:PATH", Description = "a file of this machine, and where it lies there; may be repeated" };

    public LabOptions()
    {
        _topology.CustomParser = result => CpuTopology.TryParse(Text(result), out CpuTopology? topology) ? topology : Refuse<CpuTopology?>(result, "is no topology; write packages, cores and threads, as 2x4x1");
        _memory.CustomParser = result => ByteSize.TryParse(Text(result), null, out ByteSize size) ? size : Refuse<ByteSize>(result, "is no size; write 4G");
        _memory.DefaultValueFactory = _ => ByteSize.FromGibibytes(4);
        _pool.CustomParser = result => ByteSize.TryParse(Text(result), null, out ByteSize size) ? size : Refuse<ByteSize?>(result, "is no size; write 2G");
        _devices.CustomParser = result => [.. result.Tokens.Select(token =>
            DeviceSpec.TryParse(token.Value, out DeviceSpec? device) ? device : Refuse(result, new DeviceSpec(default), token.Value, "is no device; choose of " + string.Join(", ", DeviceSpec.Names)))];
        _copies.CustomParser = result => [.. result.Tokens.Select(token => Copy(result, token.Value))];
        Root = new RootCommand("A shell, or one command, on an emulated server with parker in the path. See docs/lab.md.")
        {
            _cpus, _topology, _nodes, _memory, _pool, _bootKernel, _x2apic, _iommu, _devices, _system, _copies, Exec, TimeoutSeconds,
        };
    }

    public RootCommand Root { get; }

    public Option<string?> Exec { get; } = new("--exec") { HelpName = "COMMAND", Description = "runs this there as root in place of a shell; its output and exit code are the lab's" };

    public Option<uint?> TimeoutSeconds { get; } = new("--timeout") { HelpName = "S", Description = "kills the command of --exec after so many seconds; the exit code is then 124" };

    /// <summary>The server that was asked for.</summary>
    /// <exception cref="LabException">There is no such kernel.</exception>
    public ServerSpec Spec(ParseResult result, KernelCache cache, SystemCache systems)
    {
        int nodes = Math.Max(result.GetValue(_nodes), 1);
        ByteSize memory = result.GetValue(_memory);
        return new ServerSpec
        {
            Cpus = result.GetValue(_topology) ?? Spread(result.GetValue(_cpus) ?? 8, nodes),
            Nodes = result.GetValue(_nodes),
            Memory = memory,
            Pool = result.GetValue(_pool) ?? new ByteSize(memory.Bytes / 2),
            BootKernel = cache.Find(result.GetValue(_bootKernel) ?? KernelSeries.Linux612.Name),
            X2apic = result.GetValue(_x2apic),
            Iommu = result.GetValue(_iommu),
            Devices = result.GetValue(_devices) ?? [],
            System = result.GetValue(_system) ? systems.Get() : null,
            Files = result.GetValue(_copies) ?? [],
        };
    }

    private static CpuTopology Spread(int cpus, int nodes) => cpus % nodes == 0 ? new CpuTopology(nodes, cpus / nodes, 1) : new CpuTopology(1, cpus, 1);

    private static (string Source, string Target) Copy(ArgumentResult result, string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon < 1 || colon + 2 > text.Length || text[colon + 1] != '/')
        {
            return Refuse(result, ("", ""), text, "is no copy; write FILE:PATH, with an absolute path in the server");
        }

        return File.Exists(text[..colon]) ? (text[..colon], text[(colon + 1)..]) : Refuse(result, ("", ""), text[..colon], "is not there");
    }

    private static string Text(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;

    private static T? Refuse<T>(ArgumentResult result, string why) => Refuse<T?>(result, default, Text(result), why);

    private static T Refuse<T>(ArgumentResult result, T nothing, string text, string why)
    {
        result.AddError($"'{text}' {why}.");
        return nothing;
    }
}
