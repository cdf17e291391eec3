using Parker.Cli.Tests.Installation;
using Parker.Lab.Servers;

namespace Parker.Runtime.LabTests;

/// <summary>A server without a pool is set up by <c>parker install</c>, and boots from a disk with GRUB what that wrote.</summary>
public sealed class GrubTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static ServerSpec Spec => new() { Cpus = new CpuTopology(1, 4, 1), Pool = default, LowSlots = 0, Applications = [] };

    [Fact(Explicit = true)]
    public void Server_that_was_installed_by_the_command_boots_with_its_pool_and_passes_check()
    {
        string folder = Directory.CreateTempSubdirectory("parker-grub-").FullName;
        try
        {
            string told = Install(folder);
            string words = GrubCopy.LinuxWords(folder)[0];

            // The pool is out of the Boot Kernel's hands by what GRUB was told alone.
            using EmulatedServer server = EmulatedServer.Start(Spec with { GrubWords = words }, "grub-installed");
            server.WaitUntilReady(Patience * 3);
            Assert.Contains(" " + told, server.Run("cat /proc/cmdline", Patience).Expect().Trim(), StringComparison.Ordinal);
            server.Run("parker check", Patience).Expect();
            Assert.Contains("pool 1 GiB", server.Run("parker topology --map", Patience).Expect(), StringComparison.Ordinal);
            server.KeepEvidence = false;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // What the command says the next boot has; the files that it wrote are copied into the folder.
    private static string Install(string folder)
    {
        using EmulatedServer server = EmulatedServer.Start(Spec, "grub-before");
        server.WaitUntilReady();
        Assert.NotEqual(0, server.Run("parker check", Patience).ExitCode);
        string parameters = server.Run("cat /proc/cmdline", Patience).Expect().Trim();
        server.Run($"mkdir -p /etc/default && echo 'GRUB_CMDLINE_LINUX_DEFAULT=\"{parameters}\"' >/etc/default/grub", Patience).Expect();
        string told = server.Run("parker install --pool 1G --slots 4", Patience).Expect().Split('\n')
            .Single(line => line.StartsWith("The next boot of GRUB has: ", StringComparison.Ordinal))["The next boot of GRUB has: ".Length..];
        foreach (string file in (string[])["etc/default/grub", "etc/default/grub.d/parker.cfg"])
        {
            string path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, server.Run($"cat /{file}", Patience).Expect());
        }

        Directory.CreateDirectory(Path.Combine(folder, "boot"));
        File.WriteAllText(Path.Combine(folder, "boot/vmlinuz-6.12.95-amd64"), "");
        server.KeepEvidence = false;
        return told;
    }
}
