using Parker.Cli.Topologies;
using Parker.Machine;

namespace Parker.Cli.Drawing;

/// <summary>RAM of one user in a row of addresses.</summary>
/// <param name="User">The user.</param>
/// <param name="First">Where it starts.</param>
/// <param name="Size">How much RAM it is; holes are left out.</param>
internal sealed record PictureMemory(MemoryUser User, PhysicalAddress First, ByteSize Size);
