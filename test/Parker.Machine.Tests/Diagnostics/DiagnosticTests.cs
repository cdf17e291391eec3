using Parker.Machine.Diagnostics;

namespace Parker.Machine.Tests.Diagnostics;

public sealed class DiagnosticTests
{
    [Theory]
    [InlineData(DiagnosticSeverity.Error, "/proc/iomem", "Message.", "Remedy.", "/proc/iomem: error TOPO001: Message. Remedy.")]
    [InlineData(DiagnosticSeverity.Warning, "", "Message.", "", "warning TOPO001: Message.")]
    [InlineData(DiagnosticSeverity.Note, "plan.toml:3:7", "Message.", "", "plan.toml:3:7: note TOPO001: Message.")]
    public void ToString_has_the_form_of_compilers(DiagnosticSeverity severity, string place, string message, string remedy, string text) =>
        Assert.Equal(text, new Diagnostic("TOPO001", severity, place, message, remedy).ToString());

    [Fact]
    public void Bag_keeps_all_in_order_and_knows_errors()
    {
        DiagnosticBag bag = [];
        Assert.Empty(bag);
        bag.Note("A001", "a", "One.");
        bag.Warning("A002", "b", "Two.", "Do.");
        Assert.False(bag.HasErrors);
        bag.Error("A003", "c", "Three.");
        Assert.True(bag.HasErrors);

        DiagnosticBag all = [new Diagnostic("A000", DiagnosticSeverity.Note, "", "Zero.")];
        all.AddRange(bag);
        Assert.Equal(["A000", "A001", "A002", "A003"], all.Select(diagnostic => diagnostic.Id));
        Assert.Equal(4, all.Count);
        Assert.True(all.HasErrors);
    }
}
