using System.Diagnostics;
using System.Text;
using Parker.Linux.Processes;

namespace Parker.Linux.Tests.Processes;

public sealed class ChildProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Output_error_and_exit_code_come_apart()
    {
        (string output, string error, ChildExit exit) = Run("echo out; echo err >&2; exit 3");
        Assert.Equal(("out\n", "err\n", new ChildExit(3, 0)), (output, error, exit));
    }

    [Fact]
    public void Output_that_fills_the_pipe_many_times_comes_whole()
    {
        (string output, _, ChildExit exit) = Run("head -c 1000000 /dev/zero | tr '\\0' x");
        Assert.Equal((1_000_000, new ChildExit(0, 0)), (output.Length, exit));
    }

    [Fact]
    public void Environment_and_folder_are_those_asked_for()
    {
        (string output, _, _) = Run("echo $A-$HOME; pwd", ["A=b c", "PATH=/usr/bin:/bin"], "/usr");
        Assert.Equal("b c-\n/usr\n", output);
    }

    [Fact]
    public void Signal_that_ends_it_is_told() => Assert.Equal(new ChildExit(0, 15), Run("kill -TERM $$").Exit);

    [Fact]
    public void Signals_ignored_here_are_not_ignored_there() => Assert.Equal(new ChildExit(0, 13), Run("kill -PIPE $$").Exit);

    [Fact]
    public void Standard_input_is_empty() => Assert.Equal("0\n", Run("wc -c").Output.TrimStart());

    [Fact]
    public void Kill_ends_what_it_started_too()
    {
        using ChildProcess child = ChildProcess.Start(Shell("sleep 1000 & echo $!; wait"));
        byte[] buffer = new byte[100];
        int length = 0;
        Assert.True(Until(child, buffer, kind => kind == ChildEvent.Output, ref length));
        int sleeper = int.Parse(Encoding.ASCII.GetString(buffer, 0, length), System.Globalization.CultureInfo.InvariantCulture);
        child.Kill();
        Assert.True(Until(child, buffer, kind => kind == ChildEvent.Ended, ref length));
        Assert.Equal(new ChildExit(0, 9), child.Exit);
        Assert.True(SpinWait.SpinUntil(() => IsGone(sleeper), Patience));
    }

    [Fact]
    public void Background_process_that_holds_the_pipe_does_not_hold_the_end()
    {
        Stopwatch clock = Stopwatch.StartNew();
        (string output, _, ChildExit exit) = Run("setsid sleep 15 & echo done");
        Assert.Equal(("done\n", new ChildExit(0, 0)), (output, exit));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Program_that_is_not_there_is_an_error_here() =>
        Assert.Equal(2, Assert.Throws<KernelException>(() => ChildProcess.Start(new ChildStart(["/no/such/program"], [], "", null))).Errno);

    [Fact]
    public void Terminal_is_one_and_has_its_size()
    {
        using ChildProcess child = ChildProcess.Start(Shell("tty; stty size; read line; echo got $line; stty size") with { Terminal = (30, 90) });
        string first = ReadUntil(child, "30 90");
        Assert.StartsWith("/dev/pts/", first, StringComparison.Ordinal);
        child.Resize(31, 91);
        child.Type("hello\n"u8);
        Assert.Contains("got hello", ReadUntil(child, "31 91"), StringComparison.Ordinal);
        byte[] buffer = new byte[4096];
        int length = 0;
        Assert.True(Until(child, buffer, kind => kind == ChildEvent.Ended, ref length));
        Assert.Equal(new ChildExit(0, 0), child.Exit);
    }

    [Fact]
    public void Terminal_interrupt_key_reaches_the_foreground_program()
    {
        using ChildProcess child = ChildProcess.Start(Shell("trap 'echo interrupted; exit 5' INT; echo ready; while :; do sleep 0.05; done") with { Terminal = (24, 80) });
        ReadUntil(child, "ready");
        child.Type([3]);
        ReadUntil(child, "interrupted");
        byte[] buffer = new byte[4096];
        int length = 0;
        Assert.True(Until(child, buffer, kind => kind == ChildEvent.Ended, ref length));
        Assert.Equal(new ChildExit(5, 0), child.Exit);
    }

    private static ChildStart Shell(string script) => new(["sh", "-c", script], ["PATH=/usr/bin:/bin"], "", null);

    private static (string Output, string Error, ChildExit Exit) Run(string script, string[]? environment = null, string folder = "")
    {
        ChildStart start = Shell(script) with { Folder = folder };
        using ChildProcess child = ChildProcess.Start(environment is null ? start : start with { Environment = environment });
        StringBuilder output = new();
        StringBuilder error = new();
        byte[] buffer = new byte[8192];
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            switch (child.Next(buffer, 100, out int length))
            {
                case ChildEvent.Output:
                    output.Append(Encoding.UTF8.GetString(buffer, 0, length));
                    break;
                case ChildEvent.Error:
                    error.Append(Encoding.UTF8.GetString(buffer, 0, length));
                    break;
                case ChildEvent.Ended:
                    return (output.ToString(), error.ToString(), child.Exit);
                default:
                    break;
            }
        }

        throw new TimeoutException("The child did not end.");
    }

    private static bool Until(ChildProcess child, byte[] buffer, Func<ChildEvent, bool> isIt, ref int length)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            if (isIt(child.Next(buffer, 100, out length)))
            {
                return true;
            }
        }

        return false;
    }

    private static string ReadUntil(ChildProcess child, string text)
    {
        StringBuilder all = new();
        byte[] buffer = new byte[4096];
        int length = 0;
        while (Until(child, buffer, kind => kind == ChildEvent.Output, ref length))
        {
            all.Append(Encoding.UTF8.GetString(buffer, 0, length));
            if (all.ToString().Contains(text, StringComparison.Ordinal))
            {
                return all.ToString();
            }
        }

        throw new TimeoutException($"'{text}' did not come; what came: {all}");
    }

    // Gone, or dead and waiting for its parent to look.
    private static bool IsGone(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
