namespace Mempulse.Architecture.Tests.Projects;

/// <summary>The differences between the projects and docs/dependencies.md.</summary>
internal static class ProjectGraphRule
{
    private static readonly string[] Layers = ["Deterministic", "Library", "Orleans", "Host", "Test", "Benchmark"];

    /// <summary>References that are in only one of the two.</summary>
    public static IEnumerable<string> References(IEnumerable<Project> shipped, DependencyTables tables)
    {
        var seen = new HashSet<string>();
        foreach (var project in shipped)
        {
            seen.Add(project.Name);
            if (!tables.Projects.TryGetValue(project.Name, out var documented))
            {
                yield return $"{project.Name} has no row.";
                continue;
            }

            foreach (string extra in project.References.Except(documented))
            {
                yield return $"{project.Name} refers to {extra}, which its row does not name.";
            }

            foreach (string missing in documented.Except(project.References))
            {
                yield return $"{project.Name}'s row names {missing}, to which it does not refer.";
            }
        }

        foreach (string ghost in tables.Projects.Keys.Where(name => !seen.Contains(name)))
        {
            yield return $"{ghost} has a row and no project.";
        }
    }

    /// <summary>Packages used without a reason, or listed and not used.</summary>
    public static IEnumerable<string> Packages(IEnumerable<Project> all, DependencyTables tables)
    {
        var used = all.SelectMany(project => project.Packages).ToHashSet();
        return used.Where(package => !tables.Packages.TryGetValue(package, out string? reason) || reason.Length < 10)
            .Select(package => $"{package} is used and has no row with a reason.")
            .Concat(tables.Packages.Keys.Where(package => !used.Contains(package)).Select(package => $"{package} has a row and is not used."));
    }

    /// <summary>Projects without a layer, or with an unknown one.</summary>
    public static IEnumerable<string> UndeclaredLayers(IEnumerable<Project> all) => all
        .Where(project => !Layers.Contains(project.Layer))
        .Select(project => $"{project.Name} declares the layer '{project.Layer}'.");
}
