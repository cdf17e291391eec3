using CsCheck;
using Parker.Firmware.Aml;
using Parker.Goldens;

namespace Parker.Firmware.Tests.Aml;

public sealed class AmlTreeTests
{
    [Fact]
    public void Any_tree_is_read_back_as_it_was_written() => Gen.Byte.Array[0, 400].Sample(choices => AmlTree.AssertReadBack(choices), iter: 5000);

    [Fact]
    public void Inputs_of_the_fuzz_corpus_are_read_back_as_they_were_written()
    {
        string[] inputs = Directory.GetFiles(Path.Combine(GoldenFile.Root, "fuzz/corpora/aml"));
        Assert.NotEmpty(inputs);
        Assert.All(inputs, input => AmlTree.AssertReadBack(File.ReadAllBytes(input)));
    }

    [Fact]
    public void Tree_cut_short_is_not_read_back() =>
        Gen.Select(Gen.Byte.Array[50, 400], Gen.Int[1, 100]).Sample(
            (choices, cut) =>
            {
                ReadOnlyMemory<byte> bytes = AmlCode.Scope("\\_SB", AmlTree.Grow(choices).Term).Encoding;
                Assert.Throws<FormatException>(() => AmlText.Of(bytes.Span[..Math.Max(2, bytes.Length - cut)]));
            },
            iter: 500);
}
