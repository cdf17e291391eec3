using Parker.Machine;

namespace Parker.Runtime;

/// <summary>What a start took, by phase.</summary>
/// <param name="BootId">The boot that began.</param>
/// <param name="Claim">Taking CPUs and devices; zero where they were held already.</param>
/// <param name="Zero">Zeroing the memory.</param>
/// <param name="Load">Writing the image.</param>
/// <param name="Verify">Reading it back.</param>
/// <param name="Launch">From INIT to the first instruction's mark.</param>
/// <param name="Zeroed">The bytes zeroed.</param>
/// <param name="Loaded">The bytes written.</param>
public sealed record StartReport(Guid BootId, TimeSpan Claim, TimeSpan Zero, TimeSpan Load, TimeSpan Verify, TimeSpan Launch, ByteSize Zeroed, ByteSize Loaded);
