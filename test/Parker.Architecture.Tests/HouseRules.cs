using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Parker.Architecture.Tests;

/// <summary>The rules; each gives one sentence for each place that breaks it.</summary>
public static partial class HouseRules
{
    // The kernel interfaces are here alone, with their tests; the guest agent and the lab map memory.
    private static readonly string[] MayBeUnsafe = ["src/Parker.Linux", "test/Parker.Linux.Tests", "src/Parker.Agent", "lab/Parker.Lab"];

    // Labels of a host's name that a package registry, a mirror or a proxy of one has.
    private static readonly string[] RegistryLabels = ["artifactory", "crates", "deb", "debian", "ftp", "mirror", "mirrors", "nexus", "npm", "npmjs", "nuget", "proxy", "pypi", "registry"];

    private static readonly string[] BinaryEndings = [".aml", ".bin", ".dll", ".gz", ".png", ".so", ".tar", ".zst"];

    /// <summary>A room references only what the table allows; others only what they test, measure or use for it.</summary>
    public static IEnumerable<string> Edges(IReadOnlyList<ProjectFile> projects, RoomsTable rooms)
    {
        Dictionary<string, ProjectFile> byPath = projects.ToDictionary(project => project.Path, StringComparer.Ordinal);
        foreach (ProjectFile project in projects)
        {
            if (project.Area is "src" or "lab" or "package" && rooms.MayUse(project.Folder) is null)
            {
                yield return $"{project.Path} has no row in the table of rooms of ARCHITECTURE.md.";
                continue;
            }

            foreach (string reference in project.References)
            {
                if (!byPath.TryGetValue(reference, out ProjectFile? target))
                {
                    yield return $"{project.Path} references {reference}, which is not there.";
                }
                else if (!IsAllowed(project, target, rooms))
                {
                    yield return $"{project.Path} references {target.Path}, which the table of rooms of ARCHITECTURE.md does not allow.";
                }
            }
        }
    }

    /// <summary><c>unsafe</c> is on only where the kernel is called or memory is mapped.</summary>
    public static IEnumerable<string> Unsafe(SourceTree tree)
    {
        foreach (ProjectFile project in tree.Projects.Where(project => project.AllowsUnsafe && !MayBeUnsafe.Contains(project.Folder)))
        {
            yield return $"{project.Path} sets AllowUnsafeBlocks. Unsafe code belongs in src/Parker.Linux.";
        }

        foreach (string path in tree.Paths.Where(path => (path.EndsWith(".props", StringComparison.Ordinal) || path.EndsWith(".targets", StringComparison.Ordinal))
            && tree.Read(path).Contains("AllowUnsafeBlocks", StringComparison.Ordinal)))
        {
            yield return $"{path} sets AllowUnsafeBlocks for many projects at once.";
        }
    }

    /// <summary>Each project says in a README.md what it holds and what it must not know; for tests that are named after a room, the room's speaks.</summary>
    public static IEnumerable<string> Readmes(SourceTree tree)
    {
        IReadOnlyList<ProjectFile> projects = tree.Projects;
        HashSet<string> rooms = [.. projects.Where(project => project.Area is "src" or "lab" or "package").Select(project => project.Name)];
        return projects.Where(project => !tree.Has(project.Folder + "/README.md") && !(project.IsTest && rooms.Contains(SubjectOf(project))))
            .Select(project => $"{project.Folder} has no README.md.");
    }

    /// <summary>The solution has exactly the projects of the tree.</summary>
    public static IEnumerable<string> Solution(SourceTree tree)
    {
        HashSet<string> listed = [.. XDocument.Parse(tree.Read("Parker.slnx")).Descendants("Project").Select(element => element.Attribute("Path")!.Value.Replace('\\', '/'))];
        HashSet<string> there = [.. tree.Projects.Select(project => project.Path)];
        return there.Except(listed).Select(path => $"{path} is missing in Parker.slnx.")
            .Concat(listed.Except(there).Select(path => $"Parker.slnx has {path}, which is not there."));
    }

    /// <summary>No file names a host of a package registry, or a path of somebody's machine.</summary>
    public static IEnumerable<string> ForbiddenText(SourceTree tree)
    {
        foreach (string path in tree.Paths.Where(path => !BinaryEndings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))))
        {
            string text = tree.Read(path);
            foreach (Match match in Url().Matches(text))
            {
                string host = match.Groups["host"].Value;
                if (host.Split('.').Any(label => RegistryLabels.Contains(label, StringComparer.OrdinalIgnoreCase)) || NumericHost().IsMatch(host))
                {
                    yield return $"{path}:{Line(text, match)} names the host {host}.";
                }
            }

            foreach (Match match in PrivatePath().Matches(text))
            {
                yield return $"{path}:{Line(text, match)} names a path of somebody's machine: {match.Value}";
            }
        }
    }

    private static bool IsAllowed(ProjectFile project, ProjectFile target, RoomsTable rooms)
    {
        if (rooms.MayUse(project.Folder) is IReadOnlySet<string> uses)
        {
            return uses.Contains(target.Name);
        }

        // What tests use stands on rooms, never on tests.
        if (project.IsTestSupport)
        {
            return target.Area == "src" || target.IsTestSupport;
        }

        // Tests, benchmarks and fuzz targets: the room they are named after, what it stands on, and what is there for them.
        return target.IsTestSupport
            || rooms.Below(SubjectOf(project)).Contains(target.Name)
            || (target.Area == "lab" && (project.IsLabTest || project.Area == "bench"));
    }

    private static string SubjectOf(ProjectFile project) => project.Name[..project.Name.LastIndexOf('.')];

    private static int Line(string text, Match match) => text.AsSpan(0, match.Index).Count('\n') + 1;

    [GeneratedRegex(@"[a-z][a-z0-9+.-]*://(?<host>[A-Za-z0-9.-]+)")]
    private static partial Regex Url();

    // 127.0.0.1 and ranges kept for documentation (RFC 5737) name nobody.
    [GeneratedRegex(@"^(?!127\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)\d+\.\d+\.\d+\.\d+$")]
    private static partial Regex NumericHost();

    [GeneratedRegex(@"(?<![A-Za-z0-9_.$}-])(/home/[A-Za-z0-9_]|/root/\.?[A-Za-z0-9_]|/Users/[A-Za-z0-9_]|/work/[A-Za-z0-9_.]|/tmp/[A-Za-z0-9_]+/[A-Za-z0-9_])[^\s""'`<>,;:)]*|[A-Z]:\\Users\\\w+")]
    private static partial Regex PrivatePath();
}
