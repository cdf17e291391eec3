using System.Globalization;
using Parker.Package;

if (args is not [string folder, string date] || !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
{
    Console.Error.WriteLine("usage: parker-package FOLDER YYYY-MM-DD: writes what the package has beside the program below FOLDER, dated so.");
    return 2;
}

foreach ((string path, string text) in PackageFiles.All(day))
{
    string target = Path.Combine(folder, path);
    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
    File.WriteAllText(target, text);
}

return 0;
