using Parker.Boot.Initrds;
using Parker.Lab.Kernels;

namespace Parker.Lab.Initramfs;

/// <summary>The initramfs of the emulated server: the Boot Kernel's whole user land.</summary>
/// <remarks>Not compressed: unpacking under emulation costs more than reading from the host's page cache.</remarks>
public static class ServerInitramfs
{
    // Before the agent, and after it.
    private static readonly string[] Early = ["virtio_pci", "virtio_console"];
    private static readonly string[] Late = ["msr", "cpuid", "pci_stub", "nvme", "virtio_blk", "e1000e", "virtio_net", "fuse"];

    // Only there for modprobe.
    private static readonly string[] OnDemand = ["vfio_pci", "dax_hmem", "device_dax", "kmem"];

    private const UnixFileMode ReadOnly = (UnixFileMode)0x1a4;

    /// <summary>Writes it.</summary>
    /// <param name="stream">Takes it.</param>
    /// <param name="kernel">The Boot Kernel.</param>
    /// <param name="applications">The kernels that lie under <c>/boot</c>, each with a small initrd.</param>
    /// <param name="programs">More programs, with their libraries: here, and there.</param>
    /// <param name="files">More files: here, and there.</param>
    /// <param name="firmware">What the kernel takes before it unpacks the rest, such as an ACPI table that replaces the firmware's: path and content.</param>
    /// <param name="system">The archive of a whole system in place of busybox and the lab's init; null for those.</param>
    /// <exception cref="LabException">Something that belongs in it is missing on this machine.</exception>
    public static void Write(
        Stream stream,
        CachedKernel kernel,
        IEnumerable<CachedKernel> applications,
        IEnumerable<(string Source, string Target)> programs,
        IEnumerable<(string Source, string Target)> files,
        IEnumerable<(string Path, byte[] Content)> firmware,
        string? system)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        GuestPrograms.Check();
        using (CpioWriter first = new(stream))
        {
            foreach ((string path, byte[] content) in firmware)
            {
                first.AddFile(path, content, ReadOnly);
            }
        }

        if (system is not null)
        {
            SystemInitramfs.WriteSystem(stream, system);
        }

        using CpioWriter archive = new(stream);
        GuestTree tree = new(archive, isMerged: system is not null);
        if (system is null)
        {
            AddBusyBox(tree, kernel);
        }
        else
        {
            SystemInitramfs.Add(archive, tree);
        }

        tree.AddModules(kernel.Release, kernel.Modules.WithDependencies(Early.Concat(Late).Concat(OnDemand)), kernel.Modules);
        foreach (CachedKernel application in applications)
        {
            tree.AddFile(application.ImagePath, $"boot/vmlinuz-{application.Release}", ReadOnly);
            archive.AddFile($"boot/initrd-{application.Release}.img", ApplicationInitrd.Bytes(application), ReadOnly);
        }

        foreach ((string source, string target) in programs)
        {
            tree.AddProgram(source, target);
        }

        foreach ((string source, string target) in files)
        {
            tree.AddFile(source, target);
        }
    }

    private static void AddBusyBox(GuestTree tree, CachedKernel kernel)
    {
        tree.AddMountPoints();
        tree.AddBusyBox();
        tree.AddProgram(GuestPrograms.Parker, "/usr/local/bin/parker");
        tree.AddProgram(GuestPrograms.Agent, "/usr/local/bin/parker-agent");
        IReadOnlyList<KernelModule> early = kernel.Modules.WithDependencies(Early);
        IReadOnlyList<KernelModule> late = [.. kernel.Modules.WithDependencies(Early.Concat(Late)).ExceptBy(early.Select(module => module.Name), module => module.Name)];
        tree.AddText("lib/lab/early", string.Concat(early.Select(module => module.Path + "\n")));
        tree.AddText("lib/lab/late", string.Concat(late.Select(module => module.Path + "\n")));
        tree.AddText("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
        tree.AddText("etc/group", "root:x:0:\n");
        tree.AddText("etc/hostname", "lab\n");
        tree.AddScript("server-init.sh", "init");
    }
}
