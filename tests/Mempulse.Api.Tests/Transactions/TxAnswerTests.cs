using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Grains.Abstractions.Reorgs;
using Mempulse.Grains.Abstractions.Sources;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Transactions;

/// <summary>GET /tx/{hash}: every part of a transaction's life has its own place, in its unit, and what is not known is null.</summary>
public sealed class TxAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private const long Start = 1_769_860_800_000_000_000;
    private const long Second = 1_000_000_000;

    private static readonly Hash256 _tx = Named.Tx("t");
    private static readonly Address _sender = Named.Account("alice");

    private static string Hash => _tx.ToString();

    [Fact]
    public async Task A_life_has_each_of_its_parts_in_its_place()
    {
        var decoded = new ScenarioTx("t", "alice", 3) { Fee = 200, Tip = 20, BlobFee = 7, Type = TxType.Blob }.Decoded();
        Begin(
            Folded() with { Sources = [Source("alpha", "Alpha", isSynthetic: false), Source("beta", string.Empty, isSynthetic: true)] },
            Records.Fact(11, At(0), "alpha", new LogEvent.TxSeen(_tx, SightingVia.HashSubscription)),
            Records.Fact(12, At(2), "beta", new LogEvent.TxSeen(_tx, SightingVia.HashSubscription)),
            Records.Fact(13, At(3), "gamma", new LogEvent.TxSeen(_tx, SightingVia.HashSubscription)),
            Records.Fact(14, At(4), "beta", new LogEvent.TxSeen(_tx, SightingVia.HashSubscription)),
            Records.Fact(15, At(5), "gamma", new LogEvent.TxLeft(_tx, LeavingVia.PoolContent)),
            Records.Fact(16, At(6), "alpha", decoded),
            Records.Derived(17, 16, At(6), new LogEvent.TxStateChanged(_tx, _sender, TxState.Seen, TxState.Pending, Named.Tx("before"))),
            Records.Derived(20, 18, At(8), new LogEvent.TxIncluded(_tx, Named.Block("b"), _sender, TxState.Pending, new BlockNumber(40), 5, ExecutionOutcome.Reverted)));

        var (_, tx) = await api.GetAsync($"/tx/{Hash}");

        JsonText.AssertIs(tx, $$"""
            {"chain":"1","synthetic":true,"hash":"{{Hash}}","status":"Included","asOfSeq":99,
             "body":{"sender":"{{_sender}}","nonce":3,"type":"Blob","recipient":"{{Named.Account("recipient")}}","value":"1000000000000000000","gasLimit":21000,"maxFeePerGas":"200","maxPriorityFeePerGas":"20","maxFeePerBlobGas":"7","blobCount":1,"inputLength":0,"selector":null,"decodedSeq":16},
             "sightings":[
              {"source":"Alpha","firstSeq":11,"firstTime":"{{Text(0)}}","afterFirstNs":"0","count":1,"leftAt":null},
              {"source":"{{SourceId.Of("beta")}}","firstSeq":12,"firstTime":"{{Text(2)}}","afterFirstNs":"2000000000","count":2,"leftAt":null},
              {"source":"{{SourceId.Of("gamma")}}","firstSeq":13,"firstTime":"{{Text(3)}}","afterFirstNs":"3000000000","count":1,"leftAt":"{{Text(5)}}"}],
             "lifecycle":[
              {"seq":11,"type":"TxSeen","status":"Seen","time":"{{Text(0)}}","cause":null},
              {"seq":15,"type":"TxLeft","status":"Seen","time":"{{Text(5)}}","cause":null},
              {"seq":16,"type":"TxDecoded","status":"Seen","time":"{{Text(6)}}","cause":null},
              {"seq":17,"type":"TxStateChanged","status":"Pending","time":"{{Text(6)}}","cause":16},
              {"seq":20,"type":"TxIncluded","status":"Included","time":"{{Text(8)}}","cause":18}],
             "replacedBy":null,"replaces":"{{Named.Tx("before")}}",
             "inclusion":{"block":"{{Named.Block("b")}}","number":40,"index":5,"outcome":"Reverted","outcomeVerified":true,"chainAbandoned":false},
             "spread":null,"registry":null,"decode":null,"flags":null,"score":null,"opportunities":[],"truncated":false}
            """);
    }

    [Fact]
    public async Task What_is_not_known_is_null()
    {
        Begin(Folded(), Records.Fact(11, At(0), "alpha", new LogEvent.TxSeen(_tx, SightingVia.HashSubscription)));
        var seen = (await api.GetAsync($"/tx/{Hash}")).Body;
        Begin(
            Folded(),
            Records.Fact(11, At(0), "alpha", new LogEvent.TxSeen(_tx, SightingVia.HashSubscription)),
            Records.Derived(12, 11, At(0), new LogEvent.TxReplaced(_tx, _sender, TxState.Pending, default, new Nonce(3), ByInclusion: true)));
        var replaced = (await api.GetAsync($"/tx/{Hash}")).Body;

        Assert.All(["body", "replacedBy", "replaces", "inclusion", "spread"], part => Assert.Equal(System.Text.Json.JsonValueKind.Null, seen.GetProperty(part).ValueKind));
        Assert.False(seen.GetProperty("synthetic").GetBoolean());
        Assert.Equal("Replaced", replaced.GetProperty("status").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, replaced.GetProperty("replacedBy").ValueKind); // by a transaction that no one has seen
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(1, true, true)]
    [InlineData(257, false, true)] // one source more than a history holds
    public async Task A_life_is_truncated_where_the_records_or_the_history_end(int sources, bool areRecordsCut, bool isTruncated)
    {
        Begin(Folded(), areRecordsCut, [.. Enumerable.Range(1, sources).Select(source => Records.Fact((ulong)source, At(source), $"s{source}", new LogEvent.TxSeen(_tx, SightingVia.HashSubscription)))]);

        Assert.Equal(isTruncated, (await api.GetAsync($"/tx/{Hash}")).Body.GetProperty("truncated").GetBoolean());
    }

    [Theory]
    [InlineData(40UL, 8, false)] // the common ancestor stays
    [InlineData(41UL, 8, true)]
    [InlineData(41UL, 9, false)] // included after the chain was replaced
    public async Task An_inclusion_is_abandoned_above_the_ancestor_and_until_the_replacement(ulong number, int second, bool isAbandoned)
    {
        var left = new AbandonedStatus(At(8), Named.Block("old"), new BlockNumber(50), Named.Block("new"), new BlockNumber(51), new BlockNumber(40), IsAcknowledged: false);
        Begin(
            Folded() with { Abandoned = [left] },
            Records.Derived(11, 10, At(second), new LogEvent.TxIncluded(_tx, Named.Block("b"), _sender, TxState.Pending, new BlockNumber(number), 0, ExecutionOutcome.Succeeded)));

        Assert.Equal(isAbandoned, (await api.GetAsync($"/tx/{Hash}")).Body.GetProperty("inclusion").GetProperty("chainAbandoned").GetBoolean());
    }

    [Fact]
    public async Task A_spread_has_its_delays_in_microseconds_and_its_gaps()
    {
        var gap = new SeenGap("Silent", "alpha", At(1), null, 2, "Quiet");
        Begin(Folded(Spread() with { Gaps = new GapAnswer(default, At(-1), IsBlind: true, [gap], IsCut: false) }), Records.Fact(11, At(0), "alpha", new LogEvent.TxSeen(_tx, SightingVia.HashSubscription)));

        JsonText.AssertIs((await api.GetAsync($"/tx/{Hash}")).Body.GetProperty("spread"), $$"""
            {"firstAt":"{{Text(0)}}","sightings":4,"sources":3,"firstSource":"alpha","leadMicros":21,"lanesAfterMicros":{"rpc":0,"p2p":31},"inclusionMicros":12000000,"blind":true,
             "gaps":[{"kind":"Silent","name":"alpha","from":"{{Text(1)}}","to":null,"count":2,"reason":"Quiet"}],"gapsComplete":true}
            """);
    }

    [Theory]
    [InlineData(0L, true)]
    [InlineData(1L, false)]
    [InlineData(-1L, true)]
    [InlineData(null, false)] // no gap is on record, because nothing is
    public async Task The_gaps_of_a_spread_are_complete_from_the_beginning_of_their_record(long? completeSince, bool isComplete)
    {
        Begin(Folded(Spread() with { Gaps = new GapAnswer(default, completeSince is { } since ? new UnixNanoseconds(Start + since) : default, IsBlind: false, [], IsCut: false) }), Records.Fact(11, At(0), "alpha", new LogEvent.TxSeen(_tx, SightingVia.HashSubscription)));

        var spread = (await api.GetAsync($"/tx/{Hash}")).Body.GetProperty("spread");

        Assert.Equal((isComplete, false), (spread.GetProperty("gapsComplete").GetBoolean(), spread.GetProperty("blind").GetBoolean()));
    }

    [Theory]
    [InlineData(0UL, 12, null)] // no source has shown it
    [InlineData(1UL, null, null)]
    [InlineData(1UL, 12, 12_000_000L)]
    public async Task A_latency_needs_a_sighting_and_a_block(ulong sightings, int? includedAt, long? micros)
    {
        Begin(Folded(Spread() with { Sightings = sightings, IncludedAt = includedAt is { } second ? At(second) : null }), Records.Fact(11, At(0), "alpha", new LogEvent.TxSeen(_tx, SightingVia.HashSubscription)));

        var latency = (await api.GetAsync($"/tx/{Hash}")).Body.GetProperty("spread").GetProperty("inclusionMicros");

        Assert.Equal(micros, latency.ValueKind == System.Text.Json.JsonValueKind.Null ? null : latency.GetInt64());
    }

    private static TxSpread Spread() => new()
    {
        FirstAt = At(0),
        Sightings = 4,
        SourceCount = 3,
        FirstSource = "alpha",
        LeadMicros = 21,
        IncludedAt = At(12),
        Lanes = ["rpc", "p2p"],
        LaneDelaysMicros = [0, 31],
        Gaps = new GapAnswer(default, At(-1), IsBlind: false, [], IsCut: false),
    };

    private static FoldedTx Folded(TxSpread? spread = null) => new() { Sources = [], Spread = spread };

    private static PoolSourceStatus Source(string id, string name, bool isSynthetic) => new(SourceId.Of(id), name, IsConnected: true, isSynthetic, 0, 0);

    private static UnixNanoseconds At(int second) => new(Start + (second * Second));

    private static string Text(int second) => At(second).ToRfc3339();

    private void Begin(FoldedTx folded, params SequencedRecord[] records) => Begin(folded, areRecordsCut: false, records);

    private void Begin(FoldedTx folded, bool areRecordsCut, SequencedRecord[] records)
    {
        api.Begin();
        api.Grains.Set<ITxGrain>(nameof(ITxGrain.Read), new TxRecords { Records = records, AsOf = new GlobalSeq(99), IsTruncated = areRecordsCut, Folded = folded });
    }
}
