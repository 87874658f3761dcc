using System.Text.RegularExpressions;
using Mempulse.Architecture.Tests.Projects;
using Mempulse.Architecture.Tests.Sources;
using Mono.Cecil;

namespace Mempulse.Architecture.Tests.Reachability;

/// <summary>Types that no program, grain or other entry point reaches.</summary>
internal static partial class DeadTypes
{
    /// <summary>The dead types of the shipped assemblies if the types named <paramref name="kept"/> count as reached.</summary>
    public static IReadOnlyList<string> InProduction(IEnumerable<string> kept)
    {
        var modules = Project.Shipped.Select(project => Assemblies.Read(project).MainModule).ToArray();
        var graph = new TypeGraph(modules);
        var roots = modules.SelectMany(RuntimeRoots.Of).Concat(kept.Select(name => graph.Types[name]));
        return Of(graph, roots, SourceFile.All.Where(file => file.IsProduction));
    }

    /// <summary>The types of a graph that its roots do not reach, by full name in ordinal order.</summary>
    /// <param name="graph">All types.</param>
    /// <param name="roots">Those used from outside the graph.</param>
    /// <param name="sources">The files that declare them, which show what IL does not: where a constant is used.</param>
    public static IReadOnlyList<string> Of(TypeGraph graph, IEnumerable<TypeDefinition> roots, IEnumerable<SourceFile> sources)
    {
        var holders = graph.Types.Values.Where(HoldsConstants).ToLookup(type => type.Name, type => type.FullName);
        var users = ConstantUsers(holders, sources);
        var reached = graph.Reachable(roots, type => users.GetValueOrDefault(type.Name.Split('`')[0], []));
        return [.. graph.Types.Keys.Where(name => !reached.Contains(name))];
    }

    private static bool HoldsConstants(TypeDefinition type) => type.IsEnum || type.Fields.Any(field => field.HasConstant);

    /// <summary>For each type name, the holders of constants that its source file mentions.</summary>
    private static Dictionary<string, HashSet<string>> ConstantUsers(ILookup<string, string> holders, IEnumerable<SourceFile> sources)
    {
        var users = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var file in sources)
        {
            var code = file.Lines.Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).ToArray();
            string[] mentioned = [.. code.SelectMany(line => Word().Matches(line)).Select(match => match.Value).Distinct().SelectMany(word => holders[word])];
            foreach (string declared in code.Select(line => Declaration().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value))
            {
                users.TryAdd(declared, []);
                users[declared].UnionWith(mentioned);
            }
        }

        return users;
    }

    [GeneratedRegex(@"\b[A-Z]\w*\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:class|struct|record(?: struct| class)?|interface|enum) (\w+)")]
    private static partial Regex Declaration();
}
