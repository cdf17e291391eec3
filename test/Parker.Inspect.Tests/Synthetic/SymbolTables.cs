using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Parker.Inspect.Tests.Synthetic;

/// <summary>Gives a synthetic kernel symbols and types, in the forms that kernels have them.</summary>
internal static class SymbolTables
{
    public const int NamesOffset = 0x34000;

    private const int CountOffset = 0x30000;
    private const int BaseOffset = 0x30008;
    private const int TokenIndexOffset = 0x30100;
    private const int TokensOffset = 0x30400;
    private const int OffsetsOffset = 0x3A000;
    private const int TypesOffset = 0x40000;

    /// <summary>Writes the tables.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="types">Its types.</param>
    /// <param name="hasAbsoluteSymbols">Whether offsets have the form of kernels with absolute per-CPU symbols.</param>
    /// <param name="symbols">Names with their addresses; those of the types are added.</param>
    public static void Write(SyntheticKernel kernel, TypeTables types, bool hasAbsoluteSymbols, params (string Name, ulong Address)[] symbols)
    {
        byte[] bytes = types.ToBytes();
        bytes.CopyTo(kernel.Memory.Bytes.AsSpan(TypesOffset));
        (string Name, ulong Address)[] all =
        [
            .. symbols,
            ("__start_BTF", SyntheticKernel.Image + TypesOffset),
            ("__stop_BTF", SyntheticKernel.Image + TypesOffset + (ulong)bytes.Length),
        ];
        kernel.Half(CountOffset, (uint)all.Length);
        kernel.Word(BaseOffset, SyntheticKernel.Image);
        int names = NamesOffset;
        for (int i = 0; i < all.Length; i++)
        {
            byte[] packed = Encoding.ASCII.GetBytes("D" + all[i].Name);
            if (packed.Length > 127)
            {
                kernel.Memory.Bytes[names++] = (byte)((packed.Length & 0x7F) | 0x80);
                kernel.Memory.Bytes[names++] = (byte)(packed.Length >> 7);
            }
            else
            {
                kernel.Memory.Bytes[names++] = (byte)packed.Length;
            }

            packed.CopyTo(kernel.Memory.Bytes.AsSpan(names));
            names += packed.Length;
            kernel.Half(OffsetsOffset + (i * 4), unchecked((uint)OffsetOf(all[i].Address, hasAbsoluteSymbols)));
        }

        // Each token is the letter of its number, but for those that are none.
        int at = 0;
        for (int token = 0; token < 256; token++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(kernel.Memory.Bytes.AsSpan(TokenIndexOffset + (token * 2)), (ushort)at);
            if (token is > ' ' and < 127)
            {
                kernel.Memory.Bytes[TokensOffset + at++] = (byte)token;
            }

            kernel.Memory.Bytes[TokensOffset + at++] = 0;
        }

        kernel.WriteVmCoreInfo(kernel.VmCoreInfo + string.Create(CultureInfo.InvariantCulture, $"""
            SYMBOL(kallsyms_names)={SyntheticKernel.Image + NamesOffset:x}
            SYMBOL(kallsyms_num_syms)={SyntheticKernel.Image + CountOffset:x}
            SYMBOL(kallsyms_token_table)={SyntheticKernel.Image + TokensOffset:x}
            SYMBOL(kallsyms_token_index)={SyntheticKernel.Image + TokenIndexOffset:x}
            SYMBOL(kallsyms_offsets)={SyntheticKernel.Image + OffsetsOffset:x}
            SYMBOL(kallsyms_relative_base)={SyntheticKernel.Image + BaseOffset:x}

            """));
    }

    private static long OffsetOf(ulong address, bool hasAbsoluteSymbols) =>
        address < SyntheticKernel.Image ? (long)address
        : hasAbsoluteSymbols ? -1 - (long)(address - SyntheticKernel.Image)
        : (long)(address - SyntheticKernel.Image);
}
