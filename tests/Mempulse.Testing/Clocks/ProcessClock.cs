using System.Globalization;

namespace Mempulse.Testing.Clocks;

/// <summary>A wall clock that one process has for itself and that can be set while it runs; its monotonic clock is the machine's.</summary>
/// <remarks>libfaketime stands before the C library of the process, and reads the offset from a file at each call.</remarks>
/// <param name="directory">Where the offset is kept.</param>
public sealed class ProcessClock(string directory)
{
    private const string Library = "libfaketime.so.1";

    private readonly string _file = Path.Combine(directory, "clock");

    /// <summary>Whether libfaketime is installed, as <c>eng/install-test-tools.sh</c> does.</summary>
    public static bool IsAvailable => Find() is not null;

    /// <summary>Sets the clock right, and returns the settings of a process that shall have it, as environment variables.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Start()
    {
        string library = Find() ?? throw new InvalidOperationException("Cannot give a process a clock of its own: libfaketime is not installed. Run eng/install-test-tools.sh.");
        Set(TimeSpan.Zero);
        return
        [
            new("LD_PRELOAD", library),
            new("FAKETIME_TIMESTAMP_FILE", _file),
            new("FAKETIME_NO_CACHE", "1"),
            new("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ];
    }

    /// <summary>Sets the clock to the machine's time and an offset, at once.</summary>
    public void Set(TimeSpan offset)
    {
        string written = _file + ".new";
        File.WriteAllText(written, offset.TotalSeconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture) + "\n");
        File.Move(written, _file, overwrite: true);
    }

    private static string? Find() => Directory.EnumerateDirectories("/usr/lib")
        .Append("/usr/lib")
        .Select(static path => Path.Combine(path, "faketime", Library))
        .FirstOrDefault(File.Exists);
}
