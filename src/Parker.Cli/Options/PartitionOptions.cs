using System.CommandLine;
using System.CommandLine.Parsing;
using Parker.Api.Partitions;
using Parker.Partition;

namespace Parker.Cli.Options;

/// <summary>The options that say what a partition gets.</summary>
internal sealed class PartitionOptions
{
    private readonly Option<string> _cpus = new("--cpus") { Description = "How many CPUs, or which: a cpulist of the Boot Kernel's numbers.", HelpName = "COUNT|CPULIST" };
    private readonly Option<int?> _cpusMax = new("--cpus-max") { Description = "How many CPUs it may have while it runs: 'parker set' gives and takes them.", HelpName = "N" };
    private readonly Option<string> _memory = new("--memory") { Description = "How much memory of the pool, or which.", HelpName = "SIZE|SIZE@ADDRESS[,...]" };
    private readonly Option<string?> _memoryMax = new("--memory-max") { Description = "How much memory it may have while it runs: 'parker set' gives and takes it.", HelpName = "SIZE" };
    private readonly Option<int?> _node = new("--node") { Description = "The NUMA node to take counted CPUs and memory from.", HelpName = "N" };
    private readonly Option<string[]> _devices = new("--device") { Description = "A PCI device, with all on its bus. May be given several times.", HelpName = "BDF" };
    private readonly Option<string> _kernel = new("--kernel") { Description = "The kernel: a bzImage or a unified kernel image.", HelpName = "FILE" };
    private readonly Option<string[]> _initrd = new("--initrd") { Description = "An initrd. May be given several times; they are concatenated.", HelpName = "FILE" };
    private readonly Option<string> _commandLine = new("--cmdline") { Description = "The kernel's command line; Parker adds its own part.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
    private readonly Option<string?> _uart = new("--uart") { Description = "The base port of a UART to grant, which the kernel polls.", HelpName = "PORT" };

    private readonly Option<string> _restart = CreateRestart();
    private readonly Option<bool> _autostart = new("--autostart") { Description = "The daemon starts it when it begins." };
    private readonly Option<bool> _dump = new("--dump") { Description = "Its memory is written to a file when its kernel panics or hangs, before it is started again." };

    /// <summary>The options.</summary>
    /// <param name="isOptional">Whether a verb can do without all of them; with one of them it still needs those that say how much.</param>
    public PartitionOptions(bool isOptional = false)
    {
        foreach (Option option in Needed)
        {
            option.Required = !isOptional;
        }
    }

    private Option[] Needed => [_cpus, _memory, _kernel];

    private Option[] All => [_cpus, _cpusMax, _memory, _memoryMax, _node, _devices, _kernel, _initrd, _commandLine, _uart];

    private Option[] Policy => [_restart, _autostart, _dump];

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="withPolicy">Whether those about what is done without anybody asking come with them.</param>
    public void AddTo(Command verb, bool withPolicy = false)
    {
        foreach (Option option in withPolicy ? [.. All, .. Policy] : All)
        {
            verb.Add(option);
        }

        verb.Validators.Add(result =>
        {
            foreach (Option option in Needed.Where(option => AreGiven(result) && !option.Required && result.GetResult(option) is null))
            {
                result.AddError($"Option '{option.Name}' is required where others say what the partition gets.");
            }
        });
    }

    /// <summary>Whether any of them was given.</summary>
    public bool AreGiven(CommandResult result) => All.Any(option => result.GetResult(option) is { Implicit: false });

    /// <summary>What they ask for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">The partition's name.</param>
    /// <returns>A request with the policy that <c>create</c> was given.</returns>
    public PartitionRequest ToRequest(ParseResult parsed, string name) => new()
    {
        Name = name,
        Cpus = parsed.GetRequiredValue(_cpus),
        CpusMax = parsed.GetValue(_cpusMax),
        Memory = parsed.GetRequiredValue(_memory),
        MemoryMax = parsed.GetValue(_memoryMax),
        Node = parsed.GetValue(_node),
        Devices = parsed.GetValue(_devices) ?? [],
        Kernel = Absolute(parsed.GetRequiredValue(_kernel)),
        Initrd = [.. (parsed.GetValue(_initrd) ?? []).Select(Absolute)],
        CommandLine = parsed.GetValue(_commandLine) ?? "",
        Uart = parsed.GetValue(_uart),
        Restart = parsed.GetValue(_restart)!,
        Autostart = parsed.GetValue(_autostart),
        Dump = parsed.GetValue(_dump),
    };

    private static Option<string> CreateRestart()
    {
        Option<string> restart = new("--restart")
        {
            Description = "When it is started again without anybody asking: never, after a panic or hang, or always, so after a power-off too. One whose kernel reboots always is.",
            HelpName = string.Join('|', RestartPolicyText.All),
            DefaultValueFactory = _ => RestartPolicyText.Of(RestartPolicy.Never),
        };
        restart.AcceptOnlyFromAmong([.. RestartPolicyText.All]);
        return restart;
    }

    // The daemon has a working directory of its own; what is no path at all it refuses.
    private static string Absolute(string path) => path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? path : Path.GetFullPath(path);
}
