using Mempulse.Features.Book;
using Mempulse.Features.Failures;
using Mempulse.Features.Rules;
using Mempulse.Features.Traits;
using Mempulse.Replay;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Scoring;

/// <summary>What the fold knows, for flags and features. Read it in derivations and between facts; confined to the fold's thread.</summary>
public sealed class FoldViews
{
    /// <summary>Transactions, accounts and the chain.</summary>
    public required IMempoolView Pool { get; init; }

    /// <summary>The rules that the log states.</summary>
    public required IRulesView Rules { get; init; }

    /// <summary>What waiting transactions say, and the fees of the last blocks.</summary>
    public required ITraitView Traits { get; init; }

    /// <summary>Which calls failed.</summary>
    public required IFailureView Failures { get; init; }

    /// <summary>The pools that the log describes; null if this fold keeps none.</summary>
    public IPoolBook? Book { get; init; }

    /// <summary>The views of an engine with the derivations of this assembly.</summary>
    public static FoldViews Of(ReplayEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return new FoldViews { Pool = engine.Pool, Rules = engine.View<IRulesView>(), Traits = engine.View<ITraitView>(), Failures = engine.View<IFailureView>(), Book = engine.FindView<IPoolBook>() };
    }
}
