namespace Parker.Runtime.Tests;

/// <summary>Stands for the death of the process: nothing may catch it but the test.</summary>
public sealed class ProcessDiedException : Exception;
