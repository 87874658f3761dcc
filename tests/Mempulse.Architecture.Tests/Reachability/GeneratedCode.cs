using Mono.Cecil;

namespace Mempulse.Architecture.Tests.Reachability;

/// <summary>What tells a generator's type from one we wrote.</summary>
internal static class GeneratedCode
{
    /// <summary>True for a type that the compiler or a generator made as a whole.</summary>
    public static bool Marks(TypeDefinition type) =>
        type.CustomAttributes.Any(attribute => attribute.AttributeType.Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute");
}
