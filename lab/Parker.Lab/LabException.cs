namespace Parker.Lab;

/// <summary>The lab could not do what was asked: something is missing on this machine, or the emulated server did not do its part in time.</summary>
/// <param name="message">What, why, and what now.</param>
/// <param name="inner">What it comes from.</param>
public sealed class LabException(string message, Exception? inner = null) : Exception(message, inner);
