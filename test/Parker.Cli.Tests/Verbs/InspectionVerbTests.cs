using System.Text;
using System.Text.Json;
using Parker.Api.Client;
using Parker.Api.Inspection;
using Parker.Api.Partitions;
using Parker.Daemon.Partitions;
using Parker.Daemon.Tests;
using Parker.Inspect.Tests.Synthetic;
using Parker.Machine;

namespace Parker.Cli.Tests.Verbs;

/// <summary>The verbs that look into a partition, from the command line through the daemon to the memory.</summary>
public sealed class InspectionVerbTests : IDisposable
{
    private readonly TestServer _server = new();
    private SyntheticKernel? _kernel;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Log_is_printed_as_dmesg_does_and_what_controls_a_terminal_is_not()
    {
        StartKernel();
        _kernel!.Log("Linux version 6.12", level: 5);
        _kernel.Log("two\nlines \u001b[31m", level: 3);
        CopyMemory();
        ProgramRun run = Run("log", "db");
        Assert.Equal("[    0.000000] Linux version 6.12\n[    0.000001] two\n[    0.000001] lines ?[31m\n", run.Output.ReplaceLineEndings("\n"));
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("[    0.000001] error         T42     two", Run("log", "db", "--decode").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_as_json_has_all_that_belongs_to_a_record()
    {
        StartKernel();
        _kernel!.Log("pci 0000:01:00.0: found", level: 6, device: "+pci:0000:01:00.0");
        CopyMemory();
        using JsonDocument json = JsonDocument.Parse(Run("log", "db", "-o", "json").Output);
        Assert.Equal("ring", json.RootElement.GetProperty("source").GetString());
        JsonElement record = Assert.Single(json.RootElement.GetProperty("records").EnumerateArray());
        Assert.Equal("informational", record.GetProperty("level").GetString());
        Assert.Equal("+pci:0000:01:00.0", record.GetProperty("device").GetString());
        Assert.Equal(42, record.GetProperty("thread_id").GetInt32());
    }

    [Fact]
    public void Log_after_a_position_has_what_came_since_and_a_position_of_another_boot_is_refused()
    {
        StartKernel();
        _kernel!.Log("first");
        CopyMemory();
        ParkerClient client = new(_server.Socket);
        LogDocument first = client.Log(TestServer.Name);
        Assert.Empty(client.Log(TestServer.Name, first.Position!, TimeSpan.FromMilliseconds(1)).Records);
        _kernel.Log("second");
        CopyMemory();
        Assert.Equal("second", Assert.Single(client.Log(TestServer.Name, first.Position!, TimeSpan.FromSeconds(1)).Records).Text);
        ProblemException refused = Assert.Throws<ProblemException>(() => client.Log(TestServer.Name, Guid.Empty.ToString("N") + ".0.0.0", TimeSpan.Zero));
        Assert.Equal("INS009", Assert.Single(refused.Problem.Diagnostics).Id);
    }

    [Fact]
    public void Follower_of_a_log_has_a_record_within_100_ms_however_long_nothing_came()
    {
        StartKernel();
        CopyMemory();
        ParkerClient client = new(_server.Socket);
        string position = client.Log(TestServer.Name).Position!;
        for (int looks = 0; looks < 30; looks++)
        {
            // At the worst it was written right after the look before.
            DateTimeOffset lookedBefore = _server.Machine.FakeClock.GetUtcNow();
            DateTimeOffset written = default;
            int waits = 0;
            _server.Machine.Waited = () =>
            {
                if (waits++ == looks)
                {
                    _kernel!.Log("it");
                    CopyMemory();
                    written = lookedBefore;
                }

                lookedBefore = _server.Machine.FakeClock.GetUtcNow();
            };
            LogDocument log = client.Log(TestServer.Name, position, TimeSpan.FromSeconds(20));
            Assert.Equal("it", Assert.Single(log.Records).Text);
            Assert.InRange(_server.Machine.FakeClock.GetUtcNow() - written, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(100));
            position = log.Position!;
        }
    }

    [Fact]
    public void Who_waits_for_init_is_told_when_the_kernel_comes_to_it()
    {
        StartKernel();
        MeasuredKernel.Write(_kernel!);
        CopyMemory();
        ParkerClient client = new(_server.Socket);
        _server.KernelBeats();
        Action beats = _server.Machine.Waited!;
        int waits = 0;
        _server.Machine.Waited = () =>
        {
            beats();
            if (++waits == 20)
            {
                _kernel!.Half(MeasuredKernel.SystemState, 3);
                CopyMemory();
            }
        };
        Assert.Equal(("running", false), Seen(client.Await(TestServer.Name, "init", TimeSpan.FromSeconds(1))));
        Assert.Equal(("running", true), Seen(client.Await(TestServer.Name, "init", TimeSpan.FromSeconds(60))));
        Assert.Equal(20, waits);
        static (string State, bool? InitStarted) Seen(PartitionDocument partition) => (partition.State, partition.Observed!.InitStarted);
    }

    [Fact]
    public void Log_of_a_kernel_that_did_not_get_far_is_its_texts_and_says_so()
    {
        StartKernel();
        byte[] block = [.. BitConverter.GetBytes(0xFFFF_F000UL), .. Encoding.ASCII.GetBytes("Linux version 6.12.95 (x)")];
        _server.Machine.Memory.Write(new PhysicalAddress(Start()), block);
        ProgramRun run = Run("log", "db");
        Assert.Equal("Linux version 6.12.95 (x)", run.Output.Trim());
        Assert.Contains("without times and levels", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_shows_what_the_kernel_says_of_itself()
    {
        StartKernel();
        MeasuredKernel.Write(_kernel!);
        _kernel!.Log("Linux version 6.12");
        _kernel.Log("BUG: unable to handle page fault \u001b[31m");
        CopyMemory();
        string status = Run("status", "db").Output;
        Assert.Contains("kernel says   6.12.0-synthetic, build 0123456789abcdef0123456789abcdef01234567, KASLR offset 0x20600000, 4 levels of page tables", status, StringComparison.Ordinal);
        Assert.Matches("taint +PW\n", status);
        Assert.Matches("command line +root=/dev/nvme0n1 quiet\n", status);
        Assert.Matches("online cpus +0\n", status);
        Assert.Matches("uptime +1m 40s\n", status);
        Assert.Matches(@"oops +\[    0.000001\] BUG: unable to handle page fault \?\[31m\n", status);
        using JsonDocument json = JsonDocument.Parse(Run("status", "db", "-o", "json").Output);
        JsonElement observed = json.RootElement.GetProperty("observed");
        Assert.Equal(100, observed.GetProperty("uptime_seconds").GetDouble());
        Assert.Equal("oops", observed.GetProperty("troubles")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public void List_quotes_the_panic_and_has_the_release_that_the_kernel_says()
    {
        StartKernel();
        _kernel!.Log("Kernel panic - not syncing: sysrq triggered crash");
        CopyMemory();
        Assert.DoesNotContain("panic", Run("list").Output, StringComparison.Ordinal);
        _server.Look();
        Assert.Matches("db +panicked .* 6\\.12\\.0-synthetic .*\"Kernel panic - not syncing: sysrq triggered crash\"", Run("list").Output);
        using JsonDocument json = JsonDocument.Parse(Run("list", "-o", "json").Output);
        Assert.Equal("Kernel panic - not syncing: sysrq triggered crash", json.RootElement.GetProperty("partitions")[0].GetProperty("observed").GetProperty("panic").GetString());

        // Of the next boot nothing is known yet.
        Run("stop", "db", "--now");
        Run("start", "db");
        _server.Look();
        Assert.DoesNotContain("panic", Run("list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_of_a_boot_is_kept_when_its_memory_goes_and_stays_when_the_partition_does()
    {
        Run("log", "db", "--boot", "-1").AssertFailed(ExitCode.Refused, "INS012", "logs of 0 earlier boots");
        StartKernel();
        _kernel!.Log("the first boot", device: "+pci:0000:01:00.0");
        CopyMemory();
        string before = Run("log", "db", "-o", "json").Output;
        Run("stop", "db", "--now");
        _server.Machine.FakeClock.Advance(TimeSpan.FromSeconds(5));
        Run("start", "db");
        Assert.Equal("[    0.000000] the first boot\n", Run("log", "db", "--boot", "-1").Output);
        using JsonDocument inMemory = JsonDocument.Parse(before);
        using JsonDocument kept = JsonDocument.Parse(Run("log", "db", "--boot", "-1", "-o", "json").Output);
        Assert.Equal(inMemory.RootElement.GetProperty("records").GetRawText(), kept.RootElement.GetProperty("records").GetRawText());
        Assert.Equal(inMemory.RootElement.GetProperty("boot_id").GetString(), kept.RootElement.GetProperty("boot_id").GetString());
        Assert.Equal(JsonValueKind.String, kept.RootElement.GetProperty("kept_at").ValueKind);

        _kernel = new SyntheticKernel(start: Start());
        _kernel.Log("the second boot");
        CopyMemory();
        Run("destroy", "db", "--now");
        Assert.Contains("the second boot", Run("log", "db", "--boot", "-1").Output, StringComparison.Ordinal);
        Assert.Contains("the first boot", Run("log", "db", "--boot", "-2").Output, StringComparison.Ordinal);
        Run("log", "db", "--boot", "-3").AssertFailed(ExitCode.Refused, "INS012", "The oldest is -2");
        Run("log", "db", "--boot", "1").AssertFailed(ExitCode.Usage, "--boot takes 0");
    }

    [Fact]
    public void Log_that_cannot_be_kept_is_told_and_keeps_no_start_from_being_done()
    {
        StartKernel();
        _kernel!.Log("text");
        CopyMemory();
        File.WriteAllText(_server.State.Logs, "a file where the folder would be");
        List<string> told = [];
        PartitionService service = _server.Command();
        service.Inspection.Warn = told.Add;
        service.Stop(TestServer.Name, TimeSpan.Zero);
        service.Start(TestServer.Name);
        Assert.Contains("cannot be kept", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void Top_shows_the_time_between_two_readings()
    {
        StartKernel();
        MeasuredKernel.Write(_kernel!);
        CopyMemory();

        // Each reading finds the CPU in user mode all the time since the last one; the fake machine's clock stands still, so its first look is where the time begins.
        ulong seconds = 0;
        _server.Machine.Mapped = () =>
        {
            _server.Machine.FakeClock.Advance(TimeSpan.FromSeconds(2));
            MeasuredKernel.SetTimes(_kernel!, 0, ++seconds, 0, 0, 0, 0);
            CopyMemory();
        };
        ProgramRun run = Run("top", "db", "--interval", "10ms");
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("db: load 1.25, 0.50, 0.00", run.Output, StringComparison.Ordinal);
        Assert.Contains("memory: 3.9 MiB, free 1.6 MiB, files 1.2 MiB, programs 0 B, kernel objects 200 KiB", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"0 +50.0% +0.0% +0.0% +50.0%", run.Output);
        using JsonDocument json = JsonDocument.Parse(Run("top", "db", "-o", "json").Output);
        Assert.Equal((long)seconds * 1_000_000_000, json.RootElement.GetProperty("cpus")[0].GetProperty("user_ns").GetInt64());
        Run("top", "db", "-n", "0").AssertFailed(ExitCode.Usage, "--count takes a number");
    }

    [Theory]
    [InlineData("log")]
    [InlineData("top")]
    [InlineData("ps")]
    public void Partition_that_was_not_started_is_refused(string verb)
    {
        _server.Define();
        Run(verb, "db").AssertFailed(ExitCode.Refused, "INS008", "parker start db");
    }

    [Fact]
    public void Ps_of_a_kernel_that_does_not_name_its_symbols_is_refused_with_the_reason()
    {
        StartKernel();
        CopyMemory();
        Run("ps", "db").AssertFailed(ExitCode.Refused, "INS005");
    }

    [Theory]
    [InlineData("log", "nobody")]
    [InlineData("ps", "nobody")]
    [InlineData("top", "nobody")]
    public void Partition_that_is_not_there_is_refused(params string[] args) => Run(args).AssertFailed(ExitCode.Refused, "RUN001");

    private void StartKernel()
    {
        _server.DefineAndStart();
        _kernel = new SyntheticKernel(start: Start());
    }

    private ulong Start() => _server.Command().PlanOf(TestServer.Name).PrimaryRange.Start.Value + (128UL << 20);

    private void CopyMemory() => _server.Machine.Memory.Write(_kernel!.Memory.Start, _kernel.Memory.Bytes);

    private ProgramRun Run(params string[] args) => ProgramRun.On(_server.Socket, args);
}
