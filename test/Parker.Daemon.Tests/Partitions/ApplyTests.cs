using Parker.Api.Partitions;
using Parker.Api.Plans;
using Parker.Daemon.Partitions;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Runtime.Tests;

namespace Parker.Daemon.Tests.Partitions;

public sealed class ApplyTests : IDisposable
{
    private const string Db = "[[partition]]\nname = \"db\"\ncpus = \"4-5\"\nmemory = \"256M\"\ndevices = [\"0000:01:00.0\"]\nkernel = \"/boot/vmlinuz\"\nautostart = true\n";
    private const string Web = "[[partition]]\nname = \"web\"\ncpus = \"6-7\"\nmemory = \"128M\"\nkernel = \"/boot/vmlinuz\"\nautostart = true\n";
    private const string Idle = "[[partition]]\nname = \"idle\"\ncpus = \"2-2\"\nmemory = \"128M\"\nkernel = \"/boot/vmlinuz\"\n";

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Apply_does_what_the_plan_says_and_then_there_is_nothing_to_do()
    {
        ApplyDocument applied = Apply(Db + Web + Idle);
        Assert.Equal(["define db", "start db", "define idle", "define web", "start web"], applied.Steps.Select(step => $"{step.Kind} {step.Partition}"));
        Assert.Equal(["db starting", "idle defined", "web starting"], States());
        string before = _server.Everything();
        Assert.Empty(Apply(Db + Web + Idle).Steps);
        Assert.Equal(before, _server.Everything());
    }

    [Fact]
    public void Change_of_one_leaves_the_others_alone_and_needs_consent()
    {
        Apply(Db + Web);
        Guid? web = Find("web").BootId;
        string changed = Db.Replace("256M", "512M", StringComparison.Ordinal) + Web;
        PlanDocument plan = _server.Command().Plan(new PlanRequest(changed, "parker.toml"));
        Assert.True(plan.Changes.Single(change => change.Partition == "db").StopsKernel);
        Assert.Equal("keep", plan.Changes.Single(change => change.Partition == "web").Kind);

        string before = _server.Everything();
        Assert.Equal("APPLY002", Refused(() => Apply(changed)));
        Assert.Equal(before, _server.Everything());
        Assert.Equal(["stop db", "destroy db", "define db", "start db"], Apply(changed, stopRunning: true).Steps.Select(step => $"{step.Kind} {step.Partition}"));
        Assert.Equal(ByteSize.FromMebibytes(512).Bytes, Find("db").MemoryBytes);
        Assert.Equal(web, Find("web").BootId);
    }

    [Fact]
    public void What_is_not_in_the_file_is_given_back()
    {
        string empty = _server.Machine.Snapshot();
        Apply(Db + Web);
        Apply(Web, stopRunning: true);
        Assert.Equal(["web starting"], States());
        Apply("", stopRunning: true);
        Assert.Equal(empty, _server.Machine.Snapshot());
        Assert.Empty(States());
    }

    [Fact]
    public void Policy_changes_without_a_restart()
    {
        Apply(Db);
        Guid? boot = Find("db").BootId;
        Assert.Equal(["set_policy db"], Apply(Db + "restart = \"always\"\n").Steps.Select(step => $"{step.Kind} {step.Partition}"));
        Assert.Equal("always", Find("db").Supervision.Restart);
        Assert.Equal(boot, Find("db").BootId);
        Assert.Empty(Apply(Db + "restart = \"always\"\n").Steps);
    }

    [Fact]
    public void Plan_that_no_longer_holds_is_refused()
    {
        PlanDocument plan = _server.Command().Plan(new PlanRequest(Db, "parker.toml"));
        _server.Command().Create(TestServer.Request("other", "6-7"), dryRun: false, []);
        string before = _server.Everything();
        Assert.Equal("APPLY001", Refused(() => _server.Command().Apply(new ApplyRequest(Db, "parker.toml", plan.Hash), dryRun: false)));
        Assert.Equal("APPLY001", Refused(() => _server.Command().Apply(new ApplyRequest(Db, "parker.toml", plan.Hash), dryRun: true)));
        Assert.Equal(before, _server.Everything());
    }

    [Fact]
    public void Dry_run_tells_the_steps_and_takes_none()
    {
        _server.Command();
        string before = _server.Everything();
        IReadOnlyList<AppliedStepDocument> told = Apply(Db + Web, dryRun: true).Steps;
        Assert.Equal(before, _server.Everything());
        Assert.Equal(told, Apply(Db + Web).Steps);
    }

    [Fact]
    public void Kernel_that_cannot_be_read_is_told_before_anything_is_stopped()
    {
        Apply(Db);
        _server.Images.Refusal = new Diagnostic("IMG001", DiagnosticSeverity.Error, "/boot/vmlinuz", "It is not there.", "Name another.");
        _server.Command().List();
        string before = _server.Everything();
        Assert.Equal("IMG001", Refused(() => Apply(Db.Replace("4-5", "6-7", StringComparison.Ordinal), stopRunning: true)));
        Assert.Equal(before, _server.Everything());
    }

    [Fact]
    public void Step_that_fails_is_rolled_back_wherever_it_fails()
    {
        string wanted = Db.Replace("256M", "512M", StringComparison.Ordinal) + Idle.Replace("2-2", "3-3", StringComparison.Ordinal) + "autostart = true\n";
        int failures = 0;
        for (int point = 0; ; point++)
        {
            using TestServer server = new();
            Apply(server, Db + Web + Idle);
            string[] before = Facts(server);
            FaultPlan faults = server.Machine.Faults;
            faults.At = faults.Points + point;
            faults.Kind = FaultKind.Refuse;
            try
            {
                Apply(server, wanted, stopRunning: true);
                if (faults.Points <= faults.At)
                {
                    break;
                }
            }
            catch (MachineException failure)
            {
                failures++;
                faults.At = -1;
                string[] after = Facts(server);
                if (failure.Message.Contains("not all were undone", StringComparison.Ordinal) || after.Any(line => line.Contains("leaked", StringComparison.Ordinal)))
                {
                    // What cannot be proven stopped cannot be given back either, and the partition says so.
                    Assert.True(after.Any(line => line.Contains("leaked", StringComparison.Ordinal)), $"{point}: {failure.Message}\n{string.Join('\n', after)}");
                    continue;
                }

                Assert.Equal(before, after);
            }
        }

        Assert.True(failures > 5, $"only {failures} failures");
    }

    private static string Refused(Action act) => Assert.Throws<RefusedException>(act).Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Id;

    private static ApplyDocument Apply(TestServer server, string text, bool stopRunning = false, bool dryRun = false)
    {
        PlanDocument plan = server.Command().Plan(new PlanRequest(text, "parker.toml"));
        return server.Command().Apply(new ApplyRequest(text, "parker.toml", plan.Hash) { StopRunning = stopRunning, GraceMs = 0 }, dryRun);
    }

    // What a partition has and whether it runs; which boot it is differs, and so does the evidence.
    private static string[] Facts(TestServer server) =>
    [
        .. server.Command().List().Partitions.Select(partition => $"{partition.Name} {partition.State} {partition.Cpus} {partition.MemoryBytes} {partition.HoldsMachine} {partition.Supervision.Autostart}"),
    ];

    private ApplyDocument Apply(string text, bool stopRunning = false, bool dryRun = false) => Apply(_server, text, stopRunning, dryRun);

    private PartitionDocument Find(string name) => _server.Command().List().Partitions.Single(partition => partition.Name == name);

    private string[] States() => [.. _server.Command().List().Partitions.Select(partition => $"{partition.Name} {partition.State}")];
}
