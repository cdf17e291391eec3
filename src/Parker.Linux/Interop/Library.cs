namespace Parker.Linux.Interop;

/// <summary>The library that the system calls are made through.</summary>
internal static class Library
{
    public const string Name = "libc";
}
