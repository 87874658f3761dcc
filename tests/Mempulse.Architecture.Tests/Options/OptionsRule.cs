using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Mempulse.Architecture.Tests.Options;

/// <summary>Every options class is sealed, bounds its numbers and times, and is validated before use. Reads IL; returns one sentence per violation.</summary>
internal static class OptionsRule
{
    /// <summary>Generic methods that validate the options passed to them, immediately or on start.</summary>
    private static readonly string[] Checks = ["AddCheckedOptions", "Problems", "ReadSection", "ValidateOnStart"];

    private static readonly string[] Numbers = ["Int32", "UInt32", "Int64", "UInt64", "Double", "TimeSpan"];

    /// <summary>The violations in the options classes of these assemblies.</summary>
    public static IEnumerable<string> Findings(IReadOnlyList<AssemblyDefinition> assemblies)
    {
        var types = assemblies.SelectMany(assembly => assembly.MainModule.GetAllTypes()).ToList();
        var options = types.Where(IsOptions).ToList();
        var names = WithParts(types.SelectMany(type => type.Methods).Where(method => method.HasBody).SelectMany(CheckedBy).ToHashSet(), options);
        foreach (var type in options)
        {
            if (!type.IsSealed)
            {
                yield return $"{type.FullName} is not sealed.";
            }

            if (!names.Contains(type.FullName))
            {
                yield return $"{type.FullName} is not checked: nothing calls its Validate(), and no host registers it with AddCheckedOptions.";
            }

            foreach (var property in type.Properties.Where(property => property.SetMethod is { IsPublic: true } && IsNumber(property.PropertyType) && !IsBounded(property)))
            {
                yield return $"{type.FullName}.{property.Name} has no [Range], and Validate() does not read it.";
            }
        }
    }

    private static bool IsOptions(TypeDefinition type) =>
        type.IsClass && !(type.IsAbstract && type.IsSealed)
        && (type.Name.EndsWith("Options", StringComparison.Ordinal) || type.Name.EndsWith("Settings", StringComparison.Ordinal));

    /// <summary>The options that a method validates: by calling their Validate from outside, or through a generic method of <see cref="Checks"/>.</summary>
    private static IEnumerable<string> CheckedBy(MethodDefinition method)
    {
        foreach (var called in method.Body.Instructions.Where(instruction => instruction.OpCode.FlowControl == FlowControl.Call).Select(instruction => instruction.Operand).OfType<MethodReference>())
        {
            if (called is GenericInstanceMethod generic && Checks.Contains(generic.Name))
            {
                yield return generic.GenericArguments[0].FullName;
            }
            else if (called.Name == "Validate" && called.Parameters.Count == 0 && called.DeclaringType.FullName != method.DeclaringType.FullName)
            {
                yield return called.DeclaringType.FullName;
            }
        }
    }

    /// <summary>Validating options validates the options within them.</summary>
    private static HashSet<string> WithParts(HashSet<string> names, IReadOnlyList<TypeDefinition> options)
    {
        int before;
        do
        {
            before = names.Count;
            names.UnionWith(options.Where(type => names.Contains(type.FullName)).SelectMany(type => type.Properties).Select(property => property.PropertyType.FullName).ToList());
        }
        while (names.Count > before);
        return names;
    }

    private static bool IsNumber(TypeReference type) =>
        Numbers.Contains(type.Name) || (type is GenericInstanceType { Name: "Nullable`1" } nullable && IsNumber(nullable.GenericArguments[0]));

    private static bool IsBounded(PropertyDefinition property) =>
        property.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "RangeAttribute")
        || property.DeclaringType.Methods.Where(method => method.Name.EndsWith("Validate", StringComparison.Ordinal) && method.HasBody)
            .SelectMany(method => method.Body.Instructions)
            .Any(instruction => instruction.Operand is MethodReference called && called.Name == property.GetMethod.Name);
}
