using Mempulse.Features.Traits;

namespace Mempulse.Features.Scoring;

/// <summary>For scorers that look at nothing but what the transaction says: no features.</summary>
public sealed class TraitExtractor : IFeatureExtractor
{
    /// <inheritdoc/>
    public string Id => "traits";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public TxFeatures Extract(in TxTraits tx, FoldViews views) => default;
}
