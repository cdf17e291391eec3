namespace Parker.Lab.Servers;

/// <summary>The files and sockets of one emulated server.</summary>
/// <param name="Folder">Files that may be worth keeping.</param>
/// <param name="Sockets">A short path: a unix socket's has room for 107 bytes.</param>
internal sealed record ServerFiles(string Folder, string Sockets)
{
    public string Initramfs => Path.Combine(Folder, "initramfs.cpio");

    public string Console => Path.Combine(Folder, "console.log");

    public string SecondUart => Path.Combine(Folder, "uart1.log");

    public string QemuLog => Path.Combine(Folder, "qemu.log");

    public string Processors => Path.Combine(Folder, "processors.txt");

    public string Command => Path.Combine(Folder, "command.txt");

    public string Monitor => Path.Combine(Sockets, "qmp");

    public string Agent => Path.Combine(Sockets, "agent");

    public string GrubDisk => Path.Combine(Folder, "grub.img");

    public string GrubFiles => Path.Combine(Folder, "grub-files.img");

    public string Disk(int device) => Path.Combine(Folder, $"disk{device}.img");

    public string ApplicationAgent(int device) => Path.Combine(Sockets, $"agent{device}");
}
