namespace Mempulse.Mutation;

/// <summary>A project of src whose generic mutants are an area, and which has a test project of its own.</summary>
/// <param name="Name">Without "Mempulse.".</param>
/// <param name="LeftOut">Slow tests that do not run, by class or class and method: a mutant that only they would notice counts as a survivor.</param>
internal sealed record GenericProject(string Name, params IReadOnlyList<string> LeftOut)
{
    /// <summary>The projects at the core of the product.</summary>
    public static IReadOnlyList<GenericProject> All { get; } =
    [
        new("Storage"),
        new("Sim"),
        new("ChainState", "NodeStepsTests", "ProofRequirementTests", "RandomProgramTests", "UniswapBundleTests", "UntrustedNodeTests"), // they start anvil
        new( // FixedHistoryTests compares a few histories with the models, where these take many, and fill tables of their real size
            "Replay", "BoundsTests", "FactDecodingTests", "HistoryProperties", "LifecycleModelTests", "ObservationModelTests", "PendingCheckpointTests",
            "SimBaseTests.Beyond_the_bound_the_one_on_the_lowest_base_is_no_longer_followed"),
        new( // they cut the power at every call, kill processes, or fill tables of their real size; the others stop at single points
            "Canon", "CrashPointTests", "SimulatedDiskFuzzTests", "LateDamageTests", "ProcessTests", "LaneLimitTests.A_lane_beyond_the_limit_is_refused_and_the_log_still_opens",
            "HousekeepingTests.No_more_damaged_places_are_kept_than_the_limit", "LostEndTests.A_loss_of_power_at_any_call_leaves_the_mark_at_or_below_what_is_on_the_device"),
    ];

    /// <summary>Where its tests are.</summary>
    public string TestProject => $"Mempulse.{Name}.Tests";

    /// <summary>Selects the tests that run, in the syntax of dotnet test --filter; null for all.</summary>
    public string? Filter => LeftOut.Count == 0 ? null : string.Join('&', LeftOut.Select(name => $"FullyQualifiedName!~.{name}"));
}
