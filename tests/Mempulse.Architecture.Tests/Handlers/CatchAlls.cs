using Mempulse.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mempulse.Architecture.Tests.Handlers;

/// <summary>Finds handlers that catch every exception and neither rethrow it nor state a reason.</summary>
/// <remarks>The compiler's analysis (CA1031) accepts any filter; a filter that only excludes some exceptions still catches all others.</remarks>
internal static class CatchAlls
{
    /// <summary>The handlers without a reason: a comment in the handler, on its line or above it.</summary>
    public static IEnumerable<string> WithoutReason(IEnumerable<SyntaxFile> files) =>
        from file in files
        from handler in file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
        where TakesAll(handler) && !ThrowsAgain(handler) && !HasComment(handler)
        select $"{file.At(handler)} catches every exception without a stated reason.";

    private static bool TakesAll(CatchClauseSyntax handler) =>
        handler.Declaration?.Type.ToString() is null or "Exception" or "System.Exception"
        && !(handler.Filter?.FilterExpression.DescendantNodesAndSelf().Any(Chooses) ?? false);

    /// <summary>True for a type pattern or a call that admits only some exceptions.</summary>
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
