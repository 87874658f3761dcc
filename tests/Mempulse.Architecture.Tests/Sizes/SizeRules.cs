using Mempulse.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mempulse.Architecture.Tests.Sizes;

/// <summary>Maximum lengths of a type over all of its partials, and of a method.</summary>
internal static class SizeRules
{
    /// <summary>Lines of a type over its partials; nested types count, except in a closed hierarchy.</summary>
    public const int MaxTypeLines = 450;

    /// <summary>Lines of a method between its braces.</summary>
    public const int MaxMethodLines = 40;

    /// <summary>Types over <see cref="MaxTypeLines"/>, each with the number of its lines.</summary>
    public static IEnumerable<Oversize> LongTypes(IReadOnlyCollection<SyntaxFile> files)
    {
        var branches = files.SelectMany(file => file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>())
            .Where(type => type.Modifiers.Any(SyntaxKind.AbstractKeyword))
            .SelectMany(branch => BasesOf(branch).Select(parent => (branch.Identifier.Text, parent)))
            .ToHashSet();
        return from file in files
               from type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
               where type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax
               group SyntaxFile.Lines(type) - CaseLines(type, branches) by NameOf(type) into parts
               let lines = parts.Sum()
               where lines > MaxTypeLines
               select new Oversize(parts.Key, lines);
    }

    /// <summary>Methods, constructors, operators, accessors and local functions over <see cref="MaxMethodLines"/>.</summary>
    public static IEnumerable<Oversize> LongMethods(IEnumerable<SyntaxFile> files) =>
        from file in files
        from node in file.Root.DescendantNodes()
        let body = BodyOf(node)
        where body is not null
        let lines = SyntaxFile.Lines(body) - BraceLines(body)
        where lines > MaxMethodLines
        select new Oversize(MethodName(node), lines);

    private static SyntaxNode? BodyOf(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
        PropertyDeclarationSyntax { ExpressionBody: { } expression } => expression,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
        _ => null,
    };

    private static int BraceLines(SyntaxNode body) => body is BlockSyntax ? 2 : 0;

    /// <summary>The cases of a closed hierarchy are separate types that must be nested; so are those of an abstract branch of it.</summary>
    private static int CaseLines(BaseTypeDeclarationSyntax type, HashSet<(string Branch, string Parent)> branches)
    {
        return type is TypeDeclarationSyntax holder && type.Modifiers.Any(SyntaxKind.AbstractKeyword)
            ? holder.Members.OfType<TypeDeclarationSyntax>().Where(nested => BasesOf(nested).Any(IsOfHierarchy)).Sum(SyntaxFile.Lines)
            : 0;

        bool IsOfHierarchy(string parent) => parent == type.Identifier.Text || branches.Contains((parent, type.Identifier.Text));
    }

    private static IEnumerable<string> BasesOf(TypeDeclarationSyntax type) => type.BaseList?.Types.Select(parent => parent.Type.ToString()) ?? [];

    private static string MethodName(SyntaxNode node)
    {
        string type = node.Ancestors().OfType<BaseTypeDeclarationSyntax>().First().Identifier.Text;
        return node switch
        {
            MethodDeclarationSyntax method => $"{type}.{method.Identifier.Text}",
            PropertyDeclarationSyntax property => $"{type}.{property.Identifier.Text}",
            LocalFunctionStatementSyntax local => $"{type}.{local.Identifier.Text}",
            _ => $"{type}.{node.Kind()}",
        };
    }

    private static string NameOf(BaseTypeDeclarationSyntax type)
    {
        string name = type is TypeDeclarationSyntax { TypeParameterList: { } parameters } ? $"{type.Identifier.Text}`{parameters.Parameters.Count}" : type.Identifier.Text;
        return type.Parent is BaseNamespaceDeclarationSyntax space ? $"{space.Name}.{name}" : name;
    }
}
