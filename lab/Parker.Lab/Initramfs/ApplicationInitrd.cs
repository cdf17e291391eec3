using Parker.Boot.Initrds;
using Parker.Lab.Kernels;

namespace Parker.Lab.Initramfs;

/// <summary>The small initrd that the lab's Application Kernels start with.</summary>
public static class ApplicationInitrd
{
    private static readonly string[] Modules = ["virtio_pci", "virtio_console", "nvme", "virtio_blk", "e1000e", "virtio_net"];

    /// <summary>Writes it for one kernel.</summary>
    /// <exception cref="LabException">Something that belongs in it is missing on this machine.</exception>
    public static void Write(Stream stream, CachedKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        using CpioWriter archive = new(stream);
        GuestTree tree = new(archive);
        tree.AddMountPoints();
        tree.AddBusyBox();
        tree.AddProgram(GuestPrograms.Agent, "/usr/bin/parker-agent");
        IReadOnlyList<KernelModule> modules = kernel.Modules.WithDependencies(Modules);
        tree.AddModules(kernel.Release, modules, kernel.Modules);
        tree.AddText("lib/lab/modules", string.Concat(modules.Select(module => module.Path + "\n")));
        tree.AddScript("application-init.sh", "init");
        tree.AddScript("online-cpu.sh", "usr/bin/online-cpu");
    }

    /// <summary>Its bytes.</summary>
    /// <exception cref="LabException">Something that belongs in it is missing on this machine.</exception>
    public static byte[] Bytes(CachedKernel kernel)
    {
        using MemoryStream stream = new();
        Write(stream, kernel);
        return stream.ToArray();
    }
}
