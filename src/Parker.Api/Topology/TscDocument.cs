using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>The time stamp counter.</summary>
/// <param name="Hertz">Its frequency; null where unknown.</param>
/// <param name="Kilohertz">The same, rounded as <c>tsc_early_khz=</c> takes it.</param>
/// <param name="Source"><c>perf_event</c>, <c>kernel_log</c>, <c>measured</c> or <c>unknown</c>.</param>
/// <param name="Evidence">The line or values it came from, or why it is not known.</param>
/// <param name="IsBootClock">Whether the Boot Kernel's clock source is <c>tsc</c>.</param>
public sealed record TscDocument(double? Hertz, long? Kilohertz, string Source, string Evidence, FactDocument<bool?> IsBootClock)
{
    internal static TscDocument Of(TscFacts tsc) => new(tsc.Hertz, tsc.Kilohertz, ApiJson.NameOf(tsc.Source), tsc.Evidence, Facts.Of(tsc.IsBootClock));
}
