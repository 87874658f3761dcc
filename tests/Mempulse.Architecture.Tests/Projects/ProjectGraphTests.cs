namespace Mempulse.Architecture.Tests.Projects;

/// <summary>The project graph matches docs/dependencies.md.</summary>
public sealed class ProjectGraphTests
{
    private const string Table = """
        ## Projects
        | L | project | responsibility | refers to |
        |---|---|---|---|
        | 0 | `A` | one | - |
        | 1 | `B` | two | `A` |
        ## Packages
        | package | used by | why |
        |---|---|---|
        | `Known` | `B` | because it is needed |
        """;

    [Fact]
    public void Project_references_and_table_rows_match() =>
        Findings.None(ProjectGraphRule.References(Project.Shipped, DependencyTables.Documented));

    [Fact]
    public void Package_references_and_table_rows_match() =>
        Findings.None(ProjectGraphRule.Packages(Project.All.Append(BuildTargets()), DependencyTables.Documented));

    [Fact]
    public void Every_project_declares_its_layer() => Findings.None(ProjectGraphRule.UndeclaredLayers(Project.All));

    [Fact]
    public void Every_shipped_project_is_scanned() =>
        Assert.Superset(new HashSet<string> { "Mempulse.Primitives", "Mempulse.Canon", "Mempulse.Node" }, Project.Shipped.Select(project => project.Name).ToHashSet());

    [Fact]
    public void Canary_a_reference_missing_from_the_table_is_caught() =>
        Assert.Equal(["B refers to C, which its row does not name."], Check(Of("A"), Of("B", "A", "C")));

    [Fact]
    public void Canary_a_reference_missing_from_the_project_is_caught() =>
        Assert.Equal(["B's row names A, to which it does not refer."], Check(Of("A"), Of("B")));

    [Fact]
    public void Canary_a_project_without_a_row_is_caught() =>
        Assert.Equal(["C has no row."], Check(Of("A"), Of("B", "A"), Of("C")));

    [Fact]
    public void Canary_a_row_without_a_project_is_caught() =>
        Assert.Equal(["B has a row and no project."], Check(Of("A")));

    [Fact]
    public void Canary_packages_that_differ_from_the_table_are_caught()
    {
        var project = Project.Parse("B", """<Project><ItemGroup><PackageReference Include="Unknown" /></ItemGroup></Project>""");

        var findings = ProjectGraphRule.Packages([project], DependencyTables.Parse(Table));

        Assert.Equal(["Unknown is used and has no row with a reason.", "Known has a row and is not used."], findings);
    }

    [Theory]
    [InlineData("<Project />")]
    [InlineData("<Project><PropertyGroup><MempulseLayer>Misc</MempulseLayer></PropertyGroup></Project>")]
    public void Canary_a_project_without_a_known_layer_is_caught(string xml) =>
        Assert.Single(ProjectGraphRule.UndeclaredLayers([Project.Parse("X", xml)]));

    private static IEnumerable<string> Check(params Project[] projects) =>
        ProjectGraphRule.References(projects, DependencyTables.Parse(Table));

    private static Project Of(string name, params string[] references) => new(name, "Library", name, references, []);

    /// <summary>Directory.Build.targets adds packages to every project.</summary>
    private static Project BuildTargets() => Project.Parse("Directory.Build", Repository.Read("Directory.Build.targets"));
}
