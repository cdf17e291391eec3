using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Parker.ControlFs.Protocol;
using Parker.ControlFs.Protocol.Structures;

namespace Parker.ControlFs.Tests.Protocol;

/// <summary>Holds every mirrored structure and constant against the kernel's own header, with the C compiler as the judge.</summary>
public sealed class AbiTests
{
    [Fact]
    public void Mirrors_of_the_protocol_agree_with_the_kernels_header()
    {
        StringBuilder source = new("#define _GNU_SOURCE\n#include <stddef.h>\n#include <errno.h>\n#include <fcntl.h>\n#include <poll.h>\n#include <sys/stat.h>\n#include <linux/fuse.h>\n");
        foreach (Type type in typeof(fuse_in_header).Assembly.GetTypes().Where(type => type.IsValueType && type.Namespace == typeof(fuse_in_header).Namespace))
        {
            if (type.GetCustomAttribute<InlineArrayAttribute>() is null)
            {
                _ = typeof(AbiTests).GetMethod(nameof(Structure), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, [source]);
            }
        }

        foreach (Errno errno in Enum.GetValues<Errno>().Where(errno => errno != Errno.None))
        {
            Equal(source, errno.ToString(), (int)errno);
        }

        foreach (FuseOpcode opcode in Enum.GetValues<FuseOpcode>())
        {
            Equal(source, "FUSE_" + (opcode == FuseOpcode.BatchForget ? "BATCH_FORGET" : opcode.ToString().ToUpperInvariant()), (long)opcode);
        }

        Equal(source, "FUSE_KERNEL_VERSION", FuseConstants.Major);
        Equal(source, "FUSE_ROOT_ID", (long)FuseConstants.RootId);
        Equal(source, "FUSE_MIN_READ_BUFFER", FuseConstants.MinReadBuffer);
        Equal(source, "FUSE_ATOMIC_O_TRUNC", FuseConstants.InitAtomicTruncate);
        Equal(source, "FUSE_BIG_WRITES", FuseConstants.InitBigWrites);
        Equal(source, "FUSE_PARALLEL_DIROPS", FuseConstants.InitParallelFolders);
        Equal(source, "FUSE_ABORT_ERROR", FuseConstants.InitAbortError);
        Equal(source, "FUSE_MAX_PAGES", FuseConstants.InitMaxPages);
        Equal(source, "FUSE_NO_OPENDIR_SUPPORT", FuseConstants.InitNoOpendir);
        Equal(source, "FOPEN_DIRECT_IO", FuseConstants.OpenDirectIo);
        Equal(source, "FOPEN_NOFLUSH", FuseConstants.OpenNoFlush);
        Equal(source, "FUSE_POLL_SCHEDULE_NOTIFY", FuseConstants.PollScheduleNotify);
        Equal(source, "FUSE_NOTIFY_POLL", FuseConstants.NotifyPoll);
        Equal(source, "FATTR_MODE", FuseConstants.SetMode);
        Equal(source, "FATTR_UID", FuseConstants.SetUser);
        Equal(source, "FATTR_GID", FuseConstants.SetGroup);
        Equal(source, "O_ACCMODE", FuseConstants.AccessMask);
        Equal(source, "O_RDONLY", FuseConstants.ReadOnly);
        Equal(source, "S_IFDIR", FuseConstants.FolderMode);
        Equal(source, "S_IFREG", FuseConstants.FileMode);
        Equal(source, "S_IFLNK", FuseConstants.LinkMode);
        Equal(source, "POLLIN | POLLRDNORM", FuseConstants.PollReadable);
        Equal(source, "POLLOUT | POLLWRNORM", FuseConstants.PollWritable);
        Equal(source, "POLLPRI | POLLERR", FuseConstants.PollChanged);
        Compile(source.ToString());
    }

    private static void Equal(StringBuilder source, string expression, long value) =>
        source.AppendLine(CultureInfo.InvariantCulture, $"_Static_assert(({expression}) == {value}, \"{expression}\");");

    // Offsets and sizes of all fields as the runtime lays them out, not as an attribute says.
    private static void Structure<T>(StringBuilder source)
        where T : unmanaged
    {
        string name = "struct " + typeof(T).Name;
        Equal(source, $"sizeof({name})", Unsafe.SizeOf<T>());
        foreach (FieldInfo field in typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public))
        {
            Equal(source, $"offsetof({name}, {field.Name})", Offset(field));
            Equal(source, $"sizeof((({name} *)0)->{field.Name})", (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(field.FieldType).Invoke(null, null)!);
        }
    }

    // A structure whose one field is set to all ones has its first byte that is not 0 at the field's offset.
    private static int Offset(FieldInfo field)
    {
        MethodInfo method = typeof(AbiTests).GetMethod(nameof(OffsetOf), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(field.DeclaringType!, field.FieldType);
        return (int)method.Invoke(null, [field])!;
    }

    private static int OffsetOf<TStructure, TField>(FieldInfo field)
        where TStructure : unmanaged
        where TField : unmanaged
    {
        TField ones = default;
        MemoryMarshal.AsBytes(new Span<TField>(ref ones)).Fill(0xff);
        object boxed = default(TStructure);
        field.SetValue(boxed, ones);
        TStructure structure = (TStructure)boxed;
        return MemoryMarshal.AsBytes(new Span<TStructure>(ref structure)).IndexOfAnyExcept((byte)0);
    }

    private static void Compile(string source)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("gcc", ["-std=c11", "-fsyntax-only", "-x", "c", "-"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
            process.StandardInput.Write(source);
            process.StandardInput.Close();
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.SkipWhen(errors.Contains("fatal error", StringComparison.Ordinal) && errors.Contains("No such file or directory", StringComparison.Ordinal), "a header is missing; install linux-libc-dev: " + errors);
            Assert.True(process.ExitCode == 0, errors);
        }
        catch (Win32Exception)
        {
            Assert.Skip("gcc is missing; install it to check the mirrors of kernel structures.");
        }
    }
}
