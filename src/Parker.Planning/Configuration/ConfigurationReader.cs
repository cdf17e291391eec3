using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Parker.Planning.Configuration;

/// <summary>Reads a configuration: TOML 1.0 with the tables and keys of docs/configuration.md.</summary>
public static class ConfigurationReader
{
    /// <summary>Reads a configuration, with every problem at once.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="file">Its name, for places.</param>
    /// <param name="diagnostics">Takes <c>CONF001</c> and up, each at <c>file:line:column</c>.</param>
    /// <returns>The configuration; null where there was an error.</returns>
    public static ParkerConfiguration? TryRead(string text, string file, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(diagnostics);
        DiagnosticBag problems = [];
        // What stands there twice is told here, with the other problems of its table.
        DocumentSyntax document = SyntaxParser.Parse(text, file, validate: false);
        foreach (DiagnosticMessage message in document.Diagnostics)
        {
            problems.Error(ConfigurationDiagnosticId.Syntax, SectionReader.PlaceOf(file, message.Span), $"{message.Message.TrimEnd('.')}.", "See https://toml.io/en/v1.0.0 for how TOML is written.");
        }

        ReadTopLevel(document, file, problems);
        BootKernelShare? share = null;
        List<PartitionSettings> partitions = [];
        Dictionary<PartitionName, string> places = [];
        foreach (TableSyntaxBase table in document.Tables.Where(table => table.Name is not null))
        {
            string place = SectionReader.PlaceOf(file, table.Name!.Span);
            switch (string.Join('.', SectionReader.WordsOf(table.Name)))
            {
                case ConfigurationKeys.BootKernel when table is TableSyntax:
                    SectionReader section = new($"[{ConfigurationKeys.BootKernel}]", place, table.Items, ConfigurationKeys.BootKernelKeys, file, problems);
                    if (share is not null)
                    {
                        problems.Error(ConfigurationDiagnosticId.Twice, place, $"[{ConfigurationKeys.BootKernel}] stands there twice.", "Keep one of them.");
                    }

                    share = ReadShare(section);
                    break;
                case ConfigurationKeys.Partition when table is TableArraySyntax:
                    ReadPartition(table, place, file, places, partitions, problems);
                    break;
                case ConfigurationKeys.Partition:
                    problems.Error(ConfigurationDiagnosticId.WrongType, place, "[partition] is one table, and there can be several partitions.", "Write [[partition]].");
                    break;
                case string other:
                    problems.Error(ConfigurationDiagnosticId.Unknown, place, $"There is no table '{other}'.", "Take [boot-kernel] or [[partition]].");
                    break;
            }
        }

        diagnostics.AddRange(problems);
        return problems.HasErrors ? null : new ParkerConfiguration(share ?? BootKernelShare.Default, partitions);
    }

    private static void ReadTopLevel(DocumentSyntax document, string file, DiagnosticBag problems)
    {
        foreach (KeyValueSyntax pair in document.KeyValues.Where(pair => pair.Key is not null))
        {
            string key = string.Join('.', SectionReader.WordsOf(pair.Key));
            problems.Error(ConfigurationDiagnosticId.Unknown, SectionReader.PlaceOf(file, pair.Key!.Span), $"'{key}' stands outside of a table.", "Put it below [boot-kernel] or [[partition]].");
        }
    }

    private static BootKernelShare ReadShare(SectionReader section)
    {
        BootKernelShare share = BootKernelShare.Default;
        if (section.Number("cores-per-node", 0, CpuSet.Capacity) is int cores)
        {
            share = share with { CoresPerNode = cores };
        }

        if (section.Text("cpus") is string text)
        {
            if (CpuSet.TryParse(text, null, out CpuSet? cpus))
            {
                return share with { Cpus = cpus };
            }

            section.Refuse(ConfigurationDiagnosticId.Cpus, "cpus", $"'{text}' is no cpulist.", "Write it as 0-1,8.");
        }

        return share;
    }

    private static void ReadPartition(
        TableSyntaxBase table, string place, string file, Dictionary<PartitionName, string> places, List<PartitionSettings> partitions, DiagnosticBag problems)
    {
        DiagnosticBag own = [];
        string title = $"partition {NameIn(table)}".TrimEnd();
        SectionReader section = new(title, place, table.Items, ConfigurationKeys.PartitionKeys, file, own);
        PartitionSettings? settings = PartitionSection.Read(section);
        problems.AddRange(own);
        if (settings is null)
        {
            return;
        }

        if (!places.TryAdd(settings.Wish.Name, section.PlaceOfValue("name")))
        {
            problems.Error(
                ConfigurationDiagnosticId.NameTwice,
                section.PlaceOfValue("name"),
                $"There are two partitions '{settings.Wish.Name}'; the other one is at {places[settings.Wish.Name]}.",
                "Give one of them another name.");
        }
        else if (!own.HasErrors)
        {
            partitions.Add(settings);
        }
    }

    private static string NameIn(TableSyntaxBase table) =>
        table.Items.Where(pair => SectionReader.WordsOf(pair.Key) is ["name"]).Select(pair => pair.Value).OfType<StringValueSyntax>().FirstOrDefault()?.Value ?? "";
}
