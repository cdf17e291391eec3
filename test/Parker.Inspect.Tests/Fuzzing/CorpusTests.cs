using Parker.Goldens;

namespace Parker.Inspect.Tests.Fuzzing;

public sealed class CorpusTests
{
    public static TheoryData<string> KernelMemory => [.. Directory.GetFiles(Path.Combine(GoldenFile.Root, "fuzz", "corpora", "kernel-memory")).Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(KernelMemory))]
    public void Corpus_finds_no_fault(string file) => KernelMemoryTarget.Look(File.ReadAllBytes(Path.Combine(GoldenFile.Root, "fuzz", "corpora", "kernel-memory", file)));
}
