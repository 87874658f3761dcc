namespace Mempulse.Architecture.Tests.Sources;

/// <summary>One of our C# files.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    /// <summary>All files; intentionally wrong ones are in folders called Canary or Canaries and are excluded.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
        [.. Repository.Files(".cs").Where(path => !path.Contains("/Canar", StringComparison.Ordinal)).Select(path => Of(path, Repository.Read(path)))];

    /// <summary>True below tests/.</summary>
    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>True for shipped code: src and the two host projects.</summary>
    public bool IsProduction => IsShipped || Path.StartsWith("Mempulse.", StringComparison.Ordinal);

    /// <summary>True below src/.</summary>
    public bool IsShipped => Path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>A file with this text.</summary>
    public static SourceFile Of(string path, string text) => new(path, text.TrimEnd('\n').Split('\n'));
}
