using Mempulse.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mempulse.Architecture.Tests.Handlers;

/// <summary>Finds handlers that take every exception and neither throw it again nor say why.</summary>
/// <remarks>The compiler's analysis (CA1031) is content with any filter; a filter that only leaves some exceptions out still takes all others.</remarks>
internal static class CatchAlls
{
    /// <summary>The handlers without a reason: a comment in the handler, on its line or above it.</summary>
    public static IEnumerable<string> WithoutReason(IEnumerable<SyntaxFile> files) =>
        from file in files
        from handler in file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
        where TakesAll(handler) && !ThrowsAgain(handler) && !HasComment(handler)
        select $"{file.At(handler)} takes every exception and says no reason.";

    private static bool TakesAll(CatchClauseSyntax handler) =>
        handler.Declaration?.Type.ToString() is null or "Exception" or "System.Exception"
        && !(handler.Filter?.FilterExpression.DescendantNodesAndSelf().Any(Chooses) ?? false);

    /// <summary>True for a type pattern or a call that lets only some exceptions in.</summary>
    private static bool Chooses(SyntaxNode node) => node switch
    {
        IsPatternExpressionSyntax { Pattern: not UnaryPatternSyntax } => true,
        BinaryExpressionSyntax binary => binary.IsKind(SyntaxKind.IsExpression),
        _ => false,
    };

    private static bool ThrowsAgain(CatchClauseSyntax handler) =>
        handler.Block.Statements.LastOrDefault() is ThrowStatementSyntax;

    private static bool HasComment(CatchClauseSyntax handler) =>
        handler.DescendantTrivia(descendIntoTrivia: true).Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia));
}
