using Mempulse.Features.Book;
using Mempulse.Features.Markets;
using Mempulse.Features.Rules;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Strategies;

/// <summary>What the fold knows, for strategies. Read-only; confined to the fold's thread.</summary>
public sealed class StrategyViews
{
    /// <summary>The pools.</summary>
    public required IPoolBook Book { get; init; }

    /// <summary>The lending markets.</summary>
    public required IMarketBook Markets { get; init; }

    /// <summary>The rules that the log states.</summary>
    public required IRulesView Rules { get; init; }

    /// <summary>Transactions, accounts and the chain.</summary>
    public required IMempoolView Pool { get; init; }
}
