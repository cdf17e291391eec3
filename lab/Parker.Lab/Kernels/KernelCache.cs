using System.Diagnostics;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Parker.Boot.Kernels;
using Parker.Lab.Processes;
using Parker.Machine.Diagnostics;

namespace Parker.Lab.Kernels;

/// <summary>Debian's kernel packages, downloaded by apt, which checks their signatures and sums, and unpacked below the cache folder. Nothing is installed.</summary>
/// <remarks>Each kernel is a folder named after its release. It gets that name when it is whole.</remarks>
public sealed class KernelCache
{
    private const string PackagePrefix = "linux-image-";
    private static readonly TimeSpan DownloadPatience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan ToolPatience = TimeSpan.FromMinutes(2);

    private readonly string _folder;
    private readonly Action<string> _say;

    /// <summary>The cache in the user's cache folder.</summary>
    /// <param name="say">Takes one line where something takes long.</param>
    public KernelCache(Action<string>? say = null)
        : this(Path.Combine(LabFolders.Cache, "kernels"), say)
    {
    }

    internal KernelCache(string folder, Action<string>? say)
    {
        _folder = folder;
        _say = say ?? (_ => { });
    }

    /// <summary>The newest kernel of a series that apt knows, downloaded if it is not here yet; where apt can not give it, the newest that is here.</summary>
    /// <exception cref="LabException">There is none here and none to be had.</exception>
    public CachedKernel Newest(KernelSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        string? here = Releases().Where(series.Has).Max(ReleaseOrder.Instance);
        string? known = KnownToApt().Where(series.Has).Max(ReleaseOrder.Instance);
        if (known is null || known == here)
        {
            return Get(here ?? throw new LabException(
                $"No kernel of the series {series.Name} is in the cache {_folder}, and apt knows none. './run lab' adds the suites that have them; 'apt-get update' makes them known."));
        }

        try
        {
            Download(known);
            return Get(known);
        }
        catch (LabException e) when (here is not null)
        {
            _say($"{known} could not be downloaded ({e.Message}); using {here} from the cache");
            return Get(here);
        }
    }

    /// <summary>The kernels that are here, of all series, the newest of each.</summary>
    public IReadOnlyList<CachedKernel> All() => [.. KernelSeries.All.Select(Newest)];

    /// <summary>The kernel that somebody named: a series, a release that is in the cache, or a bzImage whose modules lie in <c>lib/modules</c> beside or above it.</summary>
    /// <exception cref="LabException">There is no such kernel, or its modules are not found.</exception>
    public CachedKernel Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (KernelSeries.All.FirstOrDefault(series => series.Name == name) is KernelSeries known)
        {
            return Newest(known);
        }

        if (!name.Contains('/', StringComparison.Ordinal) && Directory.Exists(Path.Combine(_folder, name)))
        {
            return Get(name);
        }

        if (!File.Exists(name))
        {
            throw new LabException($"There is no kernel '{name}': it is no file, no release in {_folder}, and none of the series {string.Join(", ", KernelSeries.All.Select(series => series.Name))}.");
        }

        string path = Path.GetFullPath(name);
        string release = ReleaseOf(path);
        for (string? folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (string modules in (string[])[Path.Combine(folder, "lib", "modules", release), Path.Combine(folder, "usr", "lib", "modules", release), Path.Combine(folder, "modules")])
            {
                if (File.Exists(Path.Combine(modules, "modules.builtin")) && (Path.GetFileName(modules) == release || Path.GetFileName(folder) == release))
                {
                    return new CachedKernel(release, path, modules);
                }
            }
        }

        throw new LabException($"The modules of {release} are not found: {name} has no lib/modules/{release} beside or above it. Unpack its whole package with 'dpkg -x'.");
    }

    private static string ReleaseOf(string path)
    {
        DiagnosticBag diagnostics = [];
        using SafeFileHandle file = File.OpenHandle(path);
        return KernelImage.TryRead(file, path, diagnostics)?.Release ?? throw new LabException(string.Join('\n', diagnostics));
    }

    private CachedKernel Get(string release)
    {
        string folder = Path.Combine(_folder, release);
        return new CachedKernel(release, Path.Combine(folder, "vmlinuz"), Path.Combine(folder, "modules"));
    }

    private IEnumerable<string> Releases() => Directory.Exists(_folder)
        ? Directory.EnumerateDirectories(_folder).Select(folder => Path.GetFileName(folder)!).Where(name => !name.StartsWith('.'))
        : [];

    private static IEnumerable<string> KnownToApt()
    {
        try
        {
            string names = Encoding.UTF8.GetString(Tool.Run("apt-cache", ["pkgnames", PackagePrefix], ToolPatience));
            return names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => name[PackagePrefix.Length..]);
        }
        catch (LabException)
        {
            // No Debian: what is in the cache remains.
            return [];
        }
    }

    private void Download(string release)
    {
        Directory.CreateDirectory(_folder);
        using FileStream turn = WaitForTurn();
        if (Directory.Exists(Path.Combine(_folder, release)))
        {
            return;
        }

        string package = PackagePrefix + release;
        string work = Path.Combine(_folder, ".new-" + release);
        Delete(work);
        string unpacked = Path.Combine(work, "unpacked");
        string whole = Path.Combine(work, "whole");
        Directory.CreateDirectory(whole);
        _say($"downloading {package}");
        Tool.Run("apt-get", ["download", "-q", package], DownloadPatience, work);
        string file = Directory.EnumerateFiles(work, "*.deb").SingleOrDefault() ?? throw new LabException($"apt-get download {package} gave no file in {work}.");
        Tool.Run("dpkg", ["-x", file, unpacked], ToolPatience);
        string modules = Path.Combine(unpacked, "lib", "modules", release);
        Directory.Move(Directory.Exists(modules) ? modules : Path.Combine(unpacked, "usr", "lib", "modules", release), Path.Combine(whole, "modules"));
        File.Move(Path.Combine(unpacked, "boot", "vmlinuz-" + release), Path.Combine(whole, "vmlinuz"));
        File.Move(Path.Combine(unpacked, "boot", "config-" + release), Path.Combine(whole, "config"));
        Directory.Move(whole, Path.Combine(_folder, release));
        Delete(work);
    }

    private FileStream WaitForTurn()
    {
        string path = Path.Combine(_folder, ".lock");
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.Elapsed < LockPatience)
            {
                Thread.Sleep(200);
            }
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
