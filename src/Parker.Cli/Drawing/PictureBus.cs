using Parker.Api.Topology;

namespace Parker.Cli.Drawing;

/// <summary>PCI buses that go together.</summary>
/// <param name="Name">Their numbers, such as <c>0000:81</c>.</param>
/// <param name="Content">What is on them, such as <c>NVM Express</c>.</param>
/// <param name="Verdict">Whether they can be granted.</param>
/// <param name="Reasons">The ids of what refuses them.</param>
internal sealed record PictureBus(string Name, string Content, GrantVerdict Verdict, IReadOnlyList<string> Reasons);
