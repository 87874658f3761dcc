using Mempulse.Features.Decoding;
using Mempulse.Features.Flags;
using Mempulse.Features.Grading;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Features.Scoring;
using Mempulse.Features.Tests.Stories;
using Mempulse.Features.Trades;
using Mempulse.Features.Traits;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Traits;

/// <summary>What transactions say is kept while the fold holds them, and the fees of the last blocks follow the canonical chain.</summary>
public sealed class TraitFoldTests
{
    private readonly PoolStory _story = new();

    [Fact]
    public void A_pending_call_has_the_traits_of_its_body_and_its_calldata()
    {
        _story.Swaps("swap", 1_000, 900, deadline: 1_800_000_000);

        var tx = _story.TraitsOf("swap");

        Assert.Equal((CallCategory.Swap, "uniswap-made", "dex", true, 1), (tx.Category, tx.Protocol, tx.TargetKind, tx.IsUnderstood, tx.TradeCount));
        Assert.Equal((PoolStory.Ether, PoolStory.Token), (tx.Trade!.Value.TokenIn, tx.Trade.Value.TokenOut));
        Assert.Equal<UInt256?>([1_000, 900, 1_800_000_000], [tx.Trade.Value.AmountIn.Value, tx.Trade.Value.AmountOut.Value, tx.Trade.Value.Deadline]);
        Assert.Equal<Address?>([Named.Account("sender-swap"), PoolStory.Router, PoolStory.Ether], [tx.Sender, tx.Target, tx.WrappedEther]);
        _story.AssertReplays();
    }

    [Fact]
    public void Settled_transactions_keep_their_traits_until_they_are_gone_and_do_not_wait()
    {
        _story.Story.Block("b0");
        _story.Swaps("one", 1, 1).Swaps("two", 1, 1);
        _story.Story.Block("b1", "one");
        Assert.Equal((1, PoolStory.Router), (_story.Views.Traits.WaitingCount, _story.TraitsOf("one").Target));

        _story.Story.Reorg("b0");
        Assert.Equal(2, _story.Views.Traits.WaitingCount);

        _story.Story.Block("c1", "one").EmptyBlocks(140);
        Assert.Equal((1, false), (_story.Views.Traits.WaitingCount, _story.Views.Traits.TryGet(Named.Tx("one"), out _)));
        _story.AssertReplays();
    }

    [Fact]
    public void Waiting_trades_of_the_same_tokens_are_rivals_and_a_transaction_is_none_of_its_own()
    {
        _story.Story.Block("b0");
        _story.Swaps("buy", 1, 1).Swaps("sell", 2, 2, isSale: true).Swaps("third", 3, 3);
        _story.Calls("approve", PoolStory.Token, PoolStory.ApproveCall(1)).Calls("transfer", PoolStory.Token, PoolStory.TransferCall(1));
        Assert.Equal((2L, 2L, 0L), (_story.FeaturesOf("buy").Rivals, _story.FeaturesOf("sell").Rivals, _story.FeaturesOf("approve").Rivals));

        _story.Story.Block("b1", "third");

        Assert.Equal((1L, 1L, 2L), (_story.FeaturesOf("buy").Rivals, _story.FeaturesOf("sell").Rivals, _story.FeaturesOf("third").Rivals));
        _story.AssertReplays();
    }

    [Fact]
    public void Fees_are_those_of_the_head_and_a_reorg_takes_them_back()
    {
        Assert.Null(_story.Views.Traits.Fees);
        _story.Story.Block("b1").Block("b2");
        Assert.Equal((new BlockNumber(101), new Wei(7), new Wei(7), 0), Fees());

        _story.Story.Reorg("b1");
        Assert.Equal(new BlockNumber(100), Fees().Number);

        _story.Story.Block("c2").Block("c3");
        Assert.Equal((new BlockNumber(102), new Wei(7), new Wei(7), 1), Fees());

        _story.Story.EmptyBlocks(FeeOutlook.TrendBlocks);
        Assert.Equal(0, Fees().Undone);
        _story.AssertReplays();
    }

    [Fact]
    public void A_chain_that_is_left_beyond_finality_leaves_no_fees()
    {
        _story.Story.Block("b1").EmptyBlocks(3).BeginAnew("genesis");

        Assert.Equal(_story.Story.Engine.Pool.Head?.Number, _story.Views.Traits.Fees?.Head);
        _story.AssertReplays();
    }

    [Fact]
    public void A_log_without_a_registry_has_the_digest_of_an_engine_without_traits()
    {
        var story = new PoolStory(hasRegistry: false);
        story.Story.Block("b0");
        story.Swaps("swap", 1, 1);
        story.Story.Block("b1", "swap");
        var plain = FoldComposition.Of(static () => []).Create(Scenario.Chain);
        plain.Apply(story.Story.Log.ScanAfter(GlobalSeq.None));

        Assert.Equal(plain.Digest(), story.Story.Engine.Digest());
    }

    [Fact]
    public void Beyond_the_bound_the_settled_is_forgotten_first_and_then_the_longest_waiting_which_is_counted()
    {
        _story.Story.Block("b0");
        _story.Swaps("included", 1, 1).Swaps("first", 1, 1);
        _story.Story.Block("b1", "included");
        _story.Swaps("second", 1, 1);
        var fold = Folded(maxTxs: 2);
        Assert.Equal((2, 0UL, false), (fold.WaitingCount, fold.LetGo, fold.TryGet(Named.Tx("included"), out _)));

        _story.Swaps("third", 1, 1);

        fold = Folded(maxTxs: 2);
        Assert.Equal((2, 1UL, false, true), (fold.WaitingCount, fold.LetGo, fold.TryGet(Named.Tx("first"), out _), fold.TryGet(Named.Tx("third"), out _)));
        fold.AssertInvariants();
    }

    [Fact]
    public void No_amount_of_a_function_that_drifts_is_certain_in_traits_features_and_flags()
    {
        _story.Story.Block("b0");
        _story.Swaps("swap", 1_000, 0).Swaps("timed", 500, 0, deadline: 1_800_000_000).Calls("transfer", PoolStory.Token, PoolStory.TransferCall(5));
        var rules = new RulesFold(_story.Contents);
        var drift = new Drift(DecodeTrust.Full);
        var traits = new TraitFold(rules, new PendingTrades(rules), drift);
        var engine = FoldComposition.Of(() => [rules, traits]).Create(Scenario.Chain);
        engine.Apply(_story.Story.Log.ScanAfter(GlobalSeq.None));
        var views = new FoldViews { Pool = engine.Pool, Rules = rules, Traits = traits, Failures = _story.Views.Failures };
        Assert.Equal((UInt256)1_000, Features("swap").ValueWei);

        drift.Trust = new DecodeTrust([new GradedFunction(PoolStory.Router, "router", "swap(address,address,uint256,uint256)")]);

        var doubted = Traits("swap");
        Assert.Equal((AmountMeaning.Stated, AmountMeaning.Stated, false), (doubted.Trade!.Value.AmountIn.Meaning, doubted.Trade.Value.AmountOut.Meaning, doubted.IsUnderstood));
        Assert.Null(Features("swap").ValueWei);
        Assert.Equal((FlagStanding.Unknown, FlagStanding.Unknown), (Flag(doubted, RiskFlagKind.HighSlippage), Flag(doubted, RiskFlagKind.UnlimitedApproval)));
        Assert.Equal((AmountMeaning.Exact, FlagStanding.Present), (Traits("timed").Trade!.Value.AmountIn.Meaning, Flag(Traits("timed"), RiskFlagKind.HighSlippage)));
        Assert.Equal(1, Features("timed").Rivals); // tokens are not amounts
        var visited = new List<AmountMeaning?>();
        traits.VisitWaiting((in tx) => visited.Add(tx.Trade?.AmountIn.Meaning));
        Assert.Equal([AmountMeaning.Stated, AmountMeaning.Exact, null], visited);

        drift.Trust = DecodeTrust.Full;
        Assert.Equal((AmountMeaning.Exact, true), (Traits("swap").Trade!.Value.AmountIn.Meaning, Traits("swap").IsUnderstood));

        TxTraits Traits(string name) => traits.TryGet(Named.Tx(name), out var found) ? found : throw new InvalidOperationException($"No traits of {name} are held.");
        TxFeatures Features(string name) => new MempoolExtractor().Extract(Traits(name), views);
        FlagStanding Flag(in TxTraits tx, RiskFlagKind kind)
        {
            var flags = new RiskFlag[FlagReader.Count];
            FlagReader.Read(tx, views, flags);
            return flags[(int)kind].Standing;
        }
    }

    [Fact]
    public void An_amount_that_a_call_states_without_a_bound_survives_a_checkpoint()
    {
        var trade = new Trade(0, PoolStory.Ether, PoolStory.Token) { AmountIn = new Amount(AmountMeaning.Stated, 7, AmountSentinels.None) };
        var ledger = new Replay.Entries.EntryLedger(new Replay.Entries.TagRange(TraitEntry.EntryTag, TraitEntry.EntryTag));
        var entry = new TraitEntry(_story.Swaps("swap", 1, 1).TraitsOf("swap") with { Trade = trade }, [new GradedFunction(PoolStory.Router, "router", "f()")]);
        var saved = new ByteBuffer();
        var writer = new Replay.Entries.EntryWriter(saved);
        writer.Write(entry.Tag);
        entry.Encode(writer);
        var reader = new Replay.Entries.EntryReader(saved.WrittenSpan);

        var read = TraitEntry.Decode(ref reader);

        Assert.Equal(trade, read.Traits.Trade);
        Assert.Equal(ledger.DigestOf(entry), ledger.DigestOf(read));
        Assert.True(read.IsDrifting(new DecodeTrust([new GradedFunction(PoolStory.Router, "router", "f()")])));
    }

    /// <summary>The story's log, folded with another bound.</summary>
    private TraitFold Folded(int maxTxs)
    {
        var rules = new RulesFold(_story.Contents);
        var traits = new TraitFold(rules, new PendingTrades(rules), new Drift(DecodeTrust.Full), maxTxs);
        var engine = FoldComposition.Of(() => [rules, traits]).Create(Scenario.Chain);
        engine.Apply(_story.Story.Log.ScanAfter(GlobalSeq.None));
        return traits;
    }

    private sealed class Drift(DecodeTrust trust) : IDecoderView
    {
        public ulong NotGraded => 0;

        public DecodeTrust Trust { get; set; } = trust;

        public IReadOnlyList<DecoderStanding> Decoders() => [];
    }

    private (BlockNumber Number, Wei BaseFee, Wei Next, int Undone) Fees()
    {
        var fees = _story.Views.Traits.Fees!.Value;
        return (fees.Head, fees.BaseFee, fees.NextBaseFee, fees.BlocksUndone);
    }
}
