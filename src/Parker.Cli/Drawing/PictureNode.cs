namespace Parker.Cli.Drawing;

/// <summary>A NUMA node with what is near to it; or, without cores and memory, the buses of no known node.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Detail">What else there is to tell in a line.</param>
/// <param name="Cores">Its cores.</param>
/// <param name="Memory">Its RAM, by address, neighbours of one user in one.</param>
/// <param name="Buses">The buses behind root ports; empty ones are left out.</param>
internal sealed record PictureNode(
    string Title, string Detail, IReadOnlyList<PictureCores> Cores, IReadOnlyList<PictureMemory> Memory, IReadOnlyList<PictureBus> Buses);
