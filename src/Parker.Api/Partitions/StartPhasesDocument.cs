namespace Parker.Api.Partitions;

/// <summary>Where the time of a start went, in milliseconds.</summary>
/// <param name="ClaimMs">Taking CPUs and devices; 0 where they were held.</param>
/// <param name="ZeroMs">Zeroing the memory.</param>
/// <param name="LoadMs">Writing the image.</param>
/// <param name="VerifyMs">Reading it back.</param>
/// <param name="LaunchMs">From INIT to the first instruction.</param>
public sealed record StartPhasesDocument(double ClaimMs, double ZeroMs, double LoadMs, double VerifyMs, double LaunchMs);
