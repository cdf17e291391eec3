using System.Globalization;
using Parker.Agent;
using Parker.Agent.Ports;

const int Done = 0;
const int Failed = 1;
const int WrongUsage = 2;
const string Usage = """
    usage: parker-agent --port NAME [--wait SECONDS]

    Serves commands, files and terminals to the peer at the other end of the virtio-serial port of that name, as root and without asking who it is.
    Waits for the port as long as given (default 60 seconds), then serves for ever.
    """;

string? name = null;
TimeSpan patience = TimeSpan.FromSeconds(60);
for (int i = 0; i < args.Length; i++)
{
    if (args[i] is "--help" or "-h")
    {
        Console.Out.WriteLine(Usage);
        return Done;
    }

    if (args[i] == "--port" && i + 1 < args.Length)
    {
        name = args[++i];
    }
    else if (args[i] == "--wait" && i + 1 < args.Length && uint.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds))
    {
        patience = TimeSpan.FromSeconds(seconds);
        i++;
    }
    else
    {
        Console.Error.WriteLine($"parker-agent: what is '{args[i]}'?\n\n{Usage}");
        return WrongUsage;
    }
}

if (name is null)
{
    Console.Error.WriteLine(Usage);
    return WrongUsage;
}

try
{
    if (VirtioPort.Open(name, patience) is not VirtioPort port)
    {
        Console.Error.WriteLine($"parker-agent: no virtio-serial port named '{name}' came within {patience.TotalSeconds:F0} seconds. Is virtio_console loaded?");
        return Failed;
    }

    new AgentServer(port, File.ReadAllText("/proc/sys/kernel/osrelease").Trim()).Serve(CancellationToken.None);
    return Done;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"parker-agent: the port '{name}' does not work: {e.Message}");
    return Failed;
}
