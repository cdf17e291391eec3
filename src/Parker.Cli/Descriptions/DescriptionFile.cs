namespace Parker.Cli.Descriptions;

/// <summary>One file of a partition's description.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Content">What is in it, in a few words.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record DescriptionFile(string Name, string Content, ReadOnlyMemory<byte> Bytes);
