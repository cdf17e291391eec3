namespace Parker.Machine.Topology;

/// <summary>The time stamp counter.</summary>
/// <param name="Hertz">Its frequency; null where unknown.</param>
/// <param name="Source">How it became known.</param>
/// <param name="Evidence">The line or values it came from, or why it is not known.</param>
/// <param name="IsBootClock">Whether the Boot Kernel's clock source is <c>tsc</c>.</param>
public sealed record TscFacts(double? Hertz, TscSource Source, string Evidence, Finding<bool?> IsBootClock)
{
    /// <summary>The frequency in whole kHz, as <c>tsc_early_khz=</c> takes it; null where unknown.</summary>
    public long? Kilohertz => Hertz is double hertz ? (long)Math.Round(hertz / 1000) : null;
}
