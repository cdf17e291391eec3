namespace Parker.Api;

/// <summary>A fact with where it was seen; or, when <paramref name="Value"/> is null, why it is not known.</summary>
/// <typeparam name="T">The fact.</typeparam>
/// <param name="Value">The fact; null where it is not known.</param>
/// <param name="Evidence">The file or register and what stood there, or what was tried and why it failed.</param>
public sealed record FactDocument<T>(T? Value, string Evidence);
