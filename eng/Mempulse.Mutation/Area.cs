namespace Mempulse.Mutation;

/// <summary>A part of the product: a file of promise mutants, and the projects whose code generic mutants change.</summary>
/// <param name="Name">The name of the file in tests/mutants, without its extension.</param>
/// <param name="GenericProjects">Projects of src, each with a test project of its own, without "Mempulse.".</param>
internal sealed record Area(string Name, IReadOnlyList<string> GenericProjects)
{
    /// <summary>Where the promise mutants are, from the root.</summary>
    public const string Folder = "tests/mutants";

    private static readonly Dictionary<string, string[]> Generic = new(StringComparer.Ordinal)
    {
        ["fold"] = ["Replay"],
        ["log"] = ["Canon", "Storage"],
        ["simulation"] = ["ChainState", "Sim"],
    };

    /// <summary>The areas of a checkout, in the order of their names.</summary>
    public static IReadOnlyList<Area> Of(string root) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(root, Folder), "*.json")
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()
            .Order(StringComparer.Ordinal)
            .Select(name => new Area(name, Generic.GetValueOrDefault(name, []))),
    ];
}
