using Mono.Cecil;

namespace Mempulse.Architecture.Tests.Reachability;

/// <summary>Distinguishes generated types from ours.</summary>
internal static class GeneratedCode
{
    /// <summary>What the Razor compiler makes of a file that only has usings.</summary>
    private const string RazorImports = "_Imports";

    /// <summary>True for a type that the compiler or a generator created completely.</summary>
    public static bool Marks(TypeDefinition type) =>
        type.Name == RazorImports || type.CustomAttributes.Any(attribute => attribute.AttributeType.Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute");
}
