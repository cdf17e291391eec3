using CsCheck;
using Parker.Firmware.Aml;

namespace Parker.Firmware.Tests.Aml;

public sealed class AmlTreeTests
{
    [Fact]
    public void Any_tree_is_read_back_as_it_was_written() =>
        Gen.Byte.Array[0, 400].Sample(
            choices =>
            {
                AmlTree tree = AmlTree.Grow(choices);
                Assert.Equal(tree.Text, AmlText.Of(tree.Term.Encoding.Span));
            },
            iter: 5000);

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
