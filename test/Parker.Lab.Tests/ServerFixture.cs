using Parker.Lab.Servers;

namespace Parker.Lab.Tests;

/// <summary>One emulated server for all tests of a class; its consoles are kept where one of them failed.</summary>
public abstract class ServerFixture : IDisposable
{
    private bool _failed;

    protected ServerFixture(ServerSpec spec, string name)
    {
        Server = EmulatedServer.Start(spec, name);
        try
        {
            Server.WaitUntilReady();
        }
        catch
        {
            Server.Dispose();
            throw;
        }
    }

    public EmulatedServer Server { get; }

    /// <summary>To be called when a test of the class ends.</summary>
    public void TestEnded() => _failed |= TestContext.Current.TestState?.Result is not TestResult.Passed;

    public void Dispose()
    {
        Server.KeepEvidence = _failed;
        Server.Dispose();
        GC.SuppressFinalize(this);
    }
}
