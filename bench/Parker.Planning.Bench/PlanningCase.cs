using System.Globalization;
using System.Text;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Planning.Configuration;
using Parker.Planning.Difference;
using Parker.Planning.Tests;

namespace Parker.Planning.Bench;

/// <summary>A machine and a configuration that nearly fills it.</summary>
/// <remarks>Half of the partitions want one core and 1 GiB, half two cores and 2 GiB; each has a device behind an IOMMU unit of its own, on the node of its number modulo the nodes.</remarks>
internal sealed class PlanningCase
{
    private const int CoresPerNode = 32;
    private const int ThreadsPerCore = 2;
    private const int CoresPerCache = 8;
    private const string File = "parker.toml";

    private readonly MachineTopology _machine;
    private readonly IReadOnlyList<PhysicalAddress> _lowSlots;
    private readonly string _text;

    public PlanningCase(int nodes, int partitions)
    {
        SyntheticMachine size = new(nodes, CoresPerNode, ThreadsPerCore, CoresPerCache, PoolMebibytes: [16_384, 16_384], Devices: partitions, Slots: partitions, HasUnits: true);
        Nodes = nodes;
        Cpus = size.Cpus;
        Partitions = partitions;
        _machine = size.Build();
        _lowSlots = size.LowSlots;
        _text = TextOf(partitions);
    }

    public int Nodes { get; }

    public int Cpus { get; }

    public int Partitions { get; }

    /// <summary>Reads the configuration and plans it on a machine that has these partitions.</summary>
    public MachinePlan Plan(IReadOnlyList<CurrentPartition> current)
    {
        DiagnosticBag diagnostics = [];
        ParkerConfiguration? configuration = ConfigurationReader.TryRead(_text, File, diagnostics);
        MachinePlan? plan = configuration is null ? null : MachinePlanner.TryPlan(configuration, _machine, current, diagnostics, _lowSlots);
        return plan ?? throw new InvalidOperationException(string.Join('\n', diagnostics));
    }

    private static string TextOf(int partitions)
    {
        StringBuilder text = new();
        for (int number = 0; number < partitions; number++)
        {
            int cores = 1 + (number / 7 % 2);
            text.Append(CultureInfo.InvariantCulture, $"""
                [[partition]]
                name = "p{number}"
                cpus = {cores * ThreadsPerCore}
                memory = "{cores}G"
                devices = ["{SyntheticMachine.Device(number)}"]
                kernel = "/boot/vmlinuz"
                initrd = ["/boot/initrd.img"]
                cmdline = "root=/dev/nvme0n1p2 ro"
                autostart = true


                """);
        }

        return text.ToString();
    }
}
