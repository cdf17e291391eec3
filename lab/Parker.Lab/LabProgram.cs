using System.CommandLine;
using System.Globalization;
using Parker.Agent.Protocol.Messages;
using Parker.Lab.Agents;
using Parker.Lab.Kernels;
using Parker.Lab.Servers;
using Parker.Lab.Systems;
using Parker.Linux.Terminals;

namespace Parker.Lab;

/// <summary><c>./run lab</c>: a person's, or a script's, emulated server.</summary>
internal static class LabProgram
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    public static int Run(string[] args)
    {
        LabOptions options = new();
        options.Root.SetAction(result =>
        {
            try
            {
                return Start(options, result);
            }
            catch (LabException e)
            {
                Console.Error.WriteLine($"lab: {e.Message}");
                return Failed;
            }
        });
        ParseResult parsed = options.Root.Parse(args);
        foreach (string problem in parsed.Errors.Select(error => error.Message).Distinct())
        {
            Console.Error.WriteLine($"lab: {problem} './run lab --help' lists the options.");
        }

        return parsed.Errors.Count > 0 ? WrongUsage : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static int Start(LabOptions options, ParseResult result)
    {
        string? command = result.GetValue(options.Exec);
        if (command is null && !RawTerminal.IsThere)
        {
            throw new LabException("There is no terminal for a shell. Give a command with --exec 'COMMAND'.");
        }

        TimeSpan timeout = result.GetValue(options.TimeoutSeconds) is uint seconds and > 0 ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
        ServerSpec spec = options.Spec(result, new KernelCache(Say), new SystemCache(Say));
        Say($"starting a server with {spec.Cpus.Cpus} CPUs ({spec.Cpus}), {spec.Nodes} node{(spec.Nodes == 1 ? "" : "s")} and {spec.Memory.ToDisplayString()}");
        using EmulatedServer server = EmulatedServer.Start(spec, "lab", Say);
        server.WaitUntilReady();
        return command is null ? Shell(server) : Execute(server, command, timeout);
    }

    private static int Execute(EmulatedServer server, string command, TimeSpan timeout)
    {
        using Stream output = Console.OpenStandardOutput();
        using Stream error = Console.OpenStandardError();
        ExitReport report = server.Agent.Stream(command, timeout, (bytes, isError) =>
        {
            Stream target = isError ? error : output;
            target.Write(bytes.Span);
            target.Flush();
        });
        if (report.Reason == ExitReason.TimedOut)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"the command was killed after {timeout.TotalSeconds:F0} s; the server's console is kept in {server.Folder}"));
        }
        else
        {
            server.KeepEvidence = false;
        }

        return report.ExitCode;
    }

    private static int Shell(EmulatedServer server)
    {
        Say($"{server.Agent.KernelRelease} is up; its kernels and their initrds lie in /boot, 'parker' is in the path, the console is written to");
        Say($"{server.Folder}/console.log");
        Say("leave with 'exit' or Ctrl-D: the server is then switched off");
        (ushort rows, ushort columns) = RawTerminal.Size;
        TerminalSize size = new(rows, columns);
        using AgentTerminal terminal = server.Agent.OpenTerminal(["/bin/sh", "-l"], ["TERM=" + (Environment.GetEnvironmentVariable("TERM") ?? "linux"), "PS1=lab:\\w# "], size);
        ExitReport report;
        using (RawTerminal.Enter())
        {
            using Stream output = Console.OpenStandardOutput();
            new Thread(() => Type(terminal)) { IsBackground = true, Name = "keys" }.Start();
            report = terminal.Follow(
                bytes =>
                {
                    output.Write(bytes.Span);
                    output.Flush();
                },
                () =>
                {
                    TerminalSize now = new(RawTerminal.Size.Rows, RawTerminal.Size.Columns);
                    if (now != size)
                    {
                        size = now;
                        terminal.Resize(now);
                    }
                });
        }

        Say("the server is switched off");
        server.KeepEvidence = false;
        return report.ExitCode;
    }

    private static void Type(AgentTerminal terminal)
    {
        using Stream input = Console.OpenStandardInput();
        byte[] buffer = new byte[4096];
        int length;
        try
        {
            while ((length = input.Read(buffer)) > 0)
            {
                terminal.Type(buffer.AsMemory(0, length));
            }
        }
        catch (LabException)
        {
            // The server is gone; whoever follows the terminal says so.
        }
    }

    private static void Say(string line) => Console.Error.WriteLine("lab: " + line);
}
