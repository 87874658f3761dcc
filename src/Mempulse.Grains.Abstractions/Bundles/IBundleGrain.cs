namespace Mempulse.Grains.Abstractions.Bundles;

/// <summary>One bundle on its way to the relays, whose state is its own events. Its key is "chain/id".</summary>
[Alias("mempulse.IBundleGrain")]
public interface IBundleGrain : IGrainWithStringKey
{
    /// <summary>Goes on with what is next: sends it to each relay that does not have it, or asks relays that may have it to forget it. Safe to repeat.</summary>
    /// <returns>Why nothing can be done, in a sentence, at once; empty if it is done, or under way.</returns>
    [Alias("Advance")]
    ValueTask<string> Advance();
}
