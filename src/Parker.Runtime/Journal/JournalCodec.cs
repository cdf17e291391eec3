using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Parker.Runtime.Journal;

/// <summary>One journal entry as a line: eight hexadecimal digits of the CRC-32 of the rest, a space, JSON.</summary>
/// <remarks><c>1c291ca3 {"entry":"removed","time":"2026-01-01T00:00:00+00:00","partition":"db"}</c></remarks>
internal static class JournalCodec
{
    /// <summary>The form of the entries; a change that an older parker would misread makes another one.</summary>
    public const int Version = 2;

    private const string Magic = "parker-journal ";

    /// <summary>The first line of a journal: magic, version, the position of its first entry, and the CRC-32 of these.</summary>
    public static string HeaderOf(long start)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Magic}{Version} {start}");
        return string.Create(CultureInfo.InvariantCulture, $"{text} {Checksum(text):x8}");
    }

    /// <summary>Reads a first line.</summary>
    /// <returns>The position of the first entry; null where it is none of this version.</returns>
    public static long? TryReadHeader(string line) =>
        line.Split(' ') is [_, _, string text, _] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long start) && HeaderOf(start) == line ? start : null;

    /// <summary>The version that a first line tells, of this form or another; null where it is no journal's.</summary>
    public static int? TryReadVersion(string line) =>
        line.StartsWith(Magic, StringComparison.Ordinal) && int.TryParse(line[Magic.Length..].Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : null;

    public static string Encode(JournalEntry entry)
    {
        string json = JsonSerializer.Serialize(entry, JournalJson.Default.JournalEntry);
        return string.Create(CultureInfo.InvariantCulture, $"{Checksum(json):x8} {json}");
    }

    /// <summary>Reads a line; the error says what is wrong with it.</summary>
    public static JournalEntry? TryDecode(string line, out string error)
    {
        error = "";
        if (line.Length < 10 || line[8] != ' ' || !uint.TryParse(line.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint checksum))
        {
            error = "no checksum at its start";
            return null;
        }

        string json = line[9..];
        if (Checksum(json) != checksum)
        {
            error = "its checksum does not fit";
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, JournalJson.Default.JournalEntry);
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or FormatException or ArgumentException or OverflowException)
        {
            error = failure.Message;
            return null;
        }
    }

    private static uint Checksum(string json) => Crc32.HashToUInt32(Encoding.UTF8.GetBytes(json));
}
