using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Blocks;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.NonceChains;
using Mempulse.Replay.Reorgs;
using Mempulse.Replay.Settling;
using Mempulse.Replay.Sightings;
using Mempulse.Replay.State;
using Mempulse.Replay.Transitions;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Lifecycle;

/// <summary>The first derivation: folds facts into the life of every transaction. Says which rule answers to which fact.</summary>
internal sealed class MempoolFold : IDerivation
{
    /// <summary>Raised whenever a rule, a bound or the encoding of the state changes what is derived or digested.</summary>
    public const string CurrentRuleVersion = "lifecycle/2";

    private MempoolState _state;
    private Rules _rules;

    public MempoolFold(ChainId chain)
    {
        _state = new MempoolState(new ChainEntry(chain));
        _rules = new Rules(_state);
    }

    /// <summary>The folded state for others to read. Another object after <see cref="Restore"/>.</summary>
    public IMempoolView View => _state;

    /// <summary>The folded state itself.</summary>
    public MempoolState State => _state;

    public string RuleVersion => CurrentRuleVersion;

    public StateDigest Digest() => _state.Digest();

    public void Derive(in Fact fact, IMempoolView pool, DerivedEvents derived)
    {
        _rules.Log.Begin(derived);
        switch (fact.Kind)
        {
            case EventKind.TxSeen:
                _rules.Sightings.Apply(fact.Record);
                break;
            case EventKind.TxDecoded:
                _rules.Bodies.Apply(fact.Record);
                break;
            default:
                DeriveRare(fact);
                break;
        }

        if (_rules.Ageing.EvictOverflow())
        {
            _rules.Order.Review();
        }

        _state.ReleaseTouched();
    }

    public void Save(EntryWriter writer) => _state.Save(writer);

    public void Restore(ref EntryReader reader)
    {
        var chain = _state.Chain.Chain;
        var restored = MempoolState.Restore(ref reader);
        if (restored.Chain.Chain != chain)
        {
            throw new CheckpointException($"The checkpoint is of chain {restored.Chain.Chain}, not of {chain}.");
        }

        _state = restored;
        _rules = new Rules(restored);
    }

    public void AssertInvariants() => _state.AssertInvariants();

    /// <summary>Facts that are few: decoded whole. Kinds that say nothing about a transaction's life change nothing.</summary>
    private void DeriveRare(in Fact fact)
    {
        switch (fact.Event)
        {
            case LogEvent.BlockObserved block:
                _rules.Blocks.Apply(block, fact.Record);
                break;
            case LogEvent.ReorgDetected reorg:
                _rules.Reorgs.Apply(reorg);
                break;
            case LogEvent.ChainGap:
                _rules.Blocks.Gap();
                break;
            case LogEvent.AccountNonceObserved told:
                _rules.Order.Told(told.Account, told.Next.Value);
                _rules.Order.Review();
                break;
            case LogEvent.SourceConnected connected:
                _rules.Sources.Connected(connected);
                break;
            case LogEvent.SourceLost lost:
                _rules.Sources.Lost(lost.Name);
                break;
            case LogEvent.PeerConnected connected:
                _rules.Sources.Connected(connected);
                break;
            case LogEvent.PeerLost lost:
                _rules.Sources.Lost(lost.Name);
                break;
            case LogEvent.EpochStarted epoch:
                _state.Chain.Parameters = epoch.Parameters;
                _rules.Sources.Restarted();
                break;
        }
    }

    /// <summary>The rules over one state, in the order in which they lean on each other.</summary>
    private sealed class Rules
    {
        public Rules(MempoolState state)
        {
            Log = new TransitionLog(state);
            var departures = new Departures(state, Log);
            Order = new NonceOrder(state, Log, departures);
            Sightings = new SightingRule(state);
            Sources = new SourceRule(state);
            Bodies = new BodyRule(state, Order);
            Reorgs = new ReorgReopening(state, Log, Order);
            Ageing = new Ageing(state, Log, departures);
            var inclusion = new Inclusion(state, Log, departures, new NonceMoves(state, departures));
            Blocks = new BlockRule(state, Order, inclusion, Reorgs, Ageing);
        }

        public TransitionLog Log { get; }

        public NonceOrder Order { get; }

        public SightingRule Sightings { get; }

        public SourceRule Sources { get; }

        public BodyRule Bodies { get; }

        public ReorgReopening Reorgs { get; }

        public Ageing Ageing { get; }

        public BlockRule Blocks { get; }
    }
}
