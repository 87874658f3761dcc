using Mono.Cecil;

namespace Mempulse.Architecture.Tests.Reachability;

/// <summary>The types that a runtime finds without a call in our code: programs, module initialisers, pages, grains, converters.</summary>
internal static class RuntimeRoots
{
    /// <summary>The entry points of an assembly: the type of Main, module initialisers, stream subscribers, and pages, which the router finds.</summary>
    public static IEnumerable<TypeDefinition> Of(ModuleDefinition module)
    {
        if (module.EntryPoint is { } main)
        {
            yield return main.DeclaringType;
        }

        foreach (var type in module.Types.Where(type => Has(type, "ImplicitStreamSubscriptionAttribute") || Has(type, "RouteAttribute") || type.Methods.Any(method => Has(method, "ModuleInitializerAttribute"))))
        {
            yield return type;
        }
    }

    /// <summary>The types whose use brings <paramref name="type"/> into use: the interfaces of a grain, the type that a converter converts.</summary>
    public static IEnumerable<string> Leaders(TypeDefinition type)
    {
        var interfaces = type.Interfaces.Select(implemented => implemented.InterfaceType);
        if (Has(type, "GrainTypeAttribute"))
        {
            return interfaces.Select(implemented => implemented.GetElementType().FullName);
        }

        return Has(type, "RegisterConverterAttribute")
            ? interfaces.OfType<GenericInstanceType>().Select(converter => converter.GenericArguments[0].GetElementType().FullName)
            : [];
    }

    private static bool Has(ICustomAttributeProvider member, string attribute) => member.CustomAttributes.Any(candidate => candidate.AttributeType.Name == attribute);
}
