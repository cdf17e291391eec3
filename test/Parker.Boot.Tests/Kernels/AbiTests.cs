using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Parker.Boot.Kernels;
using Parker.Firmware.MemoryMaps;

namespace Parker.Boot.Tests.Kernels;

/// <summary>Holds every mirrored structure and constant against the kernel's own header, with the C compiler as the judge.</summary>
public sealed class AbiTests
{
    [Fact]
    public void Mirrors_of_the_boot_protocol_agree_with_the_kernels_header()
    {
        StringBuilder source = new("#include <stddef.h>\n#include <asm/bootparam.h>\n");
        Structure<setup_header>();
        Structure<boot_e820_entry>();
        Structure<efi_info>();
        Structure<boot_params>();
        Equal("E820_MAX_ENTRIES_ZEROPAGE", boot_e820_table.Length);
        Equal("E820_MAX_ENTRIES_ZEROPAGE", E820Map.MaximumEntries);
        Equal("sizeof(struct boot_e820_entry)", E820Map.EntryBytes);
        Equal("offsetof(struct boot_params, hdr)", KernelImage.SetupHeaderOffset);
        Equal("LOADED_HIGH", (int)LoadFlags.LoadedHigh);
        Equal("KASLR_FLAG", (int)LoadFlags.Kaslr);
        Equal("QUIET_FLAG", (int)LoadFlags.Quiet);
        Equal("KEEP_SEGMENTS", (int)LoadFlags.KeepSegments);
        Equal("CAN_USE_HEAP", (int)LoadFlags.CanUseHeap);
        Equal("XLF_KERNEL_64", (int)ExtendedLoadFlags.Kernel64);
        Equal("XLF_CAN_BE_LOADED_ABOVE_4G", (int)ExtendedLoadFlags.CanBeLoadedAbove4G);
        Equal("XLF_EFI_HANDOVER_32", (int)ExtendedLoadFlags.EfiHandover32);
        Equal("XLF_EFI_HANDOVER_64", (int)ExtendedLoadFlags.EfiHandover64);
        Equal("XLF_EFI_KEXEC", (int)ExtendedLoadFlags.EfiKexec);
        Equal("XLF_5LEVEL", (int)ExtendedLoadFlags.FiveLevel);
        Equal("XLF_5LEVEL_ENABLED", (int)ExtendedLoadFlags.FiveLevelEnabled);
        Compile(source.ToString());

        void Equal(string expression, long value) => source.AppendLine(CultureInfo.InvariantCulture, $"_Static_assert(({expression}) == {value}, \"{expression}\");");

        // Offsets and sizes of all fields as the runtime lays them out, not as an attribute says.
        void Structure<T>()
            where T : unmanaged
        {
            string name = "struct " + typeof(T).Name;
            Equal($"sizeof({name})", Unsafe.SizeOf<T>());
            foreach (FieldInfo field in typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public))
            {
                Equal($"offsetof({name}, {field.Name})", Offset(field));
                Equal($"sizeof((({name} *)0)->{field.Name})", (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(field.FieldType).Invoke(null, null)!);
            }
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
