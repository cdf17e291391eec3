using System.Globalization;

namespace Parker.Boot.CommandLines;

/// <summary>The serial ports that an x86 kernel takes to be there, and tries, whatever the firmware's tables say.</summary>
/// <remarks>
/// arch/x86/include/asm/serial.h, <c>SERIAL_PORT_DFNS</c>: entry n is ttySn from the first console on, 8 ports long. <c>8250.nr_uarts=N</c> takes the first N of them, so it cannot leave
/// out COM1 alone. <c>reserve=</c> (kernel/resource.c, <c>reserve_setup</c>: at most 4 ranges) can: the driver tries no ports that are taken (8250_port.c, <c>serial8250_config_port</c>).
/// </remarks>
internal static class LegacySerialPorts
{
    private const int Length = 8;
    private const string TerminalName = "ttyS";
    private static readonly ushort[] Ports = [0x3f8, 0x2f8, 0x3e8, 0x2e8];

    /// <summary>The value of <c>reserve=</c> that keeps the kernel from all of them but the granted one.</summary>
    /// <param name="granted">The first port of the granted UART.</param>
    public static string ReserveOthers(ushort granted) =>
        string.Join(',', Ports.Where(port => port != granted).Select(port => string.Create(CultureInfo.InvariantCulture, $"0x{port:x},{Length}")));

    /// <summary>The first port of the UART that a console names by its terminal.</summary>
    /// <param name="console">A terminal as <c>console=</c> takes it: <c>ttyS1</c>; <c>ttyS</c> and <c>0</c> are ttyS0.</param>
    /// <returns>Null where it is another terminal, or one without a port of its own.</returns>
    public static ushort? PortOf(string console)
    {
        bool isTerminal = console.StartsWith(TerminalName, StringComparison.Ordinal);
        string number = isTerminal ? console[TerminalName.Length..] : console;
        int index = isTerminal && number.Length == 0 ? 0 : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int line) ? line : Ports.Length;
        return index < Ports.Length ? Ports[index] : null;
    }
}
