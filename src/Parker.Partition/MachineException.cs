namespace Parker.Partition;

/// <summary>The machine refused an action, or did not do in time what it should.</summary>
/// <remarks>An expected outcome, to be undone and told; never a bug. The message says what was tried, on what, and what came of it.</remarks>
public sealed class MachineException : Exception
{
    /// <summary>EBUSY: the error number of what somebody keeps.</summary>
    public const int Busy = 16;

    /// <summary>ETIMEDOUT: the error number of what was not done in time.</summary>
    public const int TimedOut = 110;

    /// <summary>An action that failed.</summary>
    /// <param name="operation">What was tried, such as <c>take CPU 3 offline</c>.</param>
    /// <param name="target">The file, register or device, such as <c>/sys/devices/system/cpu/cpu3/online</c>.</param>
    /// <param name="reason">What came of it, such as <c>Device or resource busy</c>.</param>
    /// <param name="errorNumber">The errno of Linux; <see cref="TimedOut"/> where something was not done in time; 0 where none was given.</param>
    /// <param name="innerException">What the failure was first seen as.</param>
    public MachineException(string operation, string target, string reason, int errorNumber = 0, Exception? innerException = null)
        : base($"Cannot {operation} ({target}): {reason}.", innerException)
    {
        Operation = operation;
        Target = target;
        Reason = reason;
        ErrorNumber = errorNumber;
    }

    /// <summary>What was tried.</summary>
    public string Operation { get; }

    /// <summary>The file, register or device.</summary>
    public string Target { get; }

    /// <summary>What came of it.</summary>
    public string Reason { get; }

    /// <summary>The errno of Linux; 0 where none was given.</summary>
    public int ErrorNumber { get; }
}
