using Parker.Goldens;

namespace Parker.ControlFs.Tests.Sessions;

/// <summary>The inputs that the fuzz target begins with.</summary>
public sealed class FuzzCorpusTests
{
    private static readonly string Folder = Path.Combine(GoldenFile.Root, "fuzz", "corpora", "fuse");

    [Fact]
    public void Corpus_finds_no_fault() => Assert.All(Directory.GetFiles(Folder), path => RequestTarget.Take(File.ReadAllBytes(path)));

    [Fact]
    public void Corpus_cut_at_every_byte_finds_no_fault()
    {
        foreach (byte[] input in Directory.GetFiles(Folder).Select(File.ReadAllBytes))
        {
            for (int length = 0; length < input.Length; length++)
            {
                RequestTarget.Take(input.AsSpan(0, length));
            }
        }
    }
}
