using System.Globalization;
using Parker.Machine;

namespace Parker.Lab.Servers;

/// <summary>The command line of QEMU for a server.</summary>
internal static class QemuArguments
{
    public const string Program = "qemu-system-x86_64";
    public const string AgentPort = "parker.agent";
    public const int MaxDevices = 24;

    // One thread for all CPUs: with one each, QEMU 10.0 loses an interrupt in a CPU that has just come up, now and then (docs/machine-facts.md, 10).
    // Without fast string operations: with them kernels and libraries copy and clear by rep movsb and rep stosb, which TCG emulates byte by byte (docs/machine-facts.md, 10).
    public const string Processor = "max,-erms,-fsrm";

    public const string Accelerator = "tcg,thread=single";

    // Root ports take the slots from here on; below lies what the Boot Kernel keeps, and 0x1f is the chipset.
    private const int FirstRootPort = 0x04;

    /// <summary>The device numbers on bus 0 of the root ports.</summary>
    public static byte[] RootPorts(ServerSpec spec) => [.. spec.Devices.Select((_, index) => (byte)(FirstRootPort + index))];

    public static IReadOnlyList<string> Of(ServerSpec spec, ServerFiles files, string kernelImage, long tscKhz)
    {
        List<string> arguments =
        [
            "-machine", "q35",
            "-accel", Accelerator,
            "-cpu", Processor,
            "-nodefaults",
            "-no-user-config",
            "-no-reboot",
            "-display", "none",
            "-smp", string.Create(CultureInfo.InvariantCulture, $"{spec.Cpus.Cpus},sockets={spec.Cpus.Sockets},cores={spec.Cpus.Cores},threads={spec.Cpus.Threads}"),
            "-m", Size(spec.Memory),
        ];
        AddNodes(arguments, spec);
        arguments.AddRange(spec.GrubWords is null
            ? ["-kernel", kernelImage, "-initrd", files.Initramfs, "-append", KernelParameters.Of(spec, tscKhz)]
            : [
                "-drive", $"if=ide,index=0,format=raw,file={files.GrubDisk}",
                "-drive", $"if=ide,index=1,format=raw,file={files.GrubFiles}",
            ]);
        arguments.AddRange(
        [
            "-qmp", $"unix:{files.Monitor},server=on,wait=off",
            "-serial", $"file:{files.Console}",
            "-serial", $"file:{files.SecondUart}",
        ]);
        if (spec.X2apic || spec.Iommu)
        {
            // Before the devices that are behind it.
            arguments.AddRange(["-device", "intel-iommu,intremap=on,eim=on"]);
        }

        arguments.AddRange(
        [
            "-chardev", $"socket,id=agent,path={files.Agent},server=on,wait=off",
            "-device", "virtio-serial-pci,id=agent-controller,bus=pcie.0,addr=0x02",
            "-device", $"virtserialport,bus=agent-controller.0,chardev=agent,name={AgentPort}",
        ]);
        for (int device = 0; device < spec.Devices.Count; device++)
        {
            AddDevice(arguments, spec, files, device);
        }

        return arguments;
    }

    private static void AddNodes(List<string> arguments, ServerSpec spec)
    {
        ByteSize share = new(spec.Memory.Bytes / (ulong)spec.Nodes);
        int cpus = spec.Cpus.Cpus / spec.Nodes;
        for (int node = 0; node < spec.Nodes; node++)
        {
            arguments.AddRange(
            [
                "-object", string.Create(CultureInfo.InvariantCulture, $"memory-backend-ram,id=memory{node},size={Size(share)}"),
                "-numa", string.Create(CultureInfo.InvariantCulture, $"node,nodeid={node},memdev=memory{node},cpus={node * cpus}-{((node + 1) * cpus) - 1}"),
            ]);
        }
    }

    private static void AddDevice(List<string> arguments, ServerSpec spec, ServerFiles files, int index)
    {
        DeviceSpec device = spec.Devices[index];
        string multi = device.WithAgentPort ? ",multifunction=on" : "";

        // Where a partition may own the IOMMU unit, virtio devices let it translate their addresses as real devices would.
        string virtio = spec.Iommu ? ",iommu_platform=on,disable-legacy=on" : "";
        string place = string.Create(CultureInfo.InvariantCulture, $"bus=port{index},addr=0x0");
        arguments.AddRange(
        [
            "-device",
            string.Create(CultureInfo.InvariantCulture, $"pcie-root-port,id=port{index},bus=pcie.0,addr=0x{FirstRootPort + index:x2},chassis={index + 1},slot={index + 1}"),
        ]);
        if (device.IsDisk)
        {
            arguments.AddRange(["-drive", string.Create(CultureInfo.InvariantCulture, $"if=none,id=disk{index},format=raw,file={files.Disk(index)}")]);
        }
        else
        {
            arguments.AddRange(["-netdev", string.Create(CultureInfo.InvariantCulture, $"user,id=net{index},restrict=on")]);
        }

        string mac = MacAddress(index);
        arguments.AddRange(
        [
            "-device",
            device.Kind switch
            {
                DeviceKind.Nvme => string.Create(CultureInfo.InvariantCulture, $"nvme,serial=lab{index},drive=disk{index},{place}{multi}"),
                DeviceKind.VirtioBlk => string.Create(CultureInfo.InvariantCulture, $"virtio-blk-pci,serial=lab{index},drive=disk{index},{place}{multi}{virtio}"),
                DeviceKind.E1000e => string.Create(CultureInfo.InvariantCulture, $"e1000e,netdev=net{index},mac={mac},{place}{multi}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"virtio-net-pci,netdev=net{index},mac={mac},romfile=,{place}{multi}{virtio}"),
            },
        ]);
        if (device.WithAgentPort)
        {
            arguments.AddRange(
            [
                "-chardev", string.Create(CultureInfo.InvariantCulture, $"socket,id=agent{index},path={files.ApplicationAgent(index)},server=on,wait=off"),
                "-device", string.Create(CultureInfo.InvariantCulture, $"virtio-serial-pci,id=controller{index},bus=port{index},addr=0x0.0x1{virtio}"),
                "-device", string.Create(CultureInfo.InvariantCulture, $"virtserialport,bus=controller{index}.0,chardev=agent{index},name={AgentPort}.{index}"),
            ]);
        }
    }

    /// <summary>The address of the network card behind the root port of that number.</summary>
    public static string MacAddress(int device) => string.Create(CultureInfo.InvariantCulture, $"52:54:00:50:4b:{device:x2}");

    private static string Size(ByteSize size) => string.Create(CultureInfo.InvariantCulture, $"{size.Bytes / (1 << 20)}M");
}
