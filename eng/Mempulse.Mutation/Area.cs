namespace Mempulse.Mutation;

/// <summary>What is run at once: the promise mutants of a part of the product, or the generic mutants of a project at its core.</summary>
/// <param name="Name">The name of the file in tests/mutants without its extension, or the project's name in lower case.</param>
/// <param name="GenericProject">The project; null for promise mutants.</param>
internal sealed record Area(string Name, GenericProject? GenericProject = null)
{
    /// <summary>Where the promise mutants are, from the root.</summary>
    public const string Folder = "tests/mutants";

    /// <summary>The areas of a checkout: promise mutants in the order of their names, then generic mutants.</summary>
    public static IReadOnlyList<Area> Of(string root) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(root, Folder), "*.json")
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()
            .Order(StringComparer.Ordinal)
            .Select(name => new Area(name)),
        .. GenericProject.All.Select(project => new Area(project.Name.ToLowerInvariant(), project)),
    ];
}
