using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Grains.Abstractions.Ranking;
using Mempulse.Grains.Abstractions.Reorgs;
using Mempulse.Grains.Abstractions.Sources;

namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>What the fold knows about a transaction beyond its own records.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.folded-tx")]
public sealed record FoldedTx
{
    /// <summary>The names of the sources.</summary>
    [Id(0)]
    public required IReadOnlyList<PoolSourceStatus> Sources { get; init; }

    /// <summary>How it spread; null when it was not observed recently.</summary>
    [Id(1)]
    public required TxSpread? Spread { get; init; }

    /// <summary>The chains that were left beyond finality, the newest last.</summary>
    [Id(2)]
    public IReadOnlyList<AbandonedStatus> Abandoned { get; init; } = [];

    /// <summary>Its risks and its score; null when its body did not come recently while a registry was in force.</summary>
    [Id(3)]
    public TxAppraisal? Appraisal { get; init; }

    /// <summary>What strategies found in it, in the order of the ranks.</summary>
    [Id(10)]
    public IReadOnlyList<OppView> Opportunities { get; init; } = [];
}
