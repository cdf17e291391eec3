using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Parker.Lab;

namespace Parker.Runtime.LabTests;

/// <summary>The API as a program of somebody else speaks with it: a small one in C, which writes its standard input to a unix socket and prints the answer.</summary>
public sealed class ApiPipe
{
    private const string Source = """
        #include <string.h>
        #include <sys/socket.h>
        #include <sys/un.h>
        #include <unistd.h>

        int main(int count, char **words)
        {
            struct sockaddr_un place = { .sun_family = AF_UNIX };
            char bytes[65536];
            ssize_t length;
            int server = socket(AF_UNIX, SOCK_STREAM, 0);
            if (count != 2 || strlen(words[1]) >= sizeof place.sun_path)
                return 2;
            strcpy(place.sun_path, words[1]);
            if (connect(server, (struct sockaddr *)&place, sizeof place))
                return 1;
            while ((length = read(0, bytes, sizeof bytes)) > 0)
                if (write(server, bytes, length) != length)
                    return 1;
            while ((length = read(server, bytes, sizeof bytes)) > 0)
                if (write(1, bytes, length) != length)
                    return 1;
            return length < 0;
        }
        """;

    private const string Place = "/tmp/api-pipe";

    private readonly PartitionServer _server;

    /// <summary>Builds the program and puts it on the server.</summary>
    public ApiPipe(PartitionServer server)
    {
        _server = server;
        string program = Path.Combine(Directory.CreateTempSubdirectory("parker-lab-").FullName, "api-pipe");
        using Process compiler = Process.Start(new ProcessStartInfo("gcc", ["-static", "-O1", "-s", "-x", "c", "-o", program, "-"]) { RedirectStandardInput = true })!;
        compiler.StandardInput.Write(Source);
        compiler.StandardInput.Close();
        Assert.True(compiler.WaitForExit(TimeSpan.FromSeconds(60)) && compiler.ExitCode == 0, "gcc could not build the program.");
        server.Server.Agent.CopyIn(program, Place, TimeSpan.FromSeconds(60));
        Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
    }

    /// <summary>Sends a request without a body.</summary>
    /// <returns>The status, and the document of the answer.</returns>
    /// <exception cref="LabException">There is no answer.</exception>
    public (int Status, JsonElement Document) Send(string method, string address)
    {
        string answer = _server.Output($"printf '{method} {address} HTTP/1.1\\r\\nHost: parker\\r\\nConnection: close\\r\\nContent-Length: 0\\r\\n\\r\\n' | timeout 60 {Place} /run/parker/parker.sock");
        int body = answer.IndexOf('{', StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetBytes(answer[body..]));
        return (int.Parse(answer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture), document.RootElement.Clone());
    }
}
