namespace Mempulse.Outcomes.Bundles;

/// <summary>How many bundles the fold holds, and what its bounds left out.</summary>
/// <param name="Open">Bundles without a verdict.</param>
/// <param name="Decided">Bundles with one.</param>
/// <param name="Forgotten">Bundles that left before their target was final, because the bound was reached.</param>
/// <param name="RequestsUncounted">Events about requests beyond the bound: their bundles are not judged by what relays said.</param>
/// <param name="Unknown">Events about bundles that are not held.</param>
public readonly record struct BundleCounts(int Open, int Decided, ulong Forgotten, ulong RequestsUncounted, ulong Unknown);
