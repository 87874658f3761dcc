using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mempulse.Architecture.Tests.Sources;

/// <summary>One C# file as the compiler parses it.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
/// <param name="Root">Its syntax.</param>
internal sealed record SyntaxFile(string Path, SyntaxNode Root)
{
    /// <summary>The files of production code.</summary>
    public static IReadOnlyList<SyntaxFile> Production { get; } = [.. SourceFile.All.Where(file => file.IsProduction).Select(Of)];

    /// <summary>Parses a file.</summary>
    public static SyntaxFile Of(SourceFile file) => new(file.Path, CSharpSyntaxTree.ParseText(string.Join('\n', file.Lines)).GetRoot());

    /// <summary>Lines from the first token of a node to its last.</summary>
    public static int Lines(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    /// <summary>The location of a node.</summary>
    public string At(SyntaxNode node) => $"{Path}:{node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1}";
}
