namespace Parker.Machine.Topology;

/// <summary>A fact together with where it was seen; or, when <see cref="Value"/> is null, why it could not be seen.</summary>
/// <typeparam name="T">The fact.</typeparam>
/// <param name="Value">The fact; null where it is not known.</param>
/// <param name="Evidence">The file or register and what stood there, such as <c>/proc/cmdline: nox2apic</c>; or what was tried, and why it failed.</param>
public readonly record struct Finding<T>(T? Value, string Evidence)
{
    /// <summary>Whether the fact is known.</summary>
    public bool IsKnown => Value is not null;
}
