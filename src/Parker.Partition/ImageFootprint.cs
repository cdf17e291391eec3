using Parker.Machine;

namespace Parker.Partition;

/// <summary>How much room a kernel image and its initrd need, as the image's header says.</summary>
/// <param name="KernelSize">The bytes to load: the file without its real-mode part.</param>
/// <param name="InitSize">The contiguous bytes that the kernel uses from its load address on before it reads its memory map (<c>init_size</c>).</param>
/// <param name="KernelAlignment">The alignment of the load address (<c>kernel_alignment</c>), a power of two.</param>
/// <param name="InitrdSize">The bytes of all initrd files with the padding between them; 0 for none.</param>
public sealed record ImageFootprint(ByteSize KernelSize, ByteSize InitSize, ByteSize KernelAlignment, ByteSize InitrdSize);
