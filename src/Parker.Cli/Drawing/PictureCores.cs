namespace Parker.Cli.Drawing;

/// <summary>Cores that belong together: those that share the largest cache.</summary>
/// <param name="Label">The cache, such as <c>L3 32 MiB</c>; empty where it is not known, or shared with other nodes.</param>
/// <param name="Cores">The cores, each with its threads.</param>
internal sealed record PictureCores(string Label, IReadOnlyList<IReadOnlyList<PictureThread>> Cores);
