using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Planning.Preflight;

namespace Parker.Planning.Tests.Preflight;

/// <summary>Asserts what one check finds.</summary>
internal static class Checked
{
    public static CheckLine Line(MachineTopology machine, CheckDefinition check) => Assert.Single(MachineCheck.Evaluate(machine).Lines, line => line.Check == check);

    /// <summary>The check has the status, its evidence and fix hold the words, and it blocks exactly when it should.</summary>
    public static void Is(CheckDefinition check, CheckStatus status, MachineTopology machine, string evidence = "", string fix = "")
    {
        CheckLine line = Line(machine, check);
        Assert.Equal(status, line.Status);
        Assert.Contains(evidence, line.Evidence, StringComparison.Ordinal);
        Assert.Contains(fix, line.Fix, StringComparison.Ordinal);
        Assert.NotEqual("", line.Evidence);
        Assert.Equal(status == CheckStatus.Missing || (status == CheckStatus.Unknown && check.IsRequired), line.Blocks);
        if (status == CheckStatus.Missing)
        {
            Assert.NotEqual("", line.Fix);
        }
    }

    public static MachineTopology WithFinding(this MachineTopology machine, string id, string place) =>
        machine with { Diagnostics = [.. machine.Diagnostics, new Diagnostic(id, DiagnosticSeverity.Warning, place, "This user may not read the file.")] };

    public static MachineTopology WithFlags(this MachineTopology machine, params string[] flags) =>
        machine with { Processor = machine.Processor with { Flags = new HashSet<string>(flags) } };

    public static MachineTopology WithOptions(this MachineTopology machine, params (string Name, string Value)[]? options) =>
        machine.WithKernel(kernel => kernel with { Configuration = new(options?.ToDictionary(option => option.Name, option => option.Value), "/boot/config") });

    public static MachineTopology InXapicMode(this MachineTopology machine) => machine.WithInterrupts(facts => facts with { Mode = new(LocalApicMode.Xapic, "MSR 0x1b of CPU 0: 0xfee00900") });
}
