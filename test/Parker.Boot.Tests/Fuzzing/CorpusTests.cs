using Parker.Goldens;

namespace Parker.Boot.Tests.Fuzzing;

/// <summary>Replays the fuzz targets' inputs: what was found once stays found.</summary>
public sealed class CorpusTests
{
    private delegate void Target(ReadOnlySpan<byte> input);

    [Theory]
    [InlineData("image")]
    [InlineData("initrd")]
    [InlineData("cmdline")]
    public void Every_input_of_the_corpus_keeps_what_the_target_promises(string name)
    {
        Target target = name switch
        {
            "image" => BootTargets.ReadImage,
            "initrd" => BootTargets.CheckInitrd,
            _ => BootTargets.BuildCommandLine,
        };
        string[] inputs = Directory.GetFiles(Path.Combine(GoldenFile.Root, "fuzz/corpora", name));
        Assert.NotEmpty(inputs);
        Assert.All(inputs, input => target(File.ReadAllBytes(input)));
    }
}
