using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Parker.Lab;
using Parker.Lab.Agents;
using Parker.Lab.Initramfs;
using Parker.Lab.Kernels;
using Parker.Lab.Servers;
using Parker.Machine;

namespace Parker.Daemon.Bench;

/// <summary>How long it takes from a command to the first line of <c>init</c> of the same kernel with the same initrd: in a partition, by kexec, and in a virtual machine.</summary>
internal static class StartBench
{
    private const string FirstLine = "application: init of";
    private const int Cpus = 2;
    private const double MostOfKexec = 0.6;
    private const double MostOfMicroVirtualMachine = 1.1;
    private static readonly ByteSize Memory = ByteSize.FromMebibytes(512);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly string[] Phases = ["claim_ms", "zero_ms", "load_ms", "verify_ms", "launch_ms"];

    /// <param name="kexec">The program <c>kexec</c>.</param>
    /// <param name="rounds">How many times each is started, in turns.</param>
    /// <returns>Whether the targets were met.</returns>
    public static bool Run(string kexec, int rounds)
    {
        CachedKernel kernel = new KernelCache(line => Console.Error.WriteLine(line)).Newest(KernelSeries.Linux612);
        string initrd = Path.GetTempFileName();
        File.WriteAllBytes(initrd, ApplicationInitrd.Bytes(kernel));
        Sample partition = new("parker start"), kexeced = new("kexec -l, kexec -e"), micro = new("QEMU microvm");
        Sample[] phases = [.. Phases.Select(name => new Sample("of it " + name[..^3]))];
        string moved = "";
        try
        {
            for (int round = 0; round < rounds; round++)
            {
                Console.Error.WriteLine($"round {round + 1} of {rounds}");
                micro.Add(StartMicroVirtualMachine(kernel, initrd));
                using EmulatedServer server = EmulatedServer.Start(
                    new ServerSpec { Cpus = new CpuTopology(2, 4, 1), Nodes = 2, BootKernel = kernel, Applications = [kernel], Programs = [(kexec, "/usr/sbin/kexec")] }, "bench-start");
                server.KeepEvidence = false;
                server.WaitUntilReady();
                moved = StartPartition(server, kernel, partition, phases);
                kexeced.Add(StartByKexec(server, kernel));
            }
        }
        finally
        {
            File.Delete(initrd);
        }

        Console.WriteLine($"from the command to the first line of init of {kernel.Release}, {Cpus} CPUs and {Memory.ToDisplayString()} (kexec: the server's 8 CPUs and 4 GiB):");
        foreach (Sample sample in (Sample[])[partition, .. phases, kexeced, micro])
        {
            Console.WriteLine(sample.Line());
        }

        Console.WriteLine(moved);
        Target targets = new();
        targets.AtMost("parker start / kexec", partition.Median / kexeced.Median, MostOfKexec);
        targets.AtMost("parker start / microvm", partition.Median / micro.Median, MostOfMicroVirtualMachine);
        return targets.AreAllMet;
    }

    private static string Parameters(string terminal) => $"console={terminal} loglevel=5";

    private static double StartMicroVirtualMachine(CachedKernel kernel, string initrd)
    {
        long begun = Stopwatch.GetTimestamp();
        using MicroVirtualMachine machine = MicroVirtualMachine.Start(kernel.ImagePath, initrd, Cpus, Memory, Parameters("ttyS0"));
        return Await(begun, machine.ConsoleText, "the virtual machine");
    }

    /// <summary>Starts it, then gives everything back.</summary>
    /// <returns>What was moved, in words.</returns>
    private static string StartPartition(EmulatedServer server, CachedKernel kernel, Sample total, Sample[] phases)
    {
        string create =
            $"parker create bench --cpus {Cpus} --memory {Memory.Bytes >> 20}M --uart 0x2f8 --cmdline '{Parameters("ttyS1")}' --kernel /boot/vmlinuz-{kernel.Release} --initrd /boot/initrd-{kernel.Release}.img";
        server.Run(create, Patience).Expect();

        // An emulated server's memory comes into being at the first touch, and a server's is there.
        server.Run("parker start bench && parker stop --now bench && parker destroy bench", Patience).Expect();
        server.Run(create, Patience).Expect();
        int before = server.SecondUartText().Length;
        long begun = Stopwatch.GetTimestamp();
        Task<CommandResult> start = Task.Run(() => server.Run("parker start bench -o json", Patience));
        total.Add(Await(begun, () => server.SecondUartText()[before..], "the partition"));
        using JsonDocument report = JsonDocument.Parse(start.Result.Expect());
        JsonElement started = report.RootElement.ValueKind == JsonValueKind.Array ? report.RootElement[0] : report.RootElement;
        foreach ((string name, Sample sample) in Phases.Zip(phases))
        {
            sample.Add(started.GetProperty("phases").GetProperty(name).GetDouble());
        }

        server.Run("parker stop --now bench && parker destroy bench", Patience).Expect();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{started.GetProperty("zeroed_bytes").GetInt64() / 1e6:0.0} MB were zeroed, {started.GetProperty("loaded_bytes").GetInt64() / 1e6:0.0} MB loaded and read back");
    }

    private static double StartByKexec(EmulatedServer server, CachedKernel kernel)
    {
        string before = server.SecondUartText();
        string clock = server.Run("grep -o 'tsc_early_khz=[0-9]*' /proc/cmdline", Patience).Expect().Trim();
        long begun = Stopwatch.GetTimestamp();

        // The server that would answer is gone when it is done.
        server.Run(
            $"(kexec -l /boot/vmlinuz-{kernel.Release} --initrd=/boot/initrd-{kernel.Release}.img --command-line='{Parameters("ttyS1")} {clock} tsc=reliable' && kexec -e) >/dev/console 2>&1 &",
            Patience).Expect();
        return Await(begun, () => server.SecondUartText()[before.Length..], "the kernel started by kexec");
    }

    private static double Await(long begun, Func<string> text, string who)
    {
        while (!text().Contains(FirstLine, StringComparison.Ordinal))
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw new LabException($"{who} did not come to init within {Patience.TotalSeconds:F0} s: {text()}");
            }

            Thread.Sleep(2);
        }

        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
