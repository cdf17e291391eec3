using Parker.Lab.Servers;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Lab.UnitTests;

public sealed class ServerSpecTests
{
    [Fact]
    public void Default_server_can_be_built() => Assert.Empty(Problems(new ServerSpec()));

    public static TheoryData<string, ServerSpec> Bad => new()
    {
        { "LAB001", new ServerSpec { Cpus = new CpuTopology(4, 64, 1) } },
        { "LAB001", new ServerSpec { Cpus = new CpuTopology(0, 1, 1) } },
        { "LAB002", new ServerSpec { Cpus = new CpuTopology(1, 7, 1), Nodes = 2 } },
        { "LAB002", new ServerSpec { Nodes = 0 } },
        { "LAB002", new ServerSpec { Nodes = 16, Cpus = new CpuTopology(16, 1, 1) } },
        { "LAB003", new ServerSpec { Memory = ByteSize.FromMebibytes(512), Pool = default } },
        { "LAB003", new ServerSpec { Memory = new ByteSize((4UL << 30) + 4096) } },
        { "LAB003", new ServerSpec { Memory = ByteSize.FromGibibytes(1024) } },
        { "LAB004", new ServerSpec { LowSlots = 9 } },
        { "LAB005", new ServerSpec { Devices = [.. Enumerable.Repeat(new DeviceSpec(DeviceKind.Nvme), QemuArguments.MaxDevices + 1)] } },
        { "LAB006", new ServerSpec { X2apic = true, Iommu = true } },
        { "LAB007", new ServerSpec { PoolRanges = Range(0x0, 0x100000) } },
        { "LAB007", new ServerSpec { PoolRanges = Range(0x7ff00000, 0x100000) } },
        { "LAB007", new ServerSpec { PoolRanges = Range(0x40000800, 0x1000) } },
        { "LAB008", new ServerSpec { Pool = ByteSize.FromMebibytes(3400) } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Server_that_cannot_be_built_is_refused_with_the_reason(string id, ServerSpec spec) => Assert.Contains(id, Problems(spec));

    [Fact]
    public void Everything_wrong_is_told_at_once() => Assert.Equal(["LAB001", "LAB004", "LAB006"], Problems(new ServerSpec { Cpus = new CpuTopology(9, 99, 1), LowSlots = 100, X2apic = true, Iommu = true }));

    [Fact]
    public void Memory_below_the_split_lies_in_one_piece() =>
        Assert.Equal(PhysicalRangeSet.Of(new PhysicalRange(PhysicalAddress.Zero, ByteSize.FromGibibytes(2))), ServerMemory.All(ByteSize.FromGibibytes(2)));

    [Fact]
    public void Memory_above_the_split_leaves_two_gibibytes_below() =>
        Assert.Equal(
            PhysicalRangeSet.Of(new PhysicalRange(PhysicalAddress.Zero, ByteSize.FromGibibytes(2)), new PhysicalRange(PhysicalAddress.FourGibibytes, ByteSize.FromGibibytes(4))),
            ServerMemory.All(ByteSize.FromGibibytes(6)));

    [Fact]
    public void Nodes_share_the_memory_in_address_order()
    {
        IReadOnlyList<PhysicalRangeSet> nodes = ServerMemory.Nodes(ByteSize.FromGibibytes(6), 2);
        Assert.Equal("0x0-0x7fffffff,0x100000000-0x13fffffff", nodes[0].ToString());
        Assert.Equal("0x140000000-0x1ffffffff", nodes[1].ToString());
    }

    [Fact]
    public void Pool_lies_at_the_end_of_each_node_and_not_in_the_firmware_s_tables()
    {
        PhysicalRangeSet pool = ServerMemory.Pool(new ServerSpec { Memory = ByteSize.FromGibibytes(4), Nodes = 2, Pool = ByteSize.FromGibibytes(2) });
        Assert.Equal("0x3fe00000-0x7fdfffff,0x140000000-0x17fffffff", pool.ToString());
    }

    [Fact]
    public void Pool_goes_below_four_gibibytes_where_above_is_not_enough()
    {
        PhysicalRangeSet pool = ServerMemory.Pool(new ServerSpec { Memory = ByteSize.FromGibibytes(4), Pool = ByteSize.FromMebibytes(2560) });
        Assert.Equal("0x5fe00000-0x7fdfffff,0x100000000-0x17fffffff", pool.ToString());
    }

    [Fact]
    public void Pool_of_nothing_is_empty() => Assert.True(ServerMemory.Pool(new ServerSpec { Pool = default }).IsEmpty);

    [Theory]
    [InlineData("2x4x1", 8)]
    [InlineData("1x1x1", 1)]
    [InlineData("2x4", null)]
    [InlineData("2x4x1x1", null)]
    [InlineData("0x4x1", null)]
    [InlineData("-1x4x1", null)]
    [InlineData("999x1x1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Topology_is_three_numbers(string? text, int? cpus)
    {
        Assert.Equal(cpus is not null, CpuTopology.TryParse(text, out CpuTopology? topology));
        Assert.Equal(cpus, topology?.Cpus);
    }

    private static PhysicalRangeSet Range(ulong start, ulong length) => PhysicalRangeSet.Of(new PhysicalRange(new PhysicalAddress(start), new ByteSize(length)));

    private static List<string> Problems(ServerSpec spec)
    {
        DiagnosticBag diagnostics = [];
        Assert.Equal(spec.Validate(diagnostics), !diagnostics.HasErrors);
        return [.. diagnostics.Select(diagnostic => diagnostic.Id)];
    }
}
