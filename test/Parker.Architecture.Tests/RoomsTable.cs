using System.Text.RegularExpressions;

namespace Parker.Architecture.Tests;

/// <summary>The table of rooms in ARCHITECTURE.md: which projects there are, and which of them each may reference.</summary>
public sealed partial class RoomsTable
{
    private readonly Dictionary<string, HashSet<string>> _mayUse;

    private RoomsTable(Dictionary<string, HashSet<string>> mayUse) => _mayUse = mayUse;

    /// <summary>The paths of the rooms, such as <c>src/Parker.Machine</c>.</summary>
    public IEnumerable<string> Rooms => _mayUse.Keys;

    /// <summary>Reads the first table whose head is <c>| project | holds | may use ... |</c>.</summary>
    /// <exception cref="FormatException">There is no such table, a row is not of three cells, a room stands twice, or a room may use one that the table does not have.</exception>
    public static RoomsTable Parse(string markdown)
    {
        string[] lines = markdown.Split('\n');
        int head = Array.FindIndex(lines, line => Cells(line) is ["project", "holds", ..]);
        if (head < 0)
        {
            throw new FormatException("There is no table with the head '| project | holds | may use |'.");
        }

        Dictionary<string, HashSet<string>> mayUse = new(StringComparer.Ordinal);
        foreach (string line in lines.Skip(head + 2).TakeWhile(line => line.StartsWith('|')))
        {
            if (Cells(line) is not [string project, _, string uses])
            {
                throw new FormatException($"This row of the table of rooms does not have three cells: {line}");
            }

            string path = project.Trim('`');
            if (path.Contains('*', StringComparison.Ordinal))
            {
                continue;
            }

            // A room's name goes without "Parker."; what stands in parentheses is a remark.
            IEnumerable<string> names = Remark().Replace(uses, "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (!mayUse.TryAdd(path, [.. names.Where(name => name != "-").Select(name => "Parker." + name)]))
            {
                throw new FormatException($"The room {path} stands twice in the table of rooms.");
            }
        }

        HashSet<string> known = [.. mayUse.Keys.Select(NameOf)];
        foreach ((string room, HashSet<string> uses) in mayUse)
        {
            if (uses.FirstOrDefault(name => !known.Contains(name)) is string unknown)
            {
                throw new FormatException($"The room {room} may use {unknown}, which the table of rooms does not have.");
            }
        }

        return new RoomsTable(mayUse);
    }

    /// <summary>The names of the projects that a room may reference; null where the path is no room.</summary>
    public IReadOnlySet<string>? MayUse(string path) => _mayUse.GetValueOrDefault(path);

    /// <summary>All rooms that can be reached from the room of that name, with itself; empty where there is none.</summary>
    public IReadOnlySet<string> Below(string name)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        Stack<string> rest = new([name]);
        while (rest.TryPop(out string? next))
        {
            if (_mayUse.FirstOrDefault(room => NameOf(room.Key) == next).Value is HashSet<string> uses && reached.Add(next))
            {
                foreach (string use in uses)
                {
                    rest.Push(use);
                }
            }
        }

        return reached;
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string[] Cells(string line) => line.StartsWith('|') ? [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())] : [];

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Remark();
}
