using System.Text.RegularExpressions;
using Mempulse.Architecture.Tests.Sources;

namespace Mempulse.Architecture.Tests.Repetition;

/// <summary>Finds runs of equal lines in files of two projects.</summary>
/// <remarks>Some lines do not count: blank lines, usings and namespaces, comments, braces and other punctuation. White space is folded.</remarks>
internal static partial class Repetitions
{
    /// <summary>Maximum number of lines in a run that two projects may share.</summary>
    public const int MaxLines = 15;

    /// <summary>One sentence for each pair of files of two projects that shares a run of more than <see cref="MaxLines"/> lines.</summary>
    public static IEnumerable<string> Between(IEnumerable<SourceFile> files)
    {
        var places = new Dictionary<string, (SourceFile File, int Line)>(StringComparer.Ordinal);
        var found = new HashSet<(string, string)>();
        foreach (var file in files)
        {
            var lines = Lines(file).ToArray();
            for (int start = 0; start + MaxLines < lines.Length; start++)
            {
                string run = string.Join('\n', lines.AsSpan(start, MaxLines + 1).ToArray().Select(line => line.Text));
                var here = (File: file, lines[start].Line);
                if (!places.TryAdd(run, here)
                    && places[run] is var first
                    && ProjectOf(first.File) != ProjectOf(file)
                    && found.Add((first.File.Path, file.Path)))
                {
                    yield return $"{file.Path}:{here.Line} repeats more than {MaxLines} lines of {first.File.Path}:{first.Line}.";
                }
            }
        }
    }

    private static IEnumerable<(string Text, int Line)> Lines(SourceFile file) =>
        from index in Enumerable.Range(0, file.Lines.Count)
        let text = WhiteSpace().Replace(file.Lines[index].Trim(), " ")
        where !Empty().IsMatch(text)
        select (text, index + 1);

    private static string ProjectOf(SourceFile file) => string.Join('/', file.Path.Split('/').Take(file.IsShipped ? 2 : 1));

    [GeneratedRegex(@"^(using .*;|namespace .*|//.*|\W*)$")]
    private static partial Regex Empty();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
