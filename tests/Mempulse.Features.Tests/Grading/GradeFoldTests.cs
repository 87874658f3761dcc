using System.Buffers.Binary;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Grading;
using Mempulse.Features.Tests.Rules;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Grading;

/// <summary>Decoded trades are held against the receipts of their transactions as the log tells them: once, by complete and verified ones of the canonical chain.</summary>
public sealed class GradeFoldTests
{
    private const string Signature = "swap(address tokenIn, address tokenOut, uint256 amountIn, uint256 minimum)";
    private const string Router = "0x00000000000000000000000000000000000000aa";

    private static readonly Address s_router = Address.Parse(Router);
    private static readonly Address s_given = Address.Parse("0x00000000000000000000000000000000000000b1");
    private static readonly Address s_wanted = Address.Parse("0x00000000000000000000000000000000000000b2");
    private static readonly Address s_pool = Address.Parse("0x00000000000000000000000000000000000000cc");

    private readonly MadeContents _contents = new();
    private readonly Scenario _story;
    private ulong _nonce;

    public GradeFoldTests()
    {
        var registry = _contents.Add($$$"""
            {"format": 1,
             "abis": {"router": {"protocol": "p", "functions": [{"signature": "{{{Signature}}}", "category": "swap", "effects": [
               {"kind": "swap", "tokenIn": "tokenIn", "tokenOut": "tokenOut", "amountIn": "amountIn", "amountOut": {"minimum": "minimum"}, "counterparty": "@sender"}]}]}},
             "contracts": [{"address": "{{{Router}}}", "name": "Router", "protocol": "p", "kind": "dex", "abis": ["router"]}]}
            """);
        _story = new Scenario(composition: FoldComposition.Default.Reading(_contents)).Fact(new LogEvent.RulesLoaded(RuleSet.Registry, registry, 1, "made.json")).Block("base");
    }

    private IDecoderView View => _story.Engine.View<IDecoderView>();

    [Fact]
    public void A_trade_is_graded_by_the_receipt_of_its_block_and_the_grade_is_an_event()
    {
        Trades("good", "wrong");
        _story.Block("b1", "good", "wrong");
        Assert.Empty(View.Decoders());

        Receipts("b1", Of("good", received: 900), Of("wrong", received: 899));

        var decoder = Assert.Single(View.Decoders());
        Assert.Equal((s_router, "router", AbiFunction.Parse(Signature).Signature), (decoder.Contract, decoder.Layout, decoder.Signature));
        Assert.Equal((2UL, 1UL, 1UL, 0UL, 1), (decoder.Graded, decoder.Agreed, decoder.Disagreed, decoder.CertainlyWrong, decoder.RecentlyWrong));
        Assert.Equal(
            [(Named.Tx("good"), GradeVerdict.Agrees, TradePart.None), (Named.Tx("wrong"), GradeVerdict.Disagrees, TradePart.AmountOut)],
            Graded().Select(static grade => (grade.Tx, grade.Verdict, grade.Part)));
        Assert.All(Graded(), static grade => Assert.Equal((Named.Block("b1"), s_router, "router"), (grade.Block, grade.Contract, grade.Layout)));
        AssertReplays();
    }

    [Fact]
    public void An_exact_amount_that_the_logs_disprove_is_counted()
    {
        Trades("t");
        _story.Block("b1", "t");

        Receipts("b1", Of("t", received: 950, given: 400));

        Assert.Equal(1UL, Assert.Single(View.Decoders()).CertainlyWrong);
        Assert.True(Assert.Single(Graded()).WasCertain);
    }

    [Fact]
    public void A_transaction_is_graded_once_whatever_reorg_or_receipt_follows()
    {
        Trades("t");
        _story.Block("b1", "t");
        Receipts("b1", Of("t", received: 950));
        Receipts("b1", Of("t", received: 1));
        _story.Reorg("base").Block("c1", "t");
        Receipts("c1", Of("t", received: 1));

        Assert.Equal((1UL, 1UL, 0UL), (Assert.Single(View.Decoders()).Graded, View.Decoders()[0].Agreed, View.NotGraded));
        AssertReplays();
    }

    [Fact]
    public void Receipts_of_a_block_that_was_left_grade_nothing_and_those_of_the_next_inclusion_do()
    {
        Trades("t");
        _story.Block("b1", "t").Reorg("base").Block("c1", "t");

        Receipts("b1", Of("t", received: 1));
        Assert.Empty(View.Decoders());
        Receipts("c1", Of("t", received: 950));

        Assert.Equal(1UL, Assert.Single(View.Decoders()).Agreed);
    }

    [Fact]
    public void Of_a_failed_transaction_nothing_is_learned()
    {
        Trades("t");
        _story.Block("b1", "t");

        Receipts("b1", Of("t", received: 0) with { Outcome = ExecutionOutcome.Reverted, Logs = [] });

        Assert.Empty(View.Decoders());
        Assert.Equal(0UL, View.NotGraded);
        AssertReplays();
    }

    [Theory]
    [InlineData(ExecutionOutcome.Succeeded)]
    [InlineData(ExecutionOutcome.Reverted)]
    [InlineData(ExecutionOutcome.Unknown)]
    public void What_a_node_claims_grades_nothing_and_does_not_stand_in_the_way_of_the_proof(ExecutionOutcome claimed)
    {
        Trades("t");
        _story.Block("b1", "t");

        Receipts("b1", isVerified: false, ReceiptsContinuation.Complete, Of("t", received: 1) with { Outcome = claimed });
        Assert.Empty(View.Decoders());
        Receipts("b1", Of("t", received: 950));

        Assert.Equal((1UL, 0UL), (Assert.Single(View.Decoders()).Agreed, View.NotGraded));
        AssertReplays();
    }

    [Fact]
    public void A_confirmed_transaction_whose_receipt_was_never_proven_is_counted()
    {
        Trades("t");
        _story.Block("b1", "t");
        Receipts("b1", isVerified: false, ReceiptsContinuation.Complete, Of("t", received: 950));

        _story.EmptyBlocks(200);

        Assert.Empty(View.Decoders());
        Assert.Equal(1UL, View.NotGraded);
        AssertReplays();
    }

    [Theory]
    [InlineData("omitted")]
    [InlineData("continued")]
    [InlineData("unknown")]
    public void What_a_receipt_does_not_show_completely_is_counted_and_not_graded(string how)
    {
        Trades("t");
        _story.Block("b1", "t");
        var receipt = Of("t", received: 950);

        Receipts(
            "b1",
            isVerified: true,
            how == "continued" ? ReceiptsContinuation.Logs : ReceiptsContinuation.Complete,
            how switch { "omitted" => receipt with { OmittedLogs = 1 }, "unknown" => receipt with { Outcome = ExecutionOutcome.Unknown }, _ => receipt });
        Receipts("b1", Of("t", received: 1));

        Assert.Empty(View.Decoders());
        Assert.Equal(1UL, View.NotGraded);
        AssertReplays();
    }

    [Theory]
    [InlineData(1, 2, false)] // too few calls
    [InlineData(17, 2, false)] // one too few
    [InlineData(19, 1, false)] // 95 % agree
    [InlineData(18, 2, true)]
    public void A_function_drifts_when_fewer_than_95_percent_of_its_last_20_calls_agree(int good, int wrong, bool isDrifting)
    {
        Grade([.. Enumerable.Repeat(true, good), .. Enumerable.Repeat(false, wrong)]);

        var decoder = Assert.Single(View.Decoders());
        Assert.Equal((isDrifting, wrong), (decoder.IsDrifting, decoder.RecentlyWrong));
        Assert.Equal(isDrifting ? [decoder.Function] : [], View.Trust.Drifting);
        AssertReplays();
    }

    [Fact]
    public void What_a_token_keeps_of_a_transfer_does_not_make_a_function_drift()
    {
        string[] names = [.. Enumerable.Range(0, 20).Select(static index => $"t{index}")];
        Trades(names);
        _story.Block("b1", names);

        Receipts("b1", [.. names.Select(static name => Of(name, received: 950, given: 950))]);

        Assert.Equal((20UL, 0, false), (Assert.Single(View.Decoders()).FeeOnTransfer, View.Decoders()[0].RecentlyWrong, View.Decoders()[0].IsDrifting));
    }

    [Fact]
    public void A_function_that_agrees_again_drifts_no_longer()
    {
        Grade([.. Enumerable.Repeat(true, 18), false, false]);
        Assert.True(View.Decoders()[0].IsDrifting);
        Assert.Equal([View.Decoders()[0].Function], View.Trust.Drifting);

        Grade([.. Enumerable.Repeat(true, 19)]);
        Assert.Empty(View.Trust.Drifting);

        Assert.Equal((false, 1, 2UL), (View.Decoders()[0].IsDrifting, View.Decoders()[0].RecentlyWrong, View.Decoders()[0].Disagreed));
        AssertReplays();
    }

    [Fact]
    public void Calls_that_trade_nothing_and_transactions_that_are_gone_are_not_held()
    {
        Trades("replaced");
        _story.Decoded(new ScenarioTx("other", "other", 0) { Call = (s_router, [1, 2, 3, 4]) });
        int held = Held();

        _story.Decoded(new ScenarioTx("better", "sender-replaced", 0) { Fee = 1_000, Tip = 1_000 }).Block("b1", "better").EmptyBlocks(80);

        Assert.Equal((1, 0), (held, Held()));
        AssertReplays();
    }

    private int Held()
    {
        var saved = new ByteBuffer();
        _story.Engine.SaveCheckpoint(saved);
        return CountOf(saved.WrittenSpan, s_given);
    }

    /// <summary>The calldata of a held call names the token; nothing else in a checkpoint does.</summary>
    private static int CountOf(ReadOnlySpan<byte> checkpoint, in Address token)
    {
        Span<byte> word = stackalloc byte[AbiType.WordBytes];
        token.CopyTo(word[12..]);
        return checkpoint.Count((ReadOnlySpan<byte>)word);
    }

    private void Grade(bool[] agree)
    {
        string[] names = [.. agree.Select((_, index) => $"t{_nonce}-{index}")];
        Trades(names);
        string block = $"block-{names[0]}";
        _story.Block(block, names);
        Receipts(block, [.. names.Select((name, index) => Of(name, received: agree[index] ? 950UL : 1))]);
    }

    /// <summary>Pending trades: 1,000 of a token for at least 900 of another.</summary>
    private void Trades(params string[] names)
    {
        foreach (string name in names)
        {
            _nonce++;
            _story.Decoded(new ScenarioTx(name, $"sender-{name}", 0) { Call = (s_router, Calldata()) });
        }
    }

    private static byte[] Calldata()
    {
        byte[] data = new byte[4 + (4 * AbiType.WordBytes)];
        BinaryPrimitives.WriteUInt32BigEndian(data, AbiFunction.Parse(Signature).Selector);
        s_given.CopyTo(data.AsSpan(4 + 12));
        s_wanted.CopyTo(data.AsSpan(4 + 32 + 12));
        BinaryPrimitives.WriteUInt64BigEndian(data.AsSpan(4 + 64 + 24), 1_000);
        BinaryPrimitives.WriteUInt64BigEndian(data.AsSpan(4 + 96 + 24), 900);
        return data;
    }

    private static TxResult Of(string name, ulong received, ulong given = 1_000)
    {
        var sender = Named.Account($"sender-{name}");
        return new TxResult(Named.Tx(name), ExecutionOutcome.Succeeded, new Gas(21_000), [Moved(s_given, sender, s_pool, given), Moved(s_wanted, s_pool, sender, received), new TxLog(s_pool, [LogTopics.PairSwap], default)], 0);
    }

    private static TxLog Moved(in Address token, in Address from, in Address to, ulong amount)
    {
        byte[] data = new byte[AbiType.WordBytes];
        BinaryPrimitives.WriteUInt64BigEndian(data.AsSpan(24), amount);
        return new TxLog(token, [LogTopics.Transfer, Topic(from), Topic(to)], data);
    }

    private static Hash256 Topic(in Address account)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        account.CopyTo(word[12..]);
        return new Hash256(word);
    }

    private void Receipts(string block, params TxResult[] receipts) => Receipts(block, isVerified: true, ReceiptsContinuation.Complete, receipts);

    private void Receipts(string block, bool isVerified, ReceiptsContinuation continuation, params TxResult[] receipts) =>
        _story.Fact(new LogEvent.ReceiptsObserved(Named.Block(block), new BlockNumber(NumberOf(block)), 0, isVerified, receipts) { Continuation = continuation });

    private ulong NumberOf(string block)
    {
        foreach (var record in _story.Log.ScanAfter(GlobalSeq.None))
        {
            if (LogEvent.Decode(record) is LogEvent.BlockObserved observed && observed.Hash == Named.Block(block))
            {
                return observed.Number.Value;
            }
        }

        throw new InvalidOperationException($"The story has no block {block}.");
    }

    private IReadOnlyList<LogEvent.DecodeGraded> Graded() => _story.Log.Derived<LogEvent.DecodeGraded>();

    /// <summary>A replay of the log, also from a checkpoint at any position, ends in the same state and finds every grade as it derives it.</summary>
    private void AssertReplays()
    {
        var composition = FoldComposition.Default.Reading(_contents);
        var straight = composition.Create(Scenario.Chain);
        for (ulong seq = 1; seq <= _story.Log.Last.Value; seq++)
        {
            straight.Apply(_story.Log.At(new GlobalSeq(seq)));
            var saved = new ByteBuffer();
            straight.SaveCheckpoint(saved);
            var restored = composition.Restore(Scenario.Chain, saved.WrittenSpan);
            Assert.Equal(straight.Digest(), restored.Digest());
            if (seq % 7 == 0 || seq == _story.Log.Last.Value)
            {
                restored.AssertInvariants();
                restored.Apply(_story.Log.ScanAfter(restored.Applied));
                AssertSame(restored);
            }
        }

        AssertSame(straight);
    }

    private void AssertSame(ReplayEngine engine)
    {
        Assert.Equal((_story.Engine.Digest(), 0UL), (engine.Digest(), engine.DivergenceCount));
        Assert.Equal(View.Decoders(), engine.View<IDecoderView>().Decoders());
        Assert.Equal(View.Trust.Drifting, engine.View<IDecoderView>().Trust.Drifting);
        engine.AssertInvariants();
    }
}
