using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Parker.Runtime.Journal;

/// <summary>One journal entry as a line: eight hexadecimal digits of the CRC-32 of the rest, a space, JSON.</summary>
/// <remarks><c>1c291ca3 {"entry":"removed","time":"2026-01-01T00:00:00+00:00","partition":"db"}</c></remarks>
internal static class JournalCodec
{
    /// <summary>The first line of a journal.</summary>
    public const string Header = "parker-journal 1";

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
