using Mempulse.Builder.RelayData;
using Mempulse.Grains.RelayData;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Grains.Tests.RelayData;

/// <summary>What follows from the answers of relays: claims that are new, and from when to when a relay was not heard.</summary>
public sealed class RelayDataLedgerTests
{
    private static readonly RelayDataSource[] s_sources = [new("first", new Uri("https://first.example.org/")), new("second", new Uri("https://second.example.org/"))];

    private readonly List<Hash256> _inLog = [];
    private readonly RelayDataLedger _ledger;

    public RelayDataLedgerTests() => _ledger = new RelayDataLedger(new ChainId(1), claim => ValueTask.FromResult(_inLog.Contains(claim.Block)));

    [Fact]
    public async Task A_claim_is_recorded_once_for_each_relay_in_the_order_of_slots()
    {
        var first = await FactsAsync(Answer("first", 8, 7), Answer("second", 8));
        var again = await FactsAsync(Answer("first", 9, 8, 7), Answer("second", 8));

        Assert.Equal(["first 7", "first 8", "second 8"], Claims(first));
        Assert.Equal(["first 9"], Claims(again));
        Assert.Equal(["first first.example.org relay-data", "second second.example.org relay-data"], first.OfType<LogEvent.SourceConnected>().Select(static source => $"{source.Name} {source.Endpoint} {source.Lane}"));
        Assert.Empty(again.OfType<LogEvent.SourceConnected>());
    }

    [Fact]
    public async Task A_claim_that_the_log_has_is_not_recorded_after_a_restart()
    {
        _inLog.Add(Named.Block("7"));

        Assert.Equal(["first 8"], Claims(await FactsAsync(Answer("first", 8, 7))));
    }

    [Fact]
    public async Task A_relay_that_is_not_heard_is_lost_once_and_connected_again_once()
    {
        await FactsAsync(Answer("first", 7));
        var lost = await FactsAsync(Silent("first", RelayDataFault.NoAnswer));
        var still = await FactsAsync(Silent("first", RelayDataFault.NoAnswer));
        var back = await FactsAsync(Answer("first", 7));

        Assert.Equal((SourceLossReason.ConnectFailed, "It is silent."), (Assert.IsType<LogEvent.SourceLost>(Assert.Single(lost)).Reason, ((LogEvent.SourceLost)lost[0]).Detail));
        Assert.Empty(still);
        Assert.IsType<LogEvent.SourceConnected>(Assert.Single(back));
    }

    [Fact]
    public async Task A_relay_that_lies_is_lost_for_that()
    {
        Assert.Equal(SourceLossReason.ProtocolViolation, Assert.IsType<LogEvent.SourceLost>(Assert.Single(await FactsAsync(Silent("first", RelayDataFault.ImpossibleGas)))).Reason);
    }

    [Fact]
    public async Task What_the_log_did_not_take_follows_again()
    {
        var facts = await FactsAsync(Answer("first", 7));
        _ledger.Forget();

        Assert.Equal(facts.Count, (await FactsAsync(Answer("first", 7))).Count);
    }

    private ValueTask<IReadOnlyList<LogEvent>> FactsAsync(params RelayDataAnswer[] answers) => _ledger.FactsAsync(answers, s_sources);

    private static IEnumerable<string> Claims(IEnumerable<LogEvent> facts) => facts.OfType<LogEvent.RelayDataObserved>().Select(static claim => $"{claim.Relay} {claim.Slot}");

    private static RelayDataAnswer Silent(string relay, RelayDataFault fault) => new(relay, [], fault, "It is silent.");

    private static RelayDataAnswer Answer(string relay, params ulong[] slots) => new(
        relay,
        [.. slots.Select(static slot => new BidTrace
        {
            Slot = slot, ParentHash = default, BlockHash = Named.Block(slot.ToString(System.Globalization.CultureInfo.InvariantCulture)), BlockNumber = new BlockNumber(slot), Builder = new BuilderKey("0x1"), Proposer = new BuilderKey("0x2"),
            ProposerFeeRecipient = default, GasLimit = new Gas(2), GasUsed = new Gas(1), Value = new Wei(3), TransactionCount = 4,
        })],
        RelayDataFault.None,
        string.Empty);
}
