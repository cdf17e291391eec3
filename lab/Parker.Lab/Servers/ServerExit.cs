namespace Parker.Lab.Servers;

/// <summary>How an emulated server ended.</summary>
/// <param name="Reason">QEMU's word: <c>guest-reset</c>, <c>guest-shutdown</c>, <c>guest-panic</c>; empty where QEMU said none before it was gone.</param>
/// <param name="ExitCode">QEMU's exit code.</param>
public sealed record ServerExit(string Reason, int ExitCode);
