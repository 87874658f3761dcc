using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mempulse.Architecture.Tests.Determinism;

/// <summary>Members of allowed types that L0 may not use, because their results depend on the run or the machine.</summary>
internal static class ForbiddenMembers
{
    private static readonly string[] Numbers =
    [
        "System.SByte", "System.Byte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32", "System.Int64", "System.UInt64",
        "System.Int128", "System.UInt128", "System.IntPtr", "System.UIntPtr", "System.Decimal", "System.Numerics.BigInteger",
    ];

    private static readonly string[] CulturalStringMethods = ["ToLower", "ToUpper", "Compare", "CompareTo", "StartsWith", "EndsWith", "IndexOf", "LastIndexOf", "Format"];

    /// <summary>The rule that using <paramref name="member"/> at <paramref name="at"/> breaks, or null.</summary>
    public static string? RuleFor(MethodReference member, Instruction at)
    {
        string type = member.DeclaringType.FullName;
        return type switch
        {
            "System.Guid" when member.Name is "NewGuid" or "CreateVersion7" => Rule.Randomness,
            "System.Globalization.NumberFormatInfo" when member.Name is "get_CurrentInfo" => Rule.Culture,
            "System.StringComparer" when member.Name.Contains("Culture", StringComparison.Ordinal) => Rule.Culture,
            "System.String" when IsCultural(member) => Rule.Culture,
            _ when IsNumber(member, at) && DependsOnCulture(member, at) => Rule.Culture,
            _ when member.Name == "GetHashCode" || type == "System.HashCode" => Rule.HashValue,
            "System.Runtime.CompilerServices.RuntimeHelpers" when member.Name == "GetHashCode" => Rule.HashValue,
            _ => null,
        };
    }

    /// <summary>An overload without comparison or provider; those on a single character compare ordinally.</summary>
    private static bool IsCultural(MethodReference member) =>
        CulturalStringMethods.Contains(member.Name)
        && !member.Parameters.Any(parameter => parameter.ParameterType.FullName is "System.StringComparison" or "System.IFormatProvider" or "System.Char");

    /// <summary>A call on a number, directly or through a constrained call on object.</summary>
    private static bool IsNumber(MethodReference member, Instruction at) =>
        Numbers.Contains(member.DeclaringType.FullName)
        || (at.Previous is { OpCode.Code: Code.Constrained, Operand: TypeReference constrained } && Numbers.Contains(constrained.FullName));

    /// <summary>Formatting or parsing a number without a provider, or with null as the provider.</summary>
    private static bool DependsOnCulture(MethodReference member, Instruction at) =>
        member.Name is "ToString" or "Parse" or "TryParse" or "TryFormat"
        && (!member.Parameters.Any(IsProvider)
            || (member.Parameters is [.., var last] && IsProvider(last) && at.Previous?.OpCode.Code == Code.Ldnull));

    private static bool IsProvider(ParameterDefinition parameter) => parameter.ParameterType.FullName == "System.IFormatProvider";
}
