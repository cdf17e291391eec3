using Parker.ControlFs.Protocol;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Runtime;

namespace Parker.ControlFs.Tree;

/// <summary>What a refusal or failure is as an error number.</summary>
internal static class ErrnoOf
{
    // The ids of docs/diagnostics.md; what stands in neither list is nonsense: EINVAL.
    private static readonly Dictionary<string, Errno> ById = new(StringComparer.Ordinal)
    {
        ["RUN001"] = Errno.ENOENT,
        ["RUN002"] = Errno.EEXIST,
        ["FIT006"] = Errno.EEXIST,

        // There is no such thing.
        ["FIT001"] = Errno.ENODEV,
        ["FIT003"] = Errno.ENODEV,
        ["FIT011"] = Errno.ENODEV,
        ["PLAN002"] = Errno.ENODEV,
        ["IMG001"] = Errno.ENOENT,

        // Somebody has it.
        ["FIT005"] = Errno.EBUSY,
        ["FIT014"] = Errno.EBUSY,
        ["FIT016"] = Errno.EBUSY,
        ["FIT021"] = Errno.EBUSY,
        ["FIT024"] = Errno.EBUSY,
        ["PLAN005"] = Errno.EBUSY,
        ["RUN003"] = Errno.EBUSY,
        ["RUN004"] = Errno.EBUSY,
        ["RUN005"] = Errno.EBUSY,
        ["RUN006"] = Errno.EBUSY,
        ["RUN007"] = Errno.EBUSY,
        ["RUN008"] = Errno.EBUSY,
        ["RUN010"] = Errno.EBUSY,
        ["RUN011"] = Errno.EBUSY,
        ["RUN012"] = Errno.EBUSY,
        ["RUN013"] = Errno.EBUSY,
        ["RUN014"] = Errno.EBUSY,
        ["RUN015"] = Errno.EBUSY,
        ["RUN016"] = Errno.EBUSY,
        ["RUN017"] = Errno.EBUSY,

        // There is not enough of it.
        ["FIT004"] = Errno.ENOSPC,
        ["FIT013"] = Errno.ENOSPC,
        ["FIT015"] = Errno.ENOSPC,
        ["FIT022"] = Errno.ENOSPC,
        ["FIT023"] = Errno.ENOSPC,
        ["FIT026"] = Errno.ENOSPC,
        ["FIT027"] = Errno.ENOSPC,

        // The Boot Kernel needs it.
        ["PLAN003"] = Errno.EPERM,
        ["PLAN004"] = Errno.EPERM,
        ["FIT017"] = Errno.EPERM,
        ["FIT025"] = Errno.EPERM,
    };

    /// <summary>The error number of a refusal: that of its first error.</summary>
    public static Errno Refusal(PartitionException refused)
    {
        Diagnostic first = refused.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ?? refused.Diagnostics[0];
        return OfId(first.Id);
    }

    /// <summary>The error number of a failure: the kernel's own where it gave one.</summary>
    public static Errno Failure(MachineException failed) => failed.ErrorNumber == 0 ? Errno.EIO : (Errno)failed.ErrorNumber;

    /// <summary>The error number of a diagnostic.</summary>
    public static Errno OfId(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return ById.TryGetValue(id, out Errno errno) ? errno
            : id.StartsWith("BUS", StringComparison.Ordinal) || id.StartsWith("UNIT", StringComparison.Ordinal) ? Errno.EPERM
            : Errno.EINVAL;
    }
}
