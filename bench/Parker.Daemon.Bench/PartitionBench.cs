using System.Globalization;
using System.Text.Json;
using Parker.Lab.Agents;
using Parker.Lab.Kernels;
using Parker.Lab.Servers;

namespace Parker.Daemon.Bench;

/// <summary>What a CPU and its memory do in a partition beside what they do in the Boot Kernel, and how fast the pool is zeroed, loaded and read back.</summary>
internal static class PartitionBench
{
    private const string Program = "/usr/local/bin/parker-bench";
    private const string Loaded = "/tmp/payload";
    private const int Cpu = 2;
    private const int Passes = 5;
    private const int PoolRounds = 9;
    private const int MeasuredMebibytes = 256;
    private const double LeastOfMemcpy = 0.8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    /// <param name="program">The published Parker.Linux.Bench.</param>
    /// <param name="rounds">How many times the CPU goes to a partition and back.</param>
    /// <returns>Whether the targets were met.</returns>
    public static bool Run(string program, int rounds)
    {
        CachedKernel kernel = new KernelCache(line => Console.Error.WriteLine(line)).Newest(KernelSeries.Linux612);
        using EmulatedServer server = EmulatedServer.Start(
            new ServerSpec
            {
                Cpus = new CpuTopology(1, 4, 1),
                BootKernel = kernel,
                Applications = [kernel],
                Programs = [(program, Program)],
                Devices = [new DeviceSpec(DeviceKind.Nvme, WithAgentPort: true)],
            },
            "bench-partition");
        server.KeepEvidence = false;
        server.WaitUntilReady();
        Target targets = new();
        MeasurePool(server, kernel, targets);
        MeasureLoops(server, kernel, program, rounds);
        return targets.AreAllMet;
    }

    private static void MeasurePool(EmulatedServer server, CachedKernel kernel, Target targets)
    {
        server.Run($"cat /boot/vmlinuz-{kernel.Release} /boot/initrd-{kernel.Release}.img >{Loaded}", Patience).Expect();
        using JsonDocument plan = JsonDocument.Parse(server.Run($"parker create pool --cpus 1 --memory {MeasuredMebibytes}M --kernel /boot/vmlinuz-{kernel.Release} -o json", Patience).Expect());
        string start = plan.RootElement.GetProperty("memory")[0].GetProperty("range").GetProperty("first").GetString()!;
        server.Run("parker destroy pool", Patience).Expect();
        string output = server.Run($"{Program} memory {start} {MeasuredMebibytes} {Loaded} {PoolRounds}", Patience).Expect();
        Dictionary<string, Sample> samples = [];
        foreach (string[] words in output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')))
        {
            if (!samples.TryGetValue(words[0], out Sample? sample))
            {
                samples[words[0]] = sample = new Sample(words[0]);
            }

            sample.Add(double.Parse(words[1], CultureInfo.InvariantCulture));
        }

        string bytes = server.Run($"stat -c %s {Loaded}", Patience).Expect().Trim();
        Console.WriteLine($"{MeasuredMebibytes} MiB of the pool zeroed, and kernel and initrd ({bytes} bytes) loaded and compared:");
        foreach (Sample sample in samples.Values)
        {
            Console.WriteLine(sample.Line("0.0"));
        }

        targets.AtLeast("load rate / memcpy of the same bytes into the same mapping", samples["memcpy"].Median / samples["load"].Median, LeastOfMemcpy);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reading the file once, to be held until it is loaded, takes {samples["hold"].Median / samples["read"].Median:0.00} of reading it into ordinary memory that is there"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"zeroing, with making the mappings, takes {samples["zero"].Median / samples["memset"].Median:0.00} of memset of as much ordinary memory"));
    }

    private static void MeasureLoops(EmulatedServer server, CachedKernel kernel, string program, int rounds)
    {
        string device = server.Run("ls /sys/bus/pci/devices | grep -v '^0000:00:' | grep '\\.0$'", Patience).Expect().Trim();
        server.Run($"parker create loops --cpus {Cpu} --memory 512M --device {device} --kernel /boot/vmlinuz-{kernel.Release} --initrd /boot/initrd-{kernel.Release}.img", Patience).Expect();
        string[] kinds = ["cpu", "memory"];
        Dictionary<string, (Sample Boot, Sample Application)> samples = kinds.ToDictionary(kind => kind, kind => (new Sample($"{kind} loop in the Boot Kernel"), new Sample($"{kind} loop in the partition")));
        for (int round = 0; round < rounds; round++)
        {
            Console.Error.WriteLine($"round {round + 1} of {rounds}");
            foreach (string kind in kinds)
            {
                Add(samples[kind].Boot, server.Run($"taskset {1 << Cpu:x} {Program} loop {kind} {Passes}", Patience));
            }

            server.Run("parker start loops --wait running", Patience).Expect();
            using (AgentClient agent = server.ConnectApplicationAgent(0, Patience))
            using (FileStream content = File.OpenRead(program))
            {
                agent.CopyIn(content, "/tmp/bench", UnixFileMode.UserRead | UnixFileMode.UserExecute, Patience);
                foreach (string kind in kinds)
                {
                    Add(samples[kind].Application, agent.Run($"/tmp/bench loop {kind} {Passes}", Patience));
                }
            }

            server.Run("parker stop --now loops && parker destroy loops", Patience).Expect();
            server.Run($"parker create loops --cpus {Cpu} --memory 512M --device {device} --kernel /boot/vmlinuz-{kernel.Release} --initrd /boot/initrd-{kernel.Release}.img", Patience).Expect();
        }

        Console.WriteLine($"CPU {Cpu} in the Boot Kernel and in a partition, {rounds} times to and fro:");
        foreach ((Sample boot, Sample application) in samples.Values)
        {
            Console.WriteLine(boot.Line("0.0"));
            Console.WriteLine(application.Line("0.0"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  in the partition it takes {application.Median / boot.Median:0.00} of the time in the Boot Kernel"));
        }
    }

    private static void Add(Sample sample, CommandResult result)
    {
        foreach (string line in result.Expect().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            sample.Add(double.Parse(line, CultureInfo.InvariantCulture));
        }
    }
}
