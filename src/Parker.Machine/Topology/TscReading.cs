namespace Parker.Machine.Topology;

/// <summary>A frequency of the time stamp counter.</summary>
/// <param name="Hertz">The frequency.</param>
/// <param name="Source">Only <see cref="TscSource.PerfEvent"/> or <see cref="TscSource.Measured"/>.</param>
/// <param name="Evidence">The values it came from.</param>
public readonly record struct TscReading(double Hertz, TscSource Source, string Evidence);
