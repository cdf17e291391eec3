using Parker.Boot.Initrds;

namespace Parker.Lab.Initramfs;

/// <summary>What a server with a whole system (<see cref="Systems.SystemCache"/>) has beside it: the lab's agent as a service, and the program and its package in <c>/opt</c>, not installed.</summary>
internal static class SystemInitramfs
{
    private const string Units = "etc/systemd/system/";

    private static readonly (string Unit, string Target)[] Services = [("lab-agent.service", "sysinit.target"), ("lab-ready.service", "multi-user.target")];

    /// <summary>Writes the system's archive, which the kernel unpacks before what follows it.</summary>
    public static void WriteSystem(Stream stream, string archive)
    {
        using FileStream system = File.OpenRead(archive);
        system.CopyTo(stream);
    }

    /// <summary>Adds the files.</summary>
    public static void Add(CpioWriter archive, GuestTree tree)
    {
        tree.AddScript("system-init.sh", "init");
        tree.AddBareProgram(GuestPrograms.Agent, "usr/lib/lab/parker-agent");
        tree.AddBareProgram(GuestPrograms.Parker, "opt/parker");
        foreach (string package in Directory.EnumerateFiles(LabFolders.Artifacts, "parker_*_amd64.deb"))
        {
            tree.AddFile(package, "opt/" + Path.GetFileName(package));
        }

        foreach ((string unit, string target) in Services)
        {
            tree.AddOwnText(unit, Units + unit);
            archive.AddSymbolicLink($"{Units}{target}.wants/{unit}", "../" + unit);
        }
    }
}
