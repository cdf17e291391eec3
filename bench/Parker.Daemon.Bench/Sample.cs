using System.Globalization;

namespace Parker.Daemon.Bench;

/// <summary>Measured values of one thing.</summary>
/// <param name="name">What a table calls it.</param>
internal sealed class Sample(string name)
{
    private readonly List<double> _values = [];

    public string Name => name;

    public double Median => _values.Order().ElementAt(_values.Count / 2);

    public void Add(double value) => _values.Add(value);

    /// <summary><c>1234 ms  (1200 to 1300, 9 values)  name</c>.</summary>
    public string Line(string format = "0") => string.Create(
        CultureInfo.InvariantCulture,
        $"{Text(Median, format),9} ms  {$"({Text(_values.Min(), format)} to {Text(_values.Max(), format)}, {_values.Count} values)",-34}  {name}");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
