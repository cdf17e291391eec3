namespace Parker.Api.Client;

/// <summary>No daemon answers, or this user may not speak to it.</summary>
/// <param name="message">What was tried, and what to do.</param>
/// <param name="inner">What the socket said.</param>
public sealed class DaemonUnreachableException(string message, Exception inner) : Exception(message, inner);
