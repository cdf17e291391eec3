using System.Diagnostics;
using Parker.Inspect.Addressing;
using Parker.Inspect.Cores;
using Parker.Inspect.Kernels;
using Parker.Inspect.Logs;
using Parker.Inspect.Tests.Synthetic;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Tests.Cores;

public sealed class CoreTests
{
    private readonly SyntheticKernel _kernel = new();

    [Fact]
    public void Reader_finds_in_a_core_what_it_finds_in_the_memory()
    {
        for (int i = 0; i < 100; i++)
        {
            _kernel.Log($"record {i}", device: i % 3 == 0 ? "+pci:0000:01:00.0" : "");
        }

        CoreMemory core = Reopen(Write(_kernel.Memory).Stream);
        Assert.Equal(_kernel.Memory.Ranges, core.Ranges);
        byte[] all = new byte[SyntheticKernel.Size];
        Assert.True(core.TryRead(_kernel.Memory.Start, all));
        Assert.True(all.AsSpan().SequenceEqual(_kernel.Memory.Bytes));
        Assert.False(core.TryRead(_kernel.Memory.Start + new ByteSize(1), all));
        Assert.Equal(ReadLog(_kernel.Memory), ReadLog(core));
        CoreNote note = Assert.Single(core.Notes);
        Assert.Equal(("VMCOREINFO", 0u), (note.Name, note.Type));
        Assert.Equal(_kernel.VmCoreInfo, System.Text.Encoding.ASCII.GetString(note.Content.Span));
    }

    [Fact]
    public void Several_ranges_keep_their_addresses_and_pages_of_zeros_are_not_written()
    {
        ArrayMemory low = new(new PhysicalAddress(0x10000), new byte[0x10000]);
        ArrayMemory high = new(new PhysicalAddress(0x2_0000_0000), new byte[0x300000]);
        low.Bytes[0x4001] = 7;
        high.Bytes[^1] = 9;
        StreamTarget target = Write(new TwoMemories(low, high));
        Assert.Equal(0x1000 + 0x1000 + 0x1000, target.Written);
        Assert.Equal(0x1000 + 0x10000 + 0x300000, target.Stream.Length);
        CoreMemory core = Reopen(target.Stream);
        Assert.Equal(PhysicalRangeSet.Of(low.Ranges.Concat(high.Ranges)), core.Ranges);
        byte[] two = new byte[2];
        Assert.True(core.TryRead(new PhysicalAddress(0x14000), two));
        Assert.Equal([0, 7], two);
        Assert.True(core.TryRead(new PhysicalAddress(0x2_002F_FFFE), two));
        Assert.Equal([0, 9], two);
    }

    [Fact]
    public void Registers_that_the_kernel_saved_are_notes()
    {
        const int Notes = 0x50000;
        const int Offsets = 0x51000;
        SymbolTables.Write(
            _kernel,
            new TypeTables(),
            hasAbsoluteSymbols: true,
            ("_text", SyntheticKernel.Image + 0x1000),
            ("_end", SyntheticKernel.Image + 0x3F00),
            ("crash_notes", SyntheticKernel.Image + 0x52000),
            ("page_offset_base", SyntheticKernel.Image + 0x52008),
            ("__per_cpu_offset", SyntheticKernel.Image + Offsets),
            ("__cpu_online_mask", SyntheticKernel.Image + 0x52010),
            ("nr_cpu_ids", SyntheticKernel.Image + 0x52018));
        _kernel.Word(0x52000, 0x100);
        _kernel.Word(0x52008, 0xFFFF_8880_0000_0000);
        _kernel.Half(0x52018, 3);
        for (int cpu = 0; cpu < 3; cpu++)
        {
            _kernel.Word(Offsets + (cpu * 8), SyntheticKernel.Image + Notes - 0x100 + ((ulong)cpu * 0x400));
        }

        // The second CPU saved nothing.
        foreach (int cpu in (int[])[0, 2])
        {
            int at = Notes + (cpu * 0x400);
            _kernel.Half(at, 5);
            _kernel.Half(at + 4, 336);
            _kernel.Half(at + 8, 1);
            "CORE"u8.CopyTo(_kernel.Memory.Bytes.AsSpan(at + 12));
            _kernel.Memory.Bytes[at + 20 + 335] = (byte)(cpu + 1);
        }

        CoreNotes notes = CoreNotes.Of(ApplicationKernel.TryOpen(_kernel.Memory, null, [])!);
        Assert.Equal(2, notes.Registers);
        Assert.Equal(0xFFFF_8880_0000_0000, notes.LinearMap);
        Assert.Equal(new MappedPage(new VirtualAddress(SyntheticKernel.Image + 0x1000), new PhysicalRange(_kernel.Memory.Start + new ByteSize(0x1000), new ByteSize(0x3000))), notes.Image);
        Assert.Equal([("CORE", 336, 1), ("CORE", 336, 3), ("VMCOREINFO", notes.Notes[2].Content.Length, (int)notes.Notes[2].Content.Span[^1])], notes.Notes.Select(note => (note.Name, note.Content.Length, (int)note.Content.Span[^1])));
        CoreMemory core = Reopen(Write(_kernel.Memory).Stream);
        Assert.Equal(notes.Notes.Select(note => (note.Name, note.Type, Convert.ToHexString(note.Content.Span))), core.Notes.Select(note => (note.Name, note.Type, Convert.ToHexString(note.Content.Span))));
    }

    [Fact]
    public void Readelf_accepts_a_core()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, Write(_kernel.Memory).Stream.ToArray());
            using Process readelf = Process.Start(new ProcessStartInfo("readelf", ["-W", "-h", "-l", "-n", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = readelf.StandardOutput.ReadToEnd();
            Assert.Equal("", readelf.StandardError.ReadToEnd());
            readelf.WaitForExit();
            Assert.Equal(0, readelf.ExitCode);
            Assert.Matches("Type: +CORE", output);
            Assert.Matches("LOAD +0x001000 0x0000000000000000 0x0000000100000000 0x100000 0x100000 RWE 0x1000", output);
            Assert.Matches("VMCOREINFO +0x", output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Whatever_a_core_holds_nothing_but_a_diagnostic_comes_out()
    {
        byte[] whole = Write(_kernel.Memory).Stream.ToArray();
        byte[] some = new byte[64];
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = (byte[])whole.Clone();
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                bytes[random.Next(300)] = (byte)random.Next(256);
            }

            using MemoryStream stream = new(bytes, 0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length);
            DiagnosticBag diagnostics = [];
            CoreMemory? core = CoreMemory.TryOpen(stream, "core", diagnostics);
            Assert.True(core is null == diagnostics.HasErrors, $"seed {seed}, round {round}");
            if (core is not null)
            {
                foreach (PhysicalRange range in core.Ranges)
                {
                    core.TryRead(range.Start, some);
                    core.TryRead(range.Last, some.AsSpan(0, 1));
                }
            }
        }
    }

    [Fact]
    public void File_that_is_no_core_is_told_so()
    {
        DiagnosticBag diagnostics = [];
        using MemoryStream stream = new([.. "#!/bin/sh\n"u8]);
        Assert.Null(CoreMemory.TryOpen(stream, "file x", diagnostics));
        Assert.Equal("INS011", Assert.Single(diagnostics).Id);
    }

    private static StreamTarget Write(IPhysicalMemory memory)
    {
        StreamTarget target = new();
        ApplicationKernel? kernel = ApplicationKernel.TryOpen(memory, null, []);
        CoreNotes notes = kernel is null ? CoreNotes.None : CoreNotes.Of(kernel);
        int calls = 0;
        ulong length = CoreWriter.Write(memory, notes, target, () => calls++);
        Assert.Equal((ulong)target.Stream.Length, length);
        Assert.True(calls >= memory.Ranges.Count);
        return target;
    }

    private static CoreMemory Reopen(Stream stream)
    {
        DiagnosticBag diagnostics = [];
        CoreMemory? core = CoreMemory.TryOpen(stream, "core", diagnostics);
        Assert.Empty(diagnostics);
        return core!;
    }

    private static LogRecord[] ReadLog(IPhysicalMemory memory)
    {
        DiagnosticBag diagnostics = [];
        PrintkRing? ring = ApplicationKernel.TryOpen(memory, null, diagnostics)!.TryOpenLog(diagnostics);
        Assert.Empty(diagnostics);
        LogReading reading = ring!.Read(default, includeOpen: true);
        Assert.NotEmpty(reading.Records);
        return [.. reading.Records];
    }

    private sealed class TwoMemories(ArrayMemory one, ArrayMemory other) : IPhysicalMemory
    {
        public PhysicalRangeSet Ranges { get; } = PhysicalRangeSet.Of(one.Ranges.Concat(other.Ranges));

        public bool TryRead(PhysicalAddress address, Span<byte> destination) => one.TryRead(address, destination) || other.TryRead(address, destination);
    }
}
