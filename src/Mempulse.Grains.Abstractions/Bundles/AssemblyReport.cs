namespace Mempulse.Grains.Abstractions.Bundles;

/// <summary>Whether bundles are made.</summary>
/// <param name="Standing">What is made, in a sentence: no bundles and why, bundles without signatures, dry runs, or live bundles.</param>
/// <param name="Problem">What failed, in a sentence; empty if nothing did. /health says it.</param>
/// <param name="IsOff">True if no bundle is made, whatever happens.</param>
[GenerateSerializer, Immutable, Alias("mempulse.assembly-report")]
public sealed record AssemblyReport([property: Id(0)] string Standing, [property: Id(1)] string Problem, [property: Id(2)] bool IsOff)
{
    /// <summary>Before the first look.</summary>
    public static AssemblyReport None { get; } = new(string.Empty, string.Empty, IsOff: false);
}
