using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Mempulse.Architecture.Tests.Namespaces;

/// <summary>Which namespace of an assembly depends on which, with one dependency as the witness of each edge.</summary>
internal sealed class NamespaceGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _edges = new(StringComparer.Ordinal);

    /// <summary>Reads the namespaces that start with <paramref name="prefix"/>; parents and children are separate nodes.</summary>
    public NamespaceGraph(System.Reflection.Assembly assembly, string prefix)
    {
        foreach (var type in new ArchLoader().LoadAssemblies(assembly).Build().Types.Where(type => IsOurs(type, prefix)))
        {
            foreach (var dependency in type.Dependencies.Where(dependency => IsOurs(dependency.Target, prefix)))
            {
                Add(type, dependency.Target);
            }
        }
    }

    /// <summary>Number of namespaces that depend on another one.</summary>
    public int Count => _edges.Count;

    /// <summary>A sentence for each pair of namespaces that reach each other, with the dependency that closes the cycle.</summary>
    public IEnumerable<string> Cycles()
    {
        foreach (var (from, targets) in _edges)
        {
            foreach (var (to, witness) in targets)
            {
                if (Reaches(to, from, []))
                {
                    yield return $"{from} -> {to} is part of a cycle ({witness}).";
                }
            }
        }
    }

    private static bool IsOurs(IType type, string prefix) =>
        type.Namespace is { } slice && (slice.FullName == prefix || slice.FullName.StartsWith(prefix + ".", StringComparison.Ordinal));

    private void Add(IType from, IType to)
    {
        if (from.Namespace.FullName == to.Namespace.FullName)
        {
            return;
        }

        if (!_edges.TryGetValue(from.Namespace.FullName, out var targets))
        {
            _edges[from.Namespace.FullName] = targets = new SortedDictionary<string, string>(StringComparer.Ordinal);
        }

        targets.TryAdd(to.Namespace.FullName, $"{from.Name} uses {to.Name}");
    }

    private bool Reaches(string from, string to, HashSet<string> visited) =>
        from == to
        || (visited.Add(from) && _edges.TryGetValue(from, out var targets) && targets.Keys.Any(next => Reaches(next, to, visited)));
}
