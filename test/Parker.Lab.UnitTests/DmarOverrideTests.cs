using System.Diagnostics;
using Parker.Lab.Servers;

namespace Parker.Lab.UnitTests;

public sealed class DmarOverrideTests
{
    [Fact]
    public async Task Table_is_read_by_acpica_with_one_unit_and_a_scope_for_each_port()
    {
        string folder = Directory.CreateTempSubdirectory("parker-dmar-").FullName;
        try
        {
            string path = Path.Combine(folder, "dmar.aml");
            await File.WriteAllBytesAsync(path, DmarOverride.Of([4, 5]), TestContext.Current.CancellationToken);
            using Process iasl = Process.Start(new ProcessStartInfo("iasl", ["-d", path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string said = await iasl.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await iasl.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await iasl.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(iasl.ExitCode == 0, said);
            Assert.DoesNotMatch("(?i)incorrect checksum|invalid|warning", said);
            string listing = await File.ReadAllTextAsync(Path.Combine(folder, "dmar.dsl"), TestContext.Current.CancellationToken);
            Assert.Matches("Register Base Address : 00000000FED90000", listing);
            Assert.Matches(@"PCI Path : 04,00[\s\S]*PCI Path : 05,00", listing);
            Assert.DoesNotContain("I/O APIC", listing, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
