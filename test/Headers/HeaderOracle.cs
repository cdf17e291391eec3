using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Parker.Headers;

/// <summary>Holds mirrored structures and constants against the kernel's own headers, with the C compiler as the judge.</summary>
internal sealed class HeaderOracle
{
    private readonly StringBuilder _source = new("#define _GNU_SOURCE\n#include <stddef.h>\n");

    /// <summary>An oracle that has read some headers.</summary>
    public HeaderOracle(params IEnumerable<string> headers)
    {
        foreach (string header in headers)
        {
            _source.AppendLine(CultureInfo.InvariantCulture, $"#include <{header}>");
        }
    }

    /// <summary>Says what a constant expression of C is.</summary>
    public void Equal(string expression, long value) => _source.AppendLine(CultureInfo.InvariantCulture, $"_Static_assert(({expression}) == {value}, \"{expression}\");");

    /// <summary>Says how the structure of the same name lies: its size, and offset and size of all public fields as the runtime lays them out, not as an attribute says.</summary>
    public void Structure(Type type)
    {
        string name = "struct " + type.Name;
        Equal($"sizeof({name})", SizeOf(type));
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public))
        {
            Equal($"offsetof({name}, {field.Name})", Offset(field));
            Equal($"sizeof((({name} *)0)->{field.Name})", SizeOf(field.FieldType));
        }
    }

    /// <summary>Compiles all that was said. Skips where there is no compiler or no header.</summary>
    public void Check()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("gcc", ["-std=c11", "-fsyntax-only", "-x", "c", "-"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
            process.StandardInput.Write(_source.ToString());
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

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    // A structure whose one field is set to all ones has its first byte that is not 0 at the field's offset.
    private static int Offset(FieldInfo field)
    {
        MethodInfo method = typeof(HeaderOracle).GetMethod(nameof(OffsetOf), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(field.DeclaringType!, field.FieldType);
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
}
