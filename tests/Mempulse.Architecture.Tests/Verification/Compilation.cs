using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mempulse.Architecture.Tests.Verification;

/// <summary>Compiles code as another assembly would be, against the shipped ones.</summary>
internal static class Compilation
{
    private static readonly IReadOnlyList<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The distinct error codes; empty when the code compiles.</summary>
    public static IReadOnlyList<string> ErrorsOf(string code)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create("Attempt", [CSharpSyntaxTree.ParseText(code)], s_references, options);
        return [.. compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.Id).Distinct()];
    }
}
