namespace Mempulse.Mutation;

/// <summary>A project of src whose generic mutants are an area, and which has a test project of its own.</summary>
/// <param name="Name">Without "Mempulse.".</param>
/// <param name="LeftOut">Slow test classes that do not run: a mutant that only they would notice counts as a survivor.</param>
internal sealed record GenericProject(string Name, params IReadOnlyList<string> LeftOut)
{
    /// <summary>The projects at the core of the product.</summary>
    public static IReadOnlyList<GenericProject> All { get; } =
    [
        new("Storage"),
        new("Sim"),
        new("ChainState", "NodeStepsTests", "ProofRequirementTests", "RandomProgramTests", "UniswapBundleTests", "UntrustedNodeTests"), // they start anvil
        new("Replay"),
        new("Canon"),
    ];

    /// <summary>Where its tests are.</summary>
    public string TestProject => $"Mempulse.{Name}.Tests";

    /// <summary>Selects the tests that run, in the syntax of dotnet test --filter; null for all.</summary>
    public string? Filter => LeftOut.Count == 0 ? null : string.Join('&', LeftOut.Select(name => $"FullyQualifiedName!~.{name}."));
}
