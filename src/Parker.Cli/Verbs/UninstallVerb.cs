using System.CommandLine;
using Parker.Cli.Installation;
using Parker.Cli.Options;

namespace Parker.Cli.Verbs;

/// <summary><c>parker uninstall</c>: removes what <c>parker install</c> wrote.</summary>
internal static class UninstallVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Option<string> root = InstallVerb.CreateRoot();
        Option<bool> dryRun = DryRunOption.Create();
        Verb verb = new("uninstall", "Remove what 'parker install' wrote.")
        {
            Details =
            [
                "Stop partitions and daemon first: systemctl stop parker-autostart; parker destroy --all; systemctl stop parker. Then logs and dumps that are kept (/var/lib/parker) go, too; while partitions "
                + "hold something of this machine, or the daemon runs, they and /run/parker stay. A configuration of your own (/etc/parker/parker.toml) stays, and so does what a package brought.",
            ],
            Examples = [("parker uninstall", "Boot parameters, units and folders; the memory is the Boot Kernel's again after the next boot.")],
        };
        verb.Add(root);
        verb.Add(dryRun);
        verb.SetAction(parsed =>
        {
            Installer installer = new(parsed.GetRequiredValue(root), parsed.GetValue(dryRun), surroundings.Output);
            bool hadGrub = installer.Loaders.Contains("GRUB");
            installer.RemoveAll();
            if (installer.StateInUse is string reason)
            {
                surroundings.Error.WriteLine("parker: " + reason);
            }

            string[] next =
            [
                .. installer.HasChangedService ? (string[])["systemctl daemon-reload"] : [],
                .. installer.HasChangedService && installer.HasUnusedGroup ? (string[])["groupdel parker"] : [],
                .. installer.HasChangedBoot && hadGrub ? (string[])["update-grub"] : [],
                .. installer.HasChangedBoot ? (string[])["reboot"] : [],
            ];
            surroundings.Output.WriteLine(next.Length > 0 ? $"Then: {string.Join("; ", next)}" : "Nothing is left of what 'parker install' wrote.");
            return ExitCode.Done;
        });
        return verb;
    }
}
