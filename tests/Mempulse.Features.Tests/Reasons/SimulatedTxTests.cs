using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Reasons;

/// <summary>A simulation that found a transaction invalid is a reason: its sender cannot pay, or has code.</summary>
public sealed class SimulatedTxTests
{
    [Theory]
    [InlineData(FailureCategory.Invalid, 1, true, "invalid_in_simulation strong")]
    [InlineData(FailureCategory.Invalid, 1, false, "invalid_in_simulation weak")]
    [InlineData(FailureCategory.Invalid, 0, true, null)] // the transaction before it
    [InlineData(FailureCategory.Invalid, 2, true, null)] // the one after it
    [InlineData(FailureCategory.Revert, 1, true, null)] // one that reverts can be included
    public void Only_a_simulation_that_found_the_transaction_itself_invalid_counts(FailureCategory category, int failed, bool isVerified, string? verdict)
    {
        var story = Asked.Story().Arrives("a", "alice", 0).Block("b1");
        Append(story, DerivedEvents.Lane, Opp());
        Append(story, LaneId.Of("sim"), Sim(category, failed, isVerified));
        var standing = TxStanding.Of(story.Engine, Named.Tx("a")) with { AsOf = story.Log.Last };

        var answer = TxWhy.Of(standing, new ScenarioRecords(story.Log, story.Log.Last));

        Assert.Equal(verdict, answer.Verdicts().FirstOrDefault(static found => found.StartsWith("invalid", StringComparison.Ordinal)));
        if (verdict is not null)
        {
            Assert.Contains("block 101", answer.Reasons[0].Sentence, StringComparison.Ordinal);
            Assert.EndsWith("Transaction 1 is invalid in the block: SenderHasCode.", answer.Reasons[0].Sentence, StringComparison.Ordinal);
            Assert.Equal([story.Log.Last], answer.Reasons[0].Evidence);
        }
    }

    private static void Append(Scenario story, LaneId lane, LogEvent content)
    {
        var batch = new EventBatch(lane);
        batch.Add(content, lane == DerivedEvents.Lane ? RecordMeta.Derived(lane, story.Log.Last, 0, default) : RecordMeta.Fact(lane, 1, default, default));
        story.Log.Append(batch);
    }

    private static LogEvent.OppDetected Opp() => new()
    {
        Opp = Named.Tx("opp"),
        Trigger = Named.Tx("a"),
        Base = Named.Block("b1"),
        BaseNumber = new BlockNumber(101),
        Strategy = "s",
        StrategyVersion = 1,
        Registry = default,
        Purpose = OppPurpose.Gain,
        Extractor = "e",
        Scorer = "s",
        Urgency = 0,
        Worth = 0,
        Risk = 0,
        Score = 0,
        Value = default,
        Token = default,
        Input = default,
        Profit = default,
        IsExact = true,
        IsHandedOn = true,
        RankedBelow = 0,
        Legs = [],
        Before = [Named.Tx("before")],
    };

    private static LogEvent.SimCompleted Sim(FailureCategory category, int failed, bool isVerified) => new()
    {
        Sim = Named.Tx("sim"),
        Base = Named.Block("b1"),
        Opportunity = Named.Tx("opp"),
        BaseNumber = new BlockNumber(101),
        Category = category,
        FailedIndex = failed,
        Detail = $"Transaction {failed} is invalid in the block: SenderHasCode.",
        GasUsed = default,
        CoinbasePayment = default,
        Account = default,
        Profit = default,
        IsVerified = isVerified,
        LogsDigest = default,
        TraceDigest = default,
        WitnessDigest = default,
        EngineVersion = 1,
        RulesVersion = 1,
        Transactions = [],
    };
}
