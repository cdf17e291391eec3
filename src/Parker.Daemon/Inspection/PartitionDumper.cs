using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using Parker.Api;
using Parker.Api.Inspection;
using Parker.Daemon.Partitions;
using Parker.Inspect.Cores;
using Parker.Inspect.Kernels;
using Parker.Linux;
using Parker.Linux.Files;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Runtime;

namespace Parker.Daemon.Inspection;

/// <summary>Writes the memory of partitions as ELF cores. Only reads that memory: a kernel that runs goes on and does not notice, and the core is no picture of one moment.</summary>
/// <remarks>For use by several threads at once. Throws as <see cref="InspectionService"/> does, and <see cref="IOException"/> where the file cannot be written.</remarks>
/// <param name="find">Gives a partition as the journal has it.</param>
/// <param name="machine">Maps its memory.</param>
internal sealed class PartitionDumper(Func<PartitionName, PartitionRecord> find, IMachine machine)
{
    /// <summary>Writes a dump.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="request">Where to.</param>
    /// <param name="clientProcess">The process whose descriptor the request may name; null where it is not known.</param>
    /// <param name="keepsGoing">Is called now and then while it is written; what it throws ends it.</param>
    public DumpDocument Dump(PartitionName name, DumpRequest request, int? clientProcess, Action keepsGoing)
    {
        PartitionRecord partition = find(name);
        if (partition.StartedAt is null || !partition.HoldsMachine)
        {
            throw InspectionService.NotStarted(name);
        }

        return (request.Path, request.Descriptor) switch
        {
            (string path, null) => ToNewFile(partition, path, request.Zstd, keepsGoing),
            (null, int descriptor) => ToClientsFile(partition, clientProcess, descriptor, request.Zstd, keepsGoing),
            _ => throw Refused("Its request names no file, or two.", "Give either 'path' or 'descriptor'."),
        };
    }

    private DumpDocument ToNewFile(PartitionRecord partition, string path, bool zstd, Action keepsGoing)
    {
        if (!Path.IsPathRooted(path))
        {
            throw Refused($"'{path}' does not begin with '/', and the daemon stands in no folder of the client's.", "Give a whole path.");
        }

        FileStream file;
        try
        {
            file = new FileStream(path, new FileStreamOptions { Access = FileAccess.Write, Mode = FileMode.CreateNew, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException(denied.Message, denied);
        }

        using (file)
        {
            try
            {
                return Write(partition, file.SafeFileHandle, zstd, keepsGoing);
            }
            catch
            {
                File.Delete(path);
                throw;
            }
        }
    }

    private DumpDocument ToClientsFile(PartitionRecord partition, int? clientProcess, int descriptor, bool zstd, Action keepsGoing)
    {
        if (clientProcess is not int process)
        {
            throw Refused("It is not known which process asks, so its descriptors cannot be had.", "Give a 'path'.");
        }

        SafeFileHandle file;
        try
        {
            file = ForeignFile.Take(process, descriptor);
        }
        catch (KernelException failure)
        {
            throw Refused($"The file {descriptor} of process {process} cannot be had: {failure.Message}", "A daemon that runs as root has it from Linux 5.6 on; or give a 'path'.");
        }

        using (file)
        {
            using FileStream stream = new(file, FileAccess.Write, bufferSize: 0);
            return stream.CanSeek && stream.Length == 0
                ? Write(partition, file, zstd, keepsGoing)
                : throw Refused($"The file {descriptor} of process {process} is no empty file, but something else.", "Open a new file.");
        }
    }

    private DumpDocument Write(PartitionRecord partition, SafeFileHandle file, bool zstd, Action keepsGoing)
    {
        Guid bootId = partition.BootId;
        string state = ApiJson.NameOf(partition.State);
        long begun = Stopwatch.GetTimestamp();
        PhysicalRangeSet ranges = partition.Memory;
        using IMappedMemory memory = machine.Map(ranges);
        ApplicationKernel? kernel = ApplicationKernel.TryOpen(memory, null, []);
        CoreNotes notes = kernel is null ? CoreNotes.None : CoreNotes.Of(kernel);
        (ulong length, ulong data) = zstd ? WritePacked() : WriteSparse();
        return new DumpDocument
        {
            Partition = partition.Name.ToString(),
            BootId = bootId,
            State = state,
            Release = kernel?.Info.Release,
            LengthBytes = length,
            DataBytes = data,
            FileBytes = (ulong)RandomAccess.GetLength(file),
            RegisterNotes = notes.Registers,
            Seconds = Math.Round(Stopwatch.GetElapsedTime(begun).TotalSeconds, 3),
        };

        (ulong Length, ulong Data) WriteSparse()
        {
            SparseFileTarget target = new(file);
            ulong written = CoreWriter.Write(memory, notes, target, ThrowUnlessSameBoot);
            target.Finish();
            return (written, target.Data);
        }

        (ulong Length, ulong Data) WritePacked()
        {
            using FileStream stream = new(new SafeFileHandle(file.DangerousGetHandle(), ownsHandle: false), FileAccess.Write, bufferSize: 1 << 20);
            ulong written;
            ulong writtenData;
            using (ZstdTarget target = new(stream))
            {
                written = CoreWriter.Write(memory, notes, target, ThrowUnlessSameBoot);
                writtenData = target.Data;
            }

            stream.Flush(flushToDisk: true);
            return (written, writtenData);
        }

        // What was just read is another's as soon as the partition is destroyed or started anew, or gives memory back; then it is not written.
        void ThrowUnlessSameBoot()
        {
            keepsGoing();
            PartitionRecord now = find(partition.Name);
            if (now.BootId != bootId || !now.HoldsMachine || !now.Memory.Contains(ranges))
            {
                throw new IOException($"Partition {partition.Name} was started again or gave memory back while it was dumped.");
            }
        }
    }

    private static RefusedException Refused(string message, string remedy) => new([new Diagnostic("INS010", DiagnosticSeverity.Error, "dump", message, remedy)]);
}
