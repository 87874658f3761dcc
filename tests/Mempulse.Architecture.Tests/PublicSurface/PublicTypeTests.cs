using Mempulse.Architecture.Tests.Projects;

namespace Mempulse.Architecture.Tests.PublicSurface;

/// <summary>A type of L1 to L3 is public only if it is in the reviewed list.</summary>
public sealed class PublicTypeTests
{
    [Fact]
    public void Public_types_above_L0_are_the_reviewed_ones()
    {
        var actual = PublicTypes.Actual(Project.Shipped.Where(project => project.Layer != "Deterministic"));

        var differences = string.Join('\n', PublicTypes.Differences(actual, PublicTypes.Reviewed()));

        Assert.True(differences.Length == 0, $"Make these internal, or edit {PublicTypes.ListPath}:\n{differences}");
    }

    [Fact]
    public void Public_types_are_found() =>
        Assert.Contains("Mempulse.Primitives.Hash256", PublicTypes.Actual(Project.Shipped.Where(project => project.Layer == "Deterministic")));

    [Fact]
    public void Canary_a_missing_and_a_superfluous_list_entry_are_caught() =>
        Assert.Equal(["+ New", "- Gone"], PublicTypes.Differences(["New", "Same"], ["Gone", "Same"]));
}
