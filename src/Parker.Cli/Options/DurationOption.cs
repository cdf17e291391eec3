using System.CommandLine;
using System.Globalization;

namespace Parker.Cli.Options;

/// <summary>A length of time, such as <c>--timeout 30s</c>.</summary>
internal static class DurationOption
{
    /// <summary>Makes the option.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">For the help.</param>
    /// <param name="fallback">Its value where it is not given.</param>
    public static Option<TimeSpan> Create(string name, string description, TimeSpan fallback) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        DefaultValueFactory = _ => fallback,
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (TryParse(text, out TimeSpan duration))
            {
                return duration;
            }

            result.AddError($"{name} takes a time such as 500ms, 30s or 5m, not '{text}'.");
            return default;
        },
    };

    /// <summary>Reads <c>30</c> or <c>30s</c> (seconds), <c>500ms</c>, <c>5m</c> or <c>1h</c>.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        (string suffix, double unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => ("ms", 0.001),
            _ when text.EndsWith('s') => ("s", 1.0),
            _ when text.EndsWith('m') => ("m", 60.0),
            _ when text.EndsWith('h') => ("h", 3600.0),
            _ => ("", 1.0),
        };
        bool isNumber = double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count);
        double seconds = count * unit;
        bool isValid = isNumber && seconds >= 0 && seconds <= TimeSpan.FromDays(365).TotalSeconds;
        duration = isValid ? TimeSpan.FromSeconds(seconds) : default;
        return isValid;
    }
}
