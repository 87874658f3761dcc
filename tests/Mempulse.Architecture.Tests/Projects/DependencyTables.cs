namespace Mempulse.Architecture.Tests.Projects;

/// <summary>The two tables of docs/dependencies.md: the project graph and the packages.</summary>
internal sealed record DependencyTables(IReadOnlyDictionary<string, IReadOnlyList<string>> Projects, IReadOnlyDictionary<string, string> Packages)
{
    /// <summary>The tables of this repository.</summary>
    public static DependencyTables Documented { get; } = Parse(Repository.Read("docs/dependencies.md"));

    /// <summary>Reads the rows under the headings "Projects" and "Packages".</summary>
    public static DependencyTables Parse(string markdown) => new(
        Rows(markdown, "## Projects").ToDictionary(
            cells => Name(cells[1]),
            cells => (IReadOnlyList<string>)[.. Names(cells[3]).Order(StringComparer.Ordinal)]),
        Rows(markdown, "## Packages").ToDictionary(cells => Name(cells[0]), cells => cells[2]));

    private static IEnumerable<string[]> Rows(string markdown, string heading) => markdown
        .Split('\n')
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
        .Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith('|'))
        .Skip(2) // header and rule
        .Select(line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries));

    private static IEnumerable<string> Names(string cell) =>
        cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(name => name != "-").Select(Name);

    private static string Name(string cell) => cell.Trim('`', ' ');
}
