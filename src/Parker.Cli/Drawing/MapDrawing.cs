using System.Text;
using Parker.Api.Topology;
using Parker.Cli.Output;
using Parker.Cli.Topologies;

namespace Parker.Cli.Drawing;

/// <summary>Draws a machine as text of at most <see cref="Width"/> columns.</summary>
/// <remarks>
/// <code>
/// ┌─ Node 0: package 0 ─────────────────────────────┐
/// │ L3 32 MiB  [0* 64 ] [1  65 ] [2  (66)]          │
/// │ Memory     ▒▒▒▒▒▒▒▒██████████████████████████   │
/// │            ▒ Boot Kernel 64 GiB  █ pool 192 GiB │
/// │ Buses      [0000:01 NVM Express]                │
/// └─────────────────────────────────────────────────┘
/// </code>
/// </remarks>
internal static class MapDrawing
{
    /// <summary>The columns that a map fits.</summary>
    public const int Width = 100;

    private const int LabelWidth = 11;
    private const int ContentWidth = Width - 4 - LabelWidth;

    /// <summary>Draws the picture.</summary>
    public static void Write(MachinePicture picture, TextWriter output)
    {
        output.WriteLine(PlainText.Cut(picture.Title, Width));
        foreach (string line in Wrapped(picture.Detail.Split(' '), Width))
        {
            output.WriteLine(line);
        }

        foreach (PictureNode node in picture.Nodes)
        {
            output.WriteLine();
            WriteFrame(node, [.. Lines(node)], output);
        }

        output.WriteLine();
        foreach (string line in Legend(picture))
        {
            output.WriteLine(line);
        }
    }

    private static void WriteFrame(PictureNode node, IReadOnlyList<string> lines, TextWriter output)
    {
        string title = PlainText.Cut(node.Detail.Length > 0 ? $"{node.Title}: {node.Detail}" : node.Title, Width - 6);
        output.WriteLine($"┌─ {title} {new string('─', Width - 5 - title.Length)}┐");
        foreach (string line in lines)
        {
            output.WriteLine($"│ {line.PadRight(Width - 4)} │");
        }

        output.WriteLine($"└{new string('─', Width - 2)}┘");
    }

    private static IEnumerable<string> Lines(PictureNode node) =>
        Cores(node.Cores).Concat(Memory(node.Memory)).Concat(Buses(node.Buses));

    private static IEnumerable<string> Cores(IReadOnlyList<PictureCores> groups)
    {
        // Cells of one width stand in columns.
        string[][] cells = [.. groups.Select(group => group.Cores.Select(Cell).ToArray())];
        int width = cells.SelectMany(group => group).Select(cell => cell.Length).DefaultIfEmpty(0).Max();
        return groups.Zip(cells, (group, texts) => Labelled(group.Label.Length > 0 ? group.Label : "Cores", Wrapped(texts.Select(text => text.PadRight(width)), ContentWidth)))
            .SelectMany(lines => lines);
    }

    private static string Cell(IReadOnlyList<PictureThread> threads) => $"[{string.Join(' ', threads.Select(Text))}]";

    private static string Text(PictureThread thread) => thread.State switch
    {
        CpuState.Stays => $"{thread.Cpu}*",
        CpuState.Offline => $"({thread.Cpu})",
        _ => $"{thread.Cpu}",
    };

    private static IEnumerable<string> Memory(IReadOnlyList<PictureMemory> memory)
    {
        StringBuilder bar = new();
        foreach ((PictureMemory piece, int units) in MemoryBar.Divide(memory, ContentWidth))
        {
            bar.Append(Letter(piece.User), units);
        }

        if (bar.Length == 0)
        {
            return [];
        }

        IEnumerable<string> users = MemoryLegend.Of(memory).Select(entry => $"{Letter(entry.User)} {entry.Text}");
        return Labelled("Memory", Wrapped(users, ContentWidth, "  ").Prepend(bar.ToString()));
    }

    private static IEnumerable<string> Buses(IReadOnlyList<PictureBus> buses)
    {
        IEnumerable<string> grantable = buses.Where(bus => bus.Verdict != GrantVerdict.No)
            .Select(bus => PlainText.Cut($"[{bus.Name} {bus.Content}{(bus.Verdict == GrantVerdict.WithIommuUnit ? " +IOMMU" : "")}", ContentWidth - 1) + "]");
        PictureBus[] refused = [.. buses.Where(bus => bus.Verdict == GrantVerdict.No)];
        IEnumerable<string> reasons = refused.SelectMany(bus => bus.Reasons).GroupBy(reason => reason).OrderBy(reason => reason.Key, StringComparer.Ordinal)
            .Select(reason => $"{reason.Key} ({reason.Count()})");
        return Labelled(
            "PCI buses",
            Wrapped(grantable, ContentWidth).Concat(refused.Length == 0 ? [] : Wrapped([$"{refused.Length} with devices cannot be granted:", .. reasons], ContentWidth)));
    }

    private static IEnumerable<string> Legend(MachinePicture picture)
    {
        HashSet<CpuState> states = [.. picture.Nodes.SelectMany(node => node.Cores).SelectMany(group => group.Cores).SelectMany(threads => threads).Select(thread => thread.State)];
        List<string> words = ["[..] a core with its threads"];
        if (states.Contains(CpuState.Stays))
        {
            words.Add("* stays with the Boot Kernel");
        }

        if (states.Contains(CpuState.Offline))
        {
            words.Add("(..) offline");
        }

        GrantVerdict[] verdicts = [.. picture.Nodes.SelectMany(node => node.Buses).Select(bus => bus.Verdict).Distinct()];
        if (verdicts.Any(verdict => verdict != GrantVerdict.No))
        {
            words.Add("[bus devices] can be granted");
        }

        if (verdicts.Contains(GrantVerdict.WithIommuUnit))
        {
            words.Add("+IOMMU to the owner of its IOMMU unit");
        }

        if (verdicts.Contains(GrantVerdict.No))
        {
            words.Add("'parker topology' says why a bus cannot be granted");
        }

        return Wrapped(words.Select((word, i) => i < words.Count - 1 ? word + "," : word), Width);
    }

    private static char Letter(MemoryUser user) => user switch
    {
        MemoryUser.BootKernel => '▒',
        MemoryUser.Pool => '█',
        MemoryUser.LowSlots => '▓',
        _ => '·',
    };

    private static IEnumerable<string> Labelled(string label, IEnumerable<string> lines) =>
        lines.Select((line, i) => (i == 0 ? PlainText.Cut(label, LabelWidth - 1).PadRight(LabelWidth) : new string(' ', LabelWidth)) + line);

    private static IEnumerable<string> Wrapped(IEnumerable<string> words, int width, string gap = " ")
    {
        StringBuilder line = new();
        foreach (string whole in words)
        {
            string word = PlainText.Cut(whole, width);
            if (line.Length > 0 && line.Length + gap.Length + word.TrimEnd().Length > width)
            {
                yield return line.ToString().TrimEnd();
                line.Clear();
            }

            line.Append(line.Length > 0 ? gap : "").Append(word);
        }

        if (line.Length > 0)
        {
            yield return line.ToString().TrimEnd();
        }
    }
}
