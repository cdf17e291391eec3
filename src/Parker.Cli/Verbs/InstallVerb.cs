using System.CommandLine;
using Parker.Cli.Installation;
using Parker.Cli.Machines;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology.Reading;
using Parker.Planning.Installation;

namespace Parker.Cli.Verbs;

/// <summary><c>parker install</c>: what a server needs so that it can be split.</summary>
internal static class InstallVerb
{
    private const int DefaultSlots = 8;

    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Option<IReadOnlyList<PoolWish>?> pool = PoolOption.Create();
        Option<int> slots = new("--slots") { Description = "How many low slots: one for each partition, up to nine on most servers.", DefaultValueFactory = _ => DefaultSlots };
        Option<string[]> append = new("--append") { Description = "One more kernel parameter, such as intremap=off where 'parker check' wants it. May be given several times.", HelpName = "PARAMETER" };
        Option<string> root = CreateRoot();
        Option<string?> machine = new("--machine") { Description = "Choose the pool for a captured machine instead of this one.", HelpName = "DIR|FILE.tar.zst" };
        Option<bool> dryRun = DryRunOption.Create();
        Verb verb = new("install", "Set this server up: boot parameters for GRUB and systemd-boot, the daemon's units, its group and folders.")
        {
            Details =
            [
                "The pool is chosen from the firmware's memory map: at most three ranges and one for all low slots, because with more than four the Boot Kernel switches its own KASLR off. "
                + "GRUB gets a file of its own below /etc/default/grub.d, systemd-boot an entry beside each that there is. Nothing that was there is changed.",
                "Given again it changes nothing, with other values it replaces its own. 'parker uninstall' removes all of it. What is left to run, with a reboot where the kernel gets other parameters, it prints.",
            ],
            Examples =
            [
                ("parker install --pool 64G", "The pool on the node with the largest range."),
                ("parker install --pool 0=64G,1=64G --slots 4 --dry-run", "Two nodes; only show it."),
            ],
        };
        verb.Add(pool);
        verb.Add(slots);
        verb.Add(append);
        verb.Add(root);
        verb.Add(machine);
        verb.Add(dryRun);
        verb.SetAction(parsed =>
        {
            IReadOnlyList<string>? parameters = null;
            if (parsed.GetValue(pool) is IReadOnlyList<PoolWish> wishes)
            {
                DiagnosticBag diagnostics = [];
                IReadOnlyList<PhysicalRange> regions = BootPool.TryChoose(TopologyReader.Read(MachineSources.Open(parsed.GetValue(machine))), wishes, parsed.GetValue(slots), diagnostics)
                    ?? throw PartitionDoor.Refused(diagnostics);
                parameters = [.. BootFiles.Parameters(regions), .. CheckParameters(parsed.GetValue(append) ?? [])];
            }

            Installer installer = new(parsed.GetRequiredValue(root), parsed.GetValue(dryRun), surroundings.Output);
            installer.WriteAll(Environment.ProcessPath ?? "/usr/bin/parker", parameters);
            Tell(installer, parameters, surroundings.Output);
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>The option for the folder that is installed below.</summary>
    public static Option<string> CreateRoot() => new("--root") { Description = "Write below another root folder.", HelpName = "DIR", DefaultValueFactory = _ => "/" };

    private static void Tell(Installer installer, IReadOnlyList<string>? parameters, TextWriter output)
    {
        if (parameters is null)
        {
            output.WriteLine("No boot loader was touched: give --pool for the memory that partitions get.");
        }
        else if (installer.Loaders.Count == 0)
        {
            output.WriteLine($"There is neither GRUB nor systemd-boot here. Boot the kernel with: {string.Join(' ', parameters)}");
        }
        else
        {
            output.WriteLine($"The next boot of {string.Join(" and ", installer.Loaders)} has: {string.Join(' ', parameters)}");
        }

        List<string> next = [];
        if (installer.HasChangedService)
        {
            next.AddRange(["systemd-sysusers", "systemd-tmpfiles --create", "systemctl daemon-reload"]);
        }

        if (installer.HasChangedBoot && installer.Loaders.Contains("GRUB"))
        {
            next.Add("update-grub");
        }

        // Without a change of what the kernel is told, nothing waits for a boot.
        if (installer.HasChangedBoot || (parameters is not null && installer.Loaders.Count == 0))
        {
            next.Add("reboot");
        }
        else if (installer.HasChangedService)
        {
            next.Add("systemctl restart parker");
        }

        output.WriteLine(next.Count > 0 ? $"Then: {string.Join("; ", next)}; parker check" : "All is as it should be.");
    }

    // Each becomes a word of a line that three programs read, to which other letters mean something.
    private static string[] CheckParameters(string[] parameters) =>
        parameters.FirstOrDefault(parameter => parameter.Length == 0 || !parameter.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_.,:=/@$#!+%~^".Contains(letter, StringComparison.Ordinal))) is string odd
            ? throw new CommandFailedException(ExitCode.Usage, $"'{odd}' is no kernel parameter of letters, digits and -_.,:=/@$#!+%~^ alone; give each with an --append of its own.")
            : parameters;
}
