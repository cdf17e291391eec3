using Parker.Lab.Servers;

namespace Parker.Runtime.LabTests;

/// <summary>The 8-CPU, 2-node server in xAPIC mode that several test classes share, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SharedServer : ICollectionFixture<SharedServer.Fixture>
{
    public const string Name = "server";

    /// <summary>The disks have an agent port for the kernel that gets them.</summary>
    public const int Nvme = 0;

    public const int VirtioBlk = 1;
    public const int E1000e = 2;
    public const int VirtioNet = 3;

    public sealed class Fixture : IDisposable
    {
        public PartitionServer Server { get; } = new(
            new ServerSpec
            {
                Cpus = new CpuTopology(2, 4, 1),
                Nodes = 2,
                Devices =
                [
                    new DeviceSpec(DeviceKind.Nvme, WithAgentPort: true),
                    new DeviceSpec(DeviceKind.VirtioBlk, WithAgentPort: true),
                    new DeviceSpec(DeviceKind.E1000e),
                    new DeviceSpec(DeviceKind.VirtioNet),
                ],
            },
            "partitions");

        public void Dispose() => Server.Dispose();
    }
}
