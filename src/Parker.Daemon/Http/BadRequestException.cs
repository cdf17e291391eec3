namespace Parker.Daemon.Http;

/// <summary>A request that cannot be understood.</summary>
/// <param name="message">What, and what it should be.</param>
internal sealed class BadRequestException(string message) : Exception(message);
