using System.Text;
using Parker.Boot.Initrds;
using Parker.Lab.Kernels;
using Parker.Lab.Processes;

namespace Parker.Lab.Initramfs;

/// <summary>Files that guests have in common, put into a cpio archive.</summary>
/// <param name="archive">Takes them.</param>
/// <param name="isMerged">Whether <c>/bin</c> and <c>/lib</c> are links to what lies below <c>/usr</c>, which a folder in the archive would replace.</param>
internal sealed class GuestTree(CpioWriter archive, bool isMerged = false)
{
    private const string BusyBox = "/bin/busybox";
    private const string LibraryFolder = "/lib/x86_64-linux-gnu/";
    private const UnixFileMode Program = (UnixFileMode)0x1ed;
    private const UnixFileMode Text = (UnixFileMode)0x1a4;
    private static readonly TimeSpan ToolPatience = TimeSpan.FromSeconds(20);

    private readonly HashSet<string> _libraries = new(StringComparer.Ordinal);

    /// <summary>Folders that are mounted over.</summary>
    public void AddMountPoints()
    {
        foreach (string folder in (string[])["dev", "proc", "root", "run", "sys", "tmp", "usr/local/bin"])
        {
            archive.AddDirectory(folder);
        }
    }

    /// <summary>busybox with a link for each of its commands.</summary>
    /// <exception cref="LabException">This machine has no static busybox.</exception>
    public void AddBusyBox()
    {
        AddFile(BusyBox, BusyBox, Program);
        foreach (string command in Encoding.ASCII.GetString(Tool.Run(BusyBox, ["--list-full"], ToolPatience)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (command != BusyBox[1..])
            {
                archive.AddSymbolicLink(command, BusyBox);
            }
        }
    }

    /// <summary>A program that finds its libraries there.</summary>
    public void AddBareProgram(string source, string target) => AddFile(source, target, Program);

    /// <summary>A program of this machine with the libraries that it is linked to.</summary>
    public void AddProgram(string source, string target)
    {
        AddFile(source, target, Program);

        // "libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x...)" and "/lib64/ld-linux-x86-64.so.2 (0x...)".
        foreach (string line in Encoding.UTF8.GetString(Tool.Run("ldd", [source], ToolPatience)).Split('\n'))
        {
            string? library = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim()).FirstOrDefault(word => word.StartsWith('/'));
            if (library is not null && _libraries.Add(library))
            {
                // A library may lie anywhere here, and lies there where every loader looks; the loader itself has one place.
                string name = Path.GetFileName(library);
                AddFile(library, name.StartsWith("ld-linux", StringComparison.Ordinal) ? library : LibraryFolder + name, Program);
            }
        }
    }

    /// <summary>Modules where that kernel looks for them, with the lists that modprobe reads.</summary>
    public void AddModules(string release, IEnumerable<KernelModule> modules, ModuleTree tree)
    {
        string folder = (isMerged ? "usr/" : "") + "lib/modules/" + release + "/";
        StringBuilder needs = new();
        StringBuilder aliases = new();
        foreach (KernelModule module in modules)
        {
            archive.AddFile(folder + module.Path, module.Content, Text);
            IEnumerable<string> needed = tree.WithDependencies(module.Information.Depends).Select(other => other.Path).Reverse();
            needs.Append(module.Path).Append(':').AppendJoin("", needed.Select(path => " " + path)).Append('\n');
            foreach (string alias in module.Information.Aliases)
            {
                aliases.Append("alias ").Append(alias).Append(' ').Append(module.Name).Append('\n');
            }
        }

        AddText(folder + "modules.dep", needs.ToString());
        AddText(folder + "modules.alias", aliases.ToString());
    }

    /// <summary>A file of this machine.</summary>
    public void AddFile(string source, string target, UnixFileMode mode)
    {
        try
        {
            using FileStream content = File.OpenRead(source);
            archive.AddFile(target, content, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"{source} cannot be put into the guest: {e.Message}", e);
        }
    }

    /// <summary>A file of this machine with the mode that it has here.</summary>
    public void AddFile(string source, string target) => AddFile(source, target, File.Exists(source) ? File.GetUnixFileMode(source) : Text);

    /// <summary>A text.</summary>
    public void AddText(string target, string content) => archive.AddFile(target, Encoding.UTF8.GetBytes(content), Text);

    /// <summary>A script of this assembly.</summary>
    public void AddScript(string name, string target) => AddOwn(name, target, Program);

    /// <summary>A text of this assembly.</summary>
    public void AddOwnText(string name, string target) => AddOwn(name, target, Text);

    private void AddOwn(string name, string target, UnixFileMode mode)
    {
        using Stream content = GuestScripts.Open(name);
        archive.AddFile(target, content, mode);
    }
}
