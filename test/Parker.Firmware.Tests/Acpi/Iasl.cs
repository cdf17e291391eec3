using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Parker.Firmware.Tests.Acpi;

/// <summary>The reference compiler and disassembler of ACPI tables, and ACPICA's interpreter, the one in the kernel. Package acpica-tools; <c>./run</c> installs it.</summary>
internal static partial class Iasl
{
    /// <summary>A table as source, without the comments, dates and dumps that differ between versions.</summary>
    public static string Disassemble(ReadOnlyMemory<byte> table) => InFolder(folder =>
    {
        File.WriteAllBytes(Path.Combine(folder, "table.aml"), table.ToArray());
        string said = Run("iasl", ["-d", "table.aml"], folder);
        Assert.DoesNotMatch(Complaint(), said);
        string text = File.ReadAllText(Path.Combine(folder, "table.dsl"));
        Assert.DoesNotMatch(Complaint(), text);
        return Clean(text);
    });

    /// <summary>The table that a source stands for. Not one remark is taken.</summary>
    public static byte[] Compile(string source) => InFolder(folder =>
    {
        File.WriteAllText(Path.Combine(folder, "table.dsl"), source);
        string said = Run("iasl", ["-oa", "table.dsl"], folder);
        Assert.True(said.Contains("0 Errors, 0 Warnings, 0 Remarks", StringComparison.Ordinal), said);
        return File.ReadAllBytes(Path.Combine(folder, "table.aml"));
    });

    /// <summary>What the interpreter says to a command with tables loaded, the DSDT first. Addresses in operation regions are simulated, all zero at first.</summary>
    public static string Execute(ReadOnlyMemory<byte>[] tables, string command) => InFolder(folder =>
    {
        string[] files = [.. tables.Select((_, index) => $"table{index}.aml")];
        foreach ((string file, ReadOnlyMemory<byte> table) in files.Zip(tables))
        {
            File.WriteAllBytes(Path.Combine(folder, file), table.ToArray());
        }

        return Run("acpiexec", ["-b", command, .. files], folder);
    });

    /// <summary>A table but for what iasl writes of itself: the checksum, and the creator's ID and revision.</summary>
    public static byte[] WithoutCreator(ReadOnlyMemory<byte> table)
    {
        byte[] bytes = table.ToArray();
        bytes[9] = 0;
        bytes.AsSpan(28, 8).Clear();
        return bytes;
    }

    private static string Clean(string text)
    {
        int definition = text.IndexOf("DefinitionBlock", StringComparison.Ordinal);
        if (definition >= 0)
        {
            return TrailingBlanks().Replace(Comment().Replace(text[definition..], ""), "");
        }

        int first = text.IndexOf("[000h", StringComparison.Ordinal);
        return TrailingBlanks().Replace(text[first..text.IndexOf("Raw Table Data", StringComparison.Ordinal)], "").TrimEnd('\n') + "\n";
    }

    private static string Run(string program, string[] arguments, string folder)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(60_000))
        {
            process.Kill();
            Assert.Fail($"{program} did not end within a minute.");
        }

        return output + errors.Result;
    }

    private static T InFolder<T>(Func<string, T> action)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("parker-iasl-");
        try
        {
            return action(folder.FullName);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [GeneratedRegex(@"(?i)\b(error|warning|remark|invalid|incorrect|unknown|could not|does not contain)\b")]
    private static partial Regex Complaint();

    [GeneratedRegex(@"[ \t]*(/\*.*?\*/|//[^\n]*)", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"[ \t]+$", RegexOptions.Multiline)]
    private static partial Regex TrailingBlanks();
}
