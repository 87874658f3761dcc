using Mempulse.Architecture.Tests.Projects;
using Mempulse.Architecture.Tests.Reachability;
using Mono.Cecil;

namespace Mempulse.Architecture.Tests.PublicSurface;

/// <summary>The public types of assemblies, compared with the list beside this file.</summary>
internal static class PublicTypes
{
    /// <summary>Path of the reviewed list, from the root.</summary>
    public const string ListPath = "tests/Mempulse.Architecture.Tests/PublicSurface/public-types.txt";

    /// <summary>The list's entries.</summary>
    public static IReadOnlyList<string> Reviewed() =>
        [.. Repository.Read(ListPath).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];

    /// <summary>Every public top-level type of the projects of L1 to L3, in ordinal order. Generated types are excluded, and components: the Razor compiler makes every one public.</summary>
    public static IReadOnlyList<string> Actual(IEnumerable<Project> projects)
    {
        var names = new List<string>();
        foreach (var project in projects)
        {
            using var assembly = Assemblies.Read(project);
            names.AddRange(assembly.MainModule.Types.Where(IsOursAndPublic).Select(type => type.FullName));
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>Lines to add to and to remove from the list.</summary>
    public static IEnumerable<string> Differences(IReadOnlyList<string> actual, IReadOnlyList<string> reviewed) =>
        actual.Except(reviewed).Select(name => "+ " + name).Concat(reviewed.Except(actual).Select(name => "- " + name));

    private static bool IsOursAndPublic(TypeDefinition type) =>
        type.IsPublic
        && !IsComponent(type)
        && type.Namespace.StartsWith("Mempulse", StringComparison.Ordinal)
        && !GeneratedCode.Marks(type);

    private static bool IsComponent(TypeDefinition type) =>
        type.BaseType is { } parent && (parent.FullName == "Microsoft.AspNetCore.Components.ComponentBase" || (parent.Resolve() is { } resolved && IsComponent(resolved)));
}
