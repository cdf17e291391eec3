using Iced.Intel;
using Parker.Boot.PageTables;
using Parker.Boot.Stubs;
using Parker.Firmware.Uefi;
using Parker.Machine;
using Parker.Partition;
using Parker.Partition.Tests.Plans;
using static Iced.Intel.AssemblerRegisters;

namespace Parker.Boot.StubTests;

public sealed class StubRunTests
{
    private const uint GoodStatus = 0xC0DE;

    // The results of the code that stands for the kernel, from the start of the range that the kernel would be loaded to.
    private static readonly ByteSize Results = new(0x1000);
    private static readonly ByteSize KernelEntry = new(0x200);

    /// <summary>SIPI, long mode, the kernel's entry with RSI, SetVirtualAddressMap, a service that is not there, ResetSystem.</summary>
    [Theory]
    [InlineData(0x40000000UL, "max")]
    [InlineData(0x40000000UL, "max,-pdpe1gb")]
    [InlineData(0x140000000UL, "max")]
    [InlineData(0x140000000UL, "max,-pdpe1gb")]
    public void Cpu_comes_from_sipi_to_the_kernel_and_from_there_to_reset_system(ulong start, string cpu)
    {
        PartitionPlan plan = Plan(start) with { Processor = new ProcessorTraits(!cpu.Contains("-pdpe1gb", StringComparison.Ordinal), 40) };
        PartitionLayout layout = PartitionLayout.TryCreate(plan, ExamplePlans.Footprint, [])!;
        PhysicalAddress results = layout.Kernel.Start + Results;
        UefiRuntimeCode code = UefiRuntimeCode.Assemble(layout);
        using BareMachine machine = new();
        foreach (MemorySegment table in IdentityMap.TryBuild(plan, layout, [])!.Segments())
        {
            machine.Write(table.Address, ((ByteContent)table.Content).Bytes.Span);
        }

        machine.Write(plan.LowSlot, StartStub.Assemble(plan.LowSlot, layout.HeaderPage.Start, layout.BootParams.Start, layout.Kernel.Start + KernelEntry));
        machine.Write(layout.UefiCode.Start, code.Bytes.Span);
        machine.Write(layout.UefiData.Start, UefiTables.Build(layout, code, layout.Acpi.Start));
        machine.Write(layout.Kernel.Start + KernelEntry, KernelCode(results.Value, layout.UefiData.Start.Value));

        PhysicalAddress Header(ByteSize field) => layout.HeaderPage.Start + field;
        machine.RunUntil(WakingFirmware.Assemble((byte)(plan.LowSlot.Value >> 12)), cpu, () => machine.ReadUInt32(Header(HeaderPageLayout.ResetWord)) != 0);

        Assert.Equal(LowSlotLayout.StartMarkValue, machine.ReadUInt32(plan.LowSlot + LowSlotLayout.StartMark));
        Assert.Equal(StartStub.LongModeStage, machine.ReadUInt32(Header(HeaderPageLayout.StartMark)));
        Assert.Equal(1u, machine.ReadUInt32(Header(HeaderPageLayout.VirtualMapMark)));
        Assert.Equal(HeaderPageLayout.ResetWordBase + 2, machine.ReadUInt32(Header(HeaderPageLayout.ResetWord)));
        Assert.Equal(GoodStatus, machine.ReadUInt32(Header(HeaderPageLayout.ResetStatus)));
        ulong[] times = [.. new[] { HeaderPageLayout.StartTsc, HeaderPageLayout.VirtualMapTsc, HeaderPageLayout.ResetTsc }.Select(field => machine.ReadUInt64(Header(field)))];
        Assert.Equal(times.Order(), times);
        Assert.NotEqual(0UL, times[0]);

        Assert.Equal(layout.BootParams.Start.Value, machine.ReadUInt64(results));
        Assert.Equal(0x10UL, machine.ReadUInt64(results + new ByteSize(8)));
        Assert.Equal(0x18UL, machine.ReadUInt64(results + new ByteSize(16)));
        Assert.Equal(0UL, machine.ReadUInt64(results + new ByteSize(24)));
        Assert.Equal(UefiRuntimeCode.EfiUnsupported, machine.ReadUInt64(results + new ByteSize(32)));
    }

    [Fact]
    public void Cpu_that_gets_a_sipi_into_the_park_stub_writes_the_token()
    {
        PhysicalAddress slot = new(0x30000);
        using BareMachine machine = new();
        machine.Write(slot + LowSlotLayout.ParkStub, ParkStub.Assemble());
        machine.Write(slot + LowSlotLayout.ParkToken, BitConverter.GetBytes(0x12345678));

        machine.RunUntil(WakingFirmware.Assemble((byte)((slot + LowSlotLayout.ParkStub).Value >> 12)), "max", () => machine.ReadUInt32(slot + LowSlotLayout.ParkMark) != 0);

        Assert.Equal(0x12345678u, machine.ReadUInt32(slot + LowSlotLayout.ParkMark));
    }

    private static PartitionPlan Plan(ulong start) => ExamplePlans.Small with
    {
        Memory = [new PartitionMemory(new PhysicalRange(new PhysicalAddress(start), ByteSize.FromMebibytes(512)), 0)],
    };

    /// <summary>Stands for a kernel: writes down how it was entered, and calls three runtime services as a kernel would, by the tables.</summary>
    private static byte[] KernelCode(ulong results, ulong systemTable)
    {
        Assembler a = new(64);
        a.mov(rbx, results);
        a.lea(rsp, __[rbx + 0x1000]);
        a.mov(__qword_ptr[rbx], rsi);
        a.mov(eax, cs);
        a.mov(__qword_ptr[rbx + 8], rax);
        a.mov(eax, ss);
        a.mov(__qword_ptr[rbx + 16], rax);
        a.mov(r15, systemTable);
        a.mov(r15, __qword_ptr[r15 + 0x58]);
        a.call(__qword_ptr[r15 + 0x18 + (8 * 4)]);
        a.mov(__qword_ptr[rbx + 24], rax);
        a.call(__qword_ptr[r15 + 0x18]);
        a.mov(__qword_ptr[rbx + 32], rax);
        a.mov(ecx, 2);
        a.mov(edx, (int)GoodStatus);
        a.call(__qword_ptr[r15 + 0x18 + (8 * 10)]);
        using MemoryStream stream = new();
        a.Assemble(new StreamCodeWriter(stream), results);
        return stream.ToArray();
    }
}
