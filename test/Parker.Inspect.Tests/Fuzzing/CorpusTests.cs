using Parker.Goldens;

namespace Parker.Inspect.Tests.Fuzzing;

public sealed class CorpusTests
{
    public static TheoryData<string> KernelTables => [.. Directory.GetFiles(Path.Combine(GoldenFile.Root, "fuzz", "corpora", "kernel-tables")).Select(file => Path.GetFileName(file)!)];

    public static TheoryData<string> KernelMemory => [.. Directory.GetFiles(Path.Combine(GoldenFile.Root, "fuzz", "corpora", "kernel-memory")).Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(KernelTables))]
    public void Corpus_of_tables_finds_no_fault(string file) => KernelTablesTarget.Look(File.ReadAllBytes(Path.Combine(GoldenFile.Root, "fuzz", "corpora", "kernel-tables", file)));

    [Theory]
    [MemberData(nameof(KernelMemory))]
    public void Corpus_finds_no_fault(string file) => KernelMemoryTarget.Look(File.ReadAllBytes(Path.Combine(GoldenFile.Root, "fuzz", "corpora", "kernel-memory", file)));
}
