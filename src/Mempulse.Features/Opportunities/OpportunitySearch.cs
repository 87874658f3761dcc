using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Features.Scoring;
using Mempulse.Features.Strategies;
using Mempulse.Features.Traits;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Opportunities;

/// <summary>Runs the strategies on a pending transaction, and scores what they find. Buffers are reused; confined to the fold's thread.</summary>
internal sealed class OpportunitySearch(OpportunityRules rules, IMempoolView pool)
{
    private readonly PendingTradeReader _reader = new();
    private readonly CandidateList _candidates = new();
    private readonly List<LogEvent.OppDetected> _found = [];
    private readonly StrategyViews _strategyViews = new() { Book = rules.Book, Markets = rules.Markets, Rules = rules.Rules, Pool = pool };
    private readonly FoldViews _foldViews = new() { Pool = pool, Rules = rules.Rules, Traits = rules.Traits, Failures = rules.Failures };

    /// <summary>What the last search left out.</summary>
    public ulong LeftOut { get; private set; }

    /// <summary>Reads what a trigger does to the pools.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="trigger">The trigger.</param>
    /// <param name="before">Transactions that run before it; those that are no triggers move no pool.</param>
    /// <returns>Valid until the next call.</returns>
    public PendingTrade Read(ContractRegistry registry, TriggerEntry trigger, params ReadOnlySpan<TriggerEntry> before)
    {
        _reader.Trust = rules.Decoders.Trust;
        foreach (var earlier in before)
        {
            _reader.Follow(registry, earlier.Key, CallOf(earlier), earlier.Calldata, rules.Book);
        }

        return _reader.Read(registry, trigger.Key, CallOf(trigger), trigger.Calldata, rules.Book);
    }

    /// <summary>Runs the strategies.</summary>
    /// <param name="trade">The transaction.</param>
    /// <param name="registry">The version of the registry that it was read with.</param>
    /// <param name="before">Transactions of the sender that run between the block and the trigger.</param>
    /// <returns>What they find, in the order of the strategies and of the ranks; valid until the next call.</returns>
    public IReadOnlyList<LogEvent.OppDetected> Find(PendingTrade trade, in Hash256 registry, IReadOnlyList<Hash256> before)
    {
        _found.Clear();
        LeftOut = 0;
        bool isKnown = rules.Traits.TryGet(trade.Tx, out var traits);
        var features = isKnown ? rules.Profile.Extractor.Extract(traits, _foldViews) : default;
        traits = isKnown ? traits : Unknown(trade);
        foreach (var strategy in rules.Strategies.InForce)
        {
            // Both books may be behind the head, each for its own reason: a find is of the block whose state it was made with.
            if ((strategy.Purpose == OppPurpose.Liquidation ? rules.Markets.Head : rules.Book.Head) is not { } block)
            {
                continue;
            }

            _candidates.Clear();
            strategy.Find(trade, _strategyViews, _candidates);
            LeftOut += _candidates.LeftOut;
            int first = _found.Count;
            foreach (var candidate in _candidates.Found)
            {
                var detected = Scored(strategy, trade.Tx, candidate, registry, block, before, rules.Profile.Scorer.Score(traits, features with { ValueWei = candidate.ValueWei }));
                if (!_found.Exists(other => other.Opp == detected.Opp))
                {
                    _found.Add(detected);
                }
            }

            _found.Sort(first, _found.Count - first, Comparer<LogEvent.OppDetected>.Create(static (left, right) => OppRank.Of(left).CompareTo(OppRank.Of(right))));
            int beyond = Math.Max(_found.Count - first - rules.Bounds.OfOneStrategy, 0);
            _found.RemoveRange(_found.Count - beyond, beyond);
            LeftOut += (ulong)beyond;
        }

        return _found;
    }

    private LogEvent.OppDetected Scored(IStrategy strategy, in Hash256 trigger, Candidate candidate, in Hash256 registry, in ChainBlock block, IReadOnlyList<Hash256> before, in ScoreParts score) => new()
    {
        Opp = OppId.Of(strategy.Id, strategy.Version, trigger, block.Hash, candidate.Legs, before),
        Trigger = trigger,
        Base = block.Hash,
        BaseNumber = block.Number,
        Strategy = strategy.Id,
        StrategyVersion = strategy.Version,
        Registry = registry,
        Purpose = strategy.Purpose,
        Extractor = rules.Extractor,
        Scorer = rules.Scorer,
        Urgency = score.Urgency,
        Worth = score.Value,
        Risk = score.Risk,
        Score = score.Total,
        Value = new Wei(candidate.ValueWei),
        Token = candidate.Token,
        Input = candidate.Input,
        Profit = candidate.Profit,
        IsExact = candidate.IsExact,
        SaferMinimum = candidate.SaferMinimum,
        IsHandedOn = false,
        RankedBelow = 0,
        Legs = candidate.Legs,
        Before = before,
    };

    private CallRequest CallOf(TriggerEntry trigger) => new()
    {
        Chain = pool.Chain,
        Block = new BlockNumber((pool.Head?.Number.Value ?? 0) + 1),
        Sender = trigger.Sender,
        Target = trigger.Target,
        Value = trigger.Value,
        Data = trigger.Calldata.Span,
    };

    /// <summary>The traits of a transaction whose own were let go.</summary>
    private TxTraits Unknown(PendingTrade trade) => new()
    {
        Hash = trade.Tx,
        Chain = pool.Chain,
        Sender = trade.Sender,
        Target = trade.Target,
        Type = default,
        GasLimit = default,
        Value = new Wei(trade.Value),
        MaxFeePerGas = default,
        MaxPriorityFeePerGas = default,
        MaxFeePerBlobGas = default,
        BlobCount = 0,
        AuthorizationCount = 0,
        InputBytes = trade.Calldata.Length,
        TradeCount = trade.Trades.Count,
    };
}
