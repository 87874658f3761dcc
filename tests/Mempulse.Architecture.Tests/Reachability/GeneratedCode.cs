using Mono.Cecil;

namespace Mempulse.Architecture.Tests.Reachability;

/// <summary>Distinguishes generated types from ours.</summary>
internal static class GeneratedCode
{
    /// <summary>True for a type that the compiler or a generator created completely.</summary>
    public static bool Marks(TypeDefinition type) =>
        type.CustomAttributes.Any(attribute => attribute.AttributeType.Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute");
}
