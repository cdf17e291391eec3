using System.Globalization;
using Parker.Inspect.Logs;

namespace Parker.Daemon.Inspection;

/// <summary>Positions in logs as texts: the boot, and three hexadecimal numbers.</summary>
internal static class LogPositionText
{
    /// <summary>The text of a position.</summary>
    public static string Of(LogPosition position, Guid bootId) =>
        string.Create(CultureInfo.InvariantCulture, $"{bootId:N}.{position.Ring:x}.{position.NextId:x}.{position.NextSequence:x}");

    /// <summary>The position of a text; false where it is none of that boot.</summary>
    public static bool TryParse(string text, Guid bootId, out LogPosition position)
    {
        string[] parts = text.Split('.');
        position = default;
        if (parts.Length != 4 || !Guid.TryParseExact(parts[0], "N", out Guid boot) || boot != bootId
            || !TryParse(parts[1], out ulong ring) || !TryParse(parts[2], out ulong id) || !TryParse(parts[3], out ulong sequence))
        {
            return false;
        }

        position = new LogPosition(ring, id, sequence);
        return true;
    }

    private static bool TryParse(string text, out ulong number) => ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
