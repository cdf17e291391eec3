using System.Buffers.Text;
using System.Text;
using Parker.Machine.Diagnostics;

namespace Parker.Machine.Topology.Reading;

/// <summary>Reads small files of a source as what they hold, and reports what could not be read.</summary>
internal sealed class SourceReader(IMachineSource source, DiagnosticBag diagnostics)
{
    public IMachineSource Source => source;

    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>The file's bytes; false, and reported unless it is only missing, where it cannot be read.</summary>
    public bool TryBytes(string path, out byte[] content)
    {
        SourceStatus status = source.TryRead(path, out content);
        Report(path, status);
        return status == SourceStatus.Ok;
    }

    /// <summary>The file's text without the line end; null where it cannot be read.</summary>
    public string? Text(string path) => TryBytes(path, out byte[] content) ? TextOf(content) : null;

    /// <summary>The decimal number that the file holds; null where it cannot be read, or, reported, holds none.</summary>
    public int? Integer(string path)
    {
        if (!TryBytes(path, out byte[] content))
        {
            return null;
        }

        ReadOnlySpan<byte> text = content.AsSpan().TrimEnd("\n "u8);
        if (Utf8Parser.TryParse(text, out int value, out int used) && used == text.Length)
        {
            return value;
        }

        Odd(path, content, "a decimal number");
        return null;
    }

    /// <summary>The cpulist that the file holds; null where it cannot be read, or, reported, holds none.</summary>
    public CpuSet? CpuList(string path)
    {
        if (!TryBytes(path, out byte[] content))
        {
            return null;
        }

        if (CpuSet.TryParse(TextOf(content), null, out CpuSet? cpus))
        {
            return cpus;
        }

        Odd(path, content, "a cpulist");
        return null;
    }

    /// <summary>The names in a folder; none where it cannot be read.</summary>
    public IReadOnlyList<string> Names(string path)
    {
        SourceStatus status = source.TryList(path, out IReadOnlyList<string> names);
        Report(path, status);
        return status == SourceStatus.Ok ? names : [];
    }

    /// <summary>Reports a file that every such machine has.</summary>
    public void Missing(string path, string consequence) => diagnostics.Warning("TOPO003", path, $"The file is missing; {consequence}.");

    /// <summary>Reports content of another form than the kernel writes.</summary>
    public void Odd(string path, ReadOnlySpan<byte> content, string expected) =>
        diagnostics.Warning("TOPO004", path, $"The file holds '{Excerpt(content)}' instead of {expected}; it is not used.");

    /// <summary>Why a reading did not succeed, for the evidence of a finding.</summary>
    public static string Why(string path, SourceStatus status) => status switch
    {
        SourceStatus.Ok => path,
        SourceStatus.Missing => $"{path}: missing",
        SourceStatus.Denied => $"{path}: may not be read by this user",
        _ => $"{path}: cannot be read",
    };

    public static string TextOf(ReadOnlySpan<byte> content) => Encoding.UTF8.GetString(content.TrimEnd("\n\0 "u8));

    private static string Excerpt(ReadOnlySpan<byte> content)
    {
        StringBuilder text = new();
        foreach (byte value in content.Length > 40 ? content[..40] : content)
        {
            text.Append(value is >= 0x20 and < 0x7f ? (char)value : value == (byte)'\n' ? ' ' : '?');
        }

        return text.ToString().Trim();
    }

    private void Report(string path, SourceStatus status)
    {
        if (status == SourceStatus.Denied)
        {
            diagnostics.Warning("TOPO001", path, "This user may not read the file.", "Run as root to see all of the machine.");
        }
        else if (status == SourceStatus.Failed)
        {
            diagnostics.Warning("TOPO002", path, "The file exists, but reading it failed.");
        }
    }
}
