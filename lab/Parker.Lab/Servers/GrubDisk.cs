using Parker.Lab.Processes;

namespace Parker.Lab.Servers;

/// <summary>A disk with GRUB, as a BIOS boots it, and one with the files that it loads.</summary>
/// <remarks>
/// No partitions, no file system to be made, no root: the disk is GRUB's boot sector with its core right behind, which has its configuration in it; the other disk is a tar archive, which GRUB reads as a
/// file system. The package grub-pc-bin has the parts, installed or unpacked below the cache folder (./run soak does that).
/// </remarks>
internal static class GrubDisk
{
    private const string Parts = "usr/lib/grub/i386-pc";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Modules = ["biosdisk", "configfile", "linux", "memdisk", "normal", "regexp", "serial", "tar", "test"];

    /// <summary>Writes both disks.</summary>
    /// <param name="kernelImage">The kernel.</param>
    /// <param name="words">Its parameters, as they stand in a grub.cfg.</param>
    /// <param name="files">Where the initramfs is, and the disks go.</param>
    /// <exception cref="LabException">A tool or a part of GRUB is missing.</exception>
    public static void Write(string kernelImage, string words, ServerFiles files)
    {
        string parts = new[] { Path.Combine(LabFolders.Cache, "grub", Parts), "/" + Parts }.FirstOrDefault(Directory.Exists)
            ?? throw new LabException($"GRUB's parts for a BIOS are missing: neither /{Parts} nor the same below {Path.Combine(LabFolders.Cache, "grub")} is there. './run soak' unpacks them.");
        Tool.Run("tar", ["-cf", files.GrubFiles, "-C", Path.GetDirectoryName(kernelImage)!, Path.GetFileName(kernelImage), "-C", files.Folder, Path.GetFileName(files.Initramfs)], Patience);

        string scratch = Path.Combine(files.Folder, "grub");
        Directory.CreateDirectory(scratch);
        File.WriteAllText(Path.Combine(scratch, "early.cfg"), "configfile (memdisk)/grub.cfg\n");
        File.WriteAllText(
            Path.Combine(scratch, "grub.cfg"),
            $$"""
            serial --unit=0 --speed=115200
            terminal_output serial
            set timeout=0
            menuentry 'server' {
                linux (hd1)/{{Path.GetFileName(kernelImage)}} {{words}}
                initrd (hd1)/{{Path.GetFileName(files.Initramfs)}}
            }

            """);
        Tool.Run("tar", ["-cf", "memory.tar", "grub.cfg"], Patience, scratch);
        Tool.Run("grub-mkimage", ["-d", parts, "-O", "i386-pc", "-o", "core.img", "-m", "memory.tar", "-c", "early.cfg", "-p", "(memdisk)", .. Modules], Patience, scratch);
        using FileStream disk = new(files.GrubDisk, FileMode.Create, FileAccess.Write);
        disk.Write(File.ReadAllBytes(Path.Combine(parts, "boot.img")));
        disk.Write(File.ReadAllBytes(Path.Combine(scratch, "core.img")));
        disk.SetLength(4 << 20);
        Directory.Delete(scratch, recursive: true);
    }
}
