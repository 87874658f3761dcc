using System.Globalization;
using System.Text.RegularExpressions;

namespace Mempulse.Architecture.Tests.Sources;

/// <summary>What no file may contain, and how long one may be. Each rule returns one sentence per violation.</summary>
internal static partial class SourceRules
{
    /// <summary>Hard limit; the target is 300.</summary>
    public const int MaxLines = 400;

    /// <summary>The median file is no longer than this.</summary>
    public const int MaxMedianLines = 80;

    /// <summary>Suppressions allowed in 1,000 lines.</summary>
    public const double MaxSuppressionsPerThousandLines = 0.05;

    private const int MinReasonLength = 10;

    private static readonly string[] MakesEngines = ["src/Mempulse.Replay/", "tests/Mempulse.Replay.Tests/", "src/Mempulse.Folding/FoldComposition.cs"];

    /// <summary>Files over <see cref="MaxLines"/>.</summary>
    public static IEnumerable<string> TooLong(IEnumerable<SourceFile> files) =>
        files.Where(file => file.Lines.Count > MaxLines).Select(file => $"{file.Path} has {file.Lines.Count} lines.");

    /// <summary>The median length of the shipped files.</summary>
    public static int MedianLines(IEnumerable<SourceFile> files)
    {
        int[] lengths = [.. files.Where(file => file.IsShipped).Select(file => file.Lines.Count).Order()];
        return lengths.Length == 0 ? 0 : lengths[lengths.Length / 2];
    }

    /// <summary>Lines that no file may have.</summary>
    public static IEnumerable<string> Forbidden(IEnumerable<SourceFile> files) => Find(files, ForbiddenText());

    /// <summary>Lines that no test may have: real time and sleeps, except an endless delay until cancellation. Only <c>Mempulse.Testing</c> waits.</summary>
    public static IEnumerable<string> ForbiddenInTests(IEnumerable<SourceFile> files) =>
        Find(files.Where(file => file.IsTest && !file.Path.StartsWith("tests/Mempulse.Testing/", StringComparison.Ordinal)), SleepInTest());

    /// <summary>Engines created outside the composition, which alone knows all derivations; the fold's own project and its tests may.</summary>
    public static IEnumerable<string> EnginesOutsideTheComposition(IEnumerable<SourceFile> files) =>
        Find(files.Where(file => !MakesEngines.Any(path => file.Path.StartsWith(path, StringComparison.Ordinal))), MadeEngine());

    /// <summary>Suppressions without a reason.</summary>
    public static IEnumerable<string> UnreasonedSuppressions(IEnumerable<SourceFile> files) =>
        Suppressions(files).Where(found => !HasReason(found.File, found.Index)).Select(found => At(found.File, found.Index));

    /// <summary>Suppressions per 1,000 lines over all files.</summary>
    public static double SuppressionsPerThousandLines(IReadOnlyCollection<SourceFile> files) =>
        1000.0 * Suppressions(files).Count() / Math.Max(1, files.Sum(file => file.Lines.Count));

    private static IEnumerable<(SourceFile File, int Index)> Suppressions(IEnumerable<SourceFile> files) =>
        from file in files
        from index in Enumerable.Range(0, file.Lines.Count)
        where Suppression().IsMatch(file.Lines[index])
        select (file, index);

    /// <summary>A reason is in the attribute's Justification or in a comment on the line or the one above.</summary>
    private static bool HasReason(SourceFile file, int index)
    {
        string line = file.Lines[index];
        string above = index > 0 ? file.Lines[index - 1] : string.Empty;
        return line.Contains("Justification = \"", StringComparison.Ordinal)
            || (index + 1 < file.Lines.Count && file.Lines[index + 1].Contains("Justification = \"", StringComparison.Ordinal))
            || Comment().Match(line).Length >= MinReasonLength
            || Comment().Match(above).Length >= MinReasonLength;
    }

    private static IEnumerable<string> Find(IEnumerable<SourceFile> files, Regex pattern) =>
        from file in files
        from index in Enumerable.Range(0, file.Lines.Count)
        where pattern.IsMatch(file.Lines[index])
        select At(file, index);

    private static string At(SourceFile file, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Path}:{index + 1}: {file.Lines[index].Trim()}");

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b|\bnew (System\.)?(Application|System|NotImplemented)?Exc" + @"eption\(|\basync vo" + @"id\b|^\s*#reg" + @"ion|\bDate(Time|TimeOffset)\.(Utc)?No" + @"w\b|catch\s*\{\s*\}|^\s*//\s*(var|return|await|if|foreach)\b.*;\s*$")]
    private static partial Regex ForbiddenText();

    [GeneratedRegex(@"Thread\.Sle" + @"ep\(|Task\.De" + @"lay\((?!Timeout\.Infinite)|Stopwatch\.Start" + @"New|SpinWait\.SpinUntil|Skip\s*=\s*""|Assert\.Sk" + @"ip")]
    private static partial Regex SleepInTest();

    [GeneratedRegex(@"\bReplayEngine\s*\.\s*(Cre" + @"ate|Rest" + @"ore)\(")]
    private static partial Regex MadeEngine();

    [GeneratedRegex(@"#pragma warning dis" + @"able|\[(assembly:\s*)?(\w+:\s*)?Suppress" + @"Message\(|#nullable dis" + @"able")]
    private static partial Regex Suppression();

    [GeneratedRegex(@"//.*$")]
    private static partial Regex Comment();
}
