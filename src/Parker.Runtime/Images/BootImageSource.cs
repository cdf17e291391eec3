using System.Globalization;
using Parker.Boot.Building;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Runtime.Images;

/// <summary>Images of the kernels and initrds that plans name.</summary>
/// <param name="clock">Gives today's date.</param>
public sealed class BootImageSource(TimeProvider clock) : IImageSource
{
    private readonly byte[] _parkStub = Boot.Stubs.ParkStub.Assemble();

    /// <inheritdoc/>
    public OpenImage? TryOpen(PartitionPlan plan, Guid bootId, long journalPosition, DiagnosticBag diagnostics)
    {
        ImageFiles? files = ImageFiles.TryOpen(plan, bootId, journalPosition, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), hold: true, diagnostics);
        if (files is null)
        {
            return null;
        }

        ImageInputs inputs = files.Inputs;
        ImageIdentity identity = new(inputs.Kernel.Release, inputs.CommandLine, Hex(inputs.Hashes.Kernel), Hex(inputs.Hashes.Initrd), Hex(inputs.Hashes.CommandLine));
        return new OpenImage(files.Image.Memory, identity, files);
    }

    /// <inheritdoc/>
    public void CheckKernel(string path, DiagnosticBag diagnostics) => ImageFiles.CheckKernel(path, diagnostics);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> ParkStub(PhysicalAddress lowSlot) => _parkStub;

    private static string Hex(UInt128 hash) => hash.ToString("x32", CultureInfo.InvariantCulture);
}
