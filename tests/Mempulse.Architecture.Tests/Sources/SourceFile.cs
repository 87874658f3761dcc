namespace Mempulse.Architecture.Tests.Sources;

/// <summary>A C# file we wrote.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    /// <summary>All of them; what these tests do wrong on purpose lies in folders called Canary or Canaries.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
        [.. Repository.Files(".cs").Where(path => !path.Contains("/Canar", StringComparison.Ordinal)).Select(path => Of(path, Repository.Read(path)))];

    /// <summary>True below tests/.</summary>
    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>True for what ships: src and the two projects of the host.</summary>
    public bool IsProduction => IsShipped || Path.StartsWith("Mempulse.", StringComparison.Ordinal);

    /// <summary>True below src/.</summary>
    public bool IsShipped => Path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>A file with this text.</summary>
    public static SourceFile Of(string path, string text) => new(path, text.TrimEnd('\n').Split('\n'));
}
