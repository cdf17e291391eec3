using System.Text;
using System.Text.Json;
using Parker.Api.Topology;
using Parker.Goldens;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Reading;
using Parker.Machine.Topology.Sources;

namespace Parker.Api.Tests.Topology;

public sealed class TopologyDocumentTests
{
    [Fact]
    public void Topology_json_is_the_golden_one() =>
        GoldenFile.AssertEqual("test/Parker.Api.Tests/Topology/topology.json", ApiJson.ToJson(TopologyDocument.Of(Small(), Grants)));

    [Fact]
    public void Topology_of_nothing_known_has_every_field()
    {
        using JsonDocument nothing = JsonDocument.Parse(ApiJson.ToJson(TopologyDocument.Of(TopologyReader.Read(new TreeMachineSource()), Grants)));
        using JsonDocument small = JsonDocument.Parse(ApiJson.ToJson(TopologyDocument.Of(Small(), Grants)));
        foreach (string section in (string[])["machine", "kernel", "processor", "memory", "interrupts", "iommu", "pci", "tsc", "grants"])
        {
            Assert.Equal(
                small.RootElement.GetProperty(section).EnumerateObject().Select(field => field.Name),
                nothing.RootElement.GetProperty(section).EnumerateObject().Select(field => field.Name));
        }
    }

    [Fact]
    public void Topology_json_fields_are_all_in_the_documentation()
    {
        IReadOnlySet<string> names = DocumentFields.Of(typeof(TopologyDocument));
        Assert.True(names.Count > 80);
        DocumentFields.AssertDocumented(names, "parker topology");
    }

    [Fact]
    public void Topology_json_keeps_quotes_and_hides_control_characters()
    {
        TreeMachineSource source = new();
        Add(source, "proc/cmdline", "ro quiet='a<b>' \u001b[2J");
        string json = ApiJson.ToJson(TopologyDocument.Of(TopologyReader.Read(source), Grants));
        Assert.Contains("'a<b>'", json, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', json);
    }

    private static GrantsDocument Grants { get; } = new(
        [
            BusGrantDocument.Of(
                new PciBusRange(0, 1, 1),
                new PciAddress(0, 0, 1, 0),
                [new PciAddress(0, 1, 0, 0)],
                0,
                GrantVerdict.WithIommuUnit,
                [GrantReasonDocument.Of(new Diagnostic("BUS012", DiagnosticSeverity.Error, "", "Seen.", "Do."), [new PciAddress(0, 1, 0, 0)], onlyWithoutIommuUnit: true)]),
        ],
        [UnitGrantDocument.Of(new PhysicalAddress(0xfed90000), true, [new PciBusRange(0, 1, 1)], [])]);

    private static MachineTopology Small()
    {
        TreeMachineSource source = new();
        Add(source, "proc/version", "Linux version 6.12.95+deb13-amd64 (builder) #1 SMP\n");
        Add(source, "proc/sys/kernel/osrelease", "6.12.95+deb13-amd64\n");
        Add(source, "proc/cmdline", "root=/dev/vda1 memmap=1M$0x200000 intremap=off\n");
        Add(source, "proc/cpuinfo", "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Example\nmicrocode\t: 0x2b\nphysical id\t: 0\ncore id\t: 0\napicid\t: 0\nflags\t: pdpe1gb x2apic\naddress sizes\t: 46 bits physical, 48 bits virtual\n");
        Add(source, "proc/iomem", "00001000-0009ffff : System RAM\n00100000-001fffff : System RAM\n  00100000-0017ffff : Kernel code\n00300000-003fffff : System RAM\n");
        Add(source, "sys/firmware/memmap/0/start", "0x100000\n");
        Add(source, "sys/firmware/memmap/0/end", "0x3fffff\n");
        Add(source, "sys/firmware/memmap/0/type", "System RAM\n");
        foreach (string set in (string[])["online", "present", "possible"])
        {
            Add(source, "sys/devices/system/cpu/" + set, "0\n");
        }

        Add(source, "sys/devices/system/cpu/cpu0/topology/physical_package_id", "0\n");
        Add(source, "sys/devices/system/cpu/cpu0/topology/core_id", "0\n");
        Add(source, "sys/devices/system/cpu/cpu0/topology/thread_siblings_list", "0\n");
        Add(source, "sys/devices/system/cpu/cpu0/cache/index0/level", "1\n");
        Add(source, "sys/devices/system/cpu/cpu0/cache/index0/type", "Data\n");
        Add(source, "sys/devices/system/cpu/cpu0/cache/index0/size", "48K\n");
        Add(source, "sys/devices/system/cpu/cpu0/cache/index0/shared_cpu_list", "0\n");
        AddFunction(source, "0000:01:00.0", "0x144d", "0xa80a", "0x010802");
        Add(source, CaptureLayout.Tsc[1..], "2300000000 PerfEvent time_mult=1 time_shift=2\n");
        return TopologyReader.Read(source);
    }

    private static void AddFunction(TreeMachineSource source, string address, string vendor, string device, string code)
    {
        string folder = $"sys/devices/pci0000:01/{address}";
        source.Add("sys/bus/pci/devices/" + address, CaptureEntryKind.Link, Encoding.UTF8.GetBytes($"../../../devices/pci0000:01/{address}"));
        Add(source, folder + "/vendor", vendor + "\n");
        Add(source, folder + "/device", device + "\n");
        Add(source, folder + "/class", code + "\n");
        Add(source, folder + "/resource", "0x00000000fe000000 0x00000000fe003fff 0x0000000000140204\n");
        Add(source, folder + "/reset_method", "flr bus\n");
        Add(source, folder + "/numa_node", "-1\n");
    }

    private static void Add(TreeMachineSource source, string path, string text) => source.Add(path, CaptureEntryKind.File, Encoding.UTF8.GetBytes(text));
}
