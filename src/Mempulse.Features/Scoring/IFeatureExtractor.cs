using Mempulse.Features.Traits;

namespace Mempulse.Features.Scoring;

/// <summary>Reads from a waiting transaction and the fold what a score is made of. A function of its arguments, with integers only.</summary>
/// <remarks>Immutable and thread-safe. Its version rises whenever the same state gives other features.</remarks>
public interface IFeatureExtractor
{
    /// <summary>Its name in configuration and in events, such as "mempool".</summary>
    string Id { get; }

    /// <summary>Its version, from 1.</summary>
    int Version { get; }

    /// <summary>Reads the features of a transaction at the state of the views.</summary>
    /// <param name="tx">What the transaction says.</param>
    /// <param name="views">What the fold knows.</param>
    TxFeatures Extract(in TxTraits tx, FoldViews views);
}
