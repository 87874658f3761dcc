using System.Net;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Ranking;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;

namespace Mempulse.Api.Tests.Listing;

/// <summary>GET /mempool asks the fold for what its parameters say, and says every part of the answer.</summary>
public sealed class MempoolQueryTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private const string Account = "0x00000000000000000000000000000000000000aa";
    private static readonly Hash256 _hash = Hash256.Parse("0x" + new string('0', 63) + "7");

    public static TheoryData<string, TxListQuery> Queries => new()
    {
        { "", new TxListQuery() },
        { "state=seen,left", new TxListQuery { States = [TxState.Seen, TxState.Left] } },
        { "state=pending,queued", new TxListQuery { States = [TxState.Pending, TxState.Queued] } },
        { "fee=next,near", new TxListQuery { Fees = [FeeClass.Next, FeeClass.Near] } },
        { "fee=below,unknown", new TxListQuery { Fees = [FeeClass.Below, FeeClass.Unknown] } },
        { "category=accountAbstraction", new TxListQuery { Categories = ["AccountAbstraction"] } },
        { "flags=no_deadline,nonce_gap", new TxListQuery { Flags = ["no_deadline", "nonce_gap"] } },
        { "protocol=uniswap-v3", new TxListQuery { Protocol = "uniswap-v3" } },
        { "source=alpha", new TxListQuery { Source = "alpha" } },
        { $"sender={Account}", new TxListQuery { Sender = Address.Parse(Account) } },
        { "text=router", new TxListQuery { Text = "router" } },
        { "min_tip=1&max_tip=2&min_fee=3&max_fee=0x4", new TxListQuery { MinTip = new Wei(1), MaxTip = new Wei(2), MinFee = new Wei(3), MaxFee = new Wei(4) } },
        { "sort=age", new TxListQuery { Sort = TxSort.Age } },
        { "sort=tip&order=asc", new TxListQuery { Sort = TxSort.Tip, Order = SortOrder.Ascending } },
        { "sort=max_fee", new TxListQuery { Sort = TxSort.MaxFee } },
        { "sort=nonce", new TxListQuery { Sort = TxSort.Nonce } },
        { "sort=heard_by&order=desc", new TxListQuery { Sort = TxSort.HeardBy } },
        { "limit=500", new TxListQuery { Limit = 500 } },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Each_parameter_reaches_the_fold(string parameters, TxListQuery expected)
    {
        Answer(new TxListPage(Counts(), 0, [], null));

        var (status, _) = await api.GetAsync($"/mempool?{parameters}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equivalent(expected, Asked(), strict: true);
    }

    [Theory]
    [InlineData("5")]
    [InlineData(null)]
    public async Task The_cursor_of_a_page_is_the_place_where_the_next_one_begins(string? number)
    {
        var place = new TxListPlace(number is null ? null : UInt256.TryParse(number, out var value) ? value : default, _hash);
        Answer(new TxListPage(Counts(), 9, [], place));
        var (_, page) = await api.GetAsync("/mempool?sort=tip&order=asc");
        string cursor = page.GetProperty("next").GetString()!;

        var (status, _) = await api.GetAsync($"/mempool?sort=tip&order=asc&cursor={cursor}");
        var (otherSort, problem) = await api.GetAsync($"/mempool?sort=age&order=asc&cursor={cursor}");
        var (otherOrder, _) = await api.GetAsync($"/mempool?sort=tip&cursor={cursor}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (status, otherSort, otherOrder));
        Assert.Equal(place, api.Grains.Calls.Select(static call => call.Arguments[0]).OfType<TxListQuery>().Last().After);
        Assert.Contains("belongs to another sort or order", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_says_all_that_the_fold_says()
    {
        Answer(new TxListPage(Counts() with { Head = new BlockNumber(5), BaseFee = new Wei(8), NextBaseFee = new Wei(7) }, 1, [Row()], null));

        var (_, body) = await api.GetAsync("/mempool");

        JsonText.AssertIs(body, $$$"""
            {"chain": "1", "synthetic": false, "asOfSeq": 40, "head": 5, "baseFee": "8", "nextBaseFee": "7", "waiting": 10,
             "byState": {"seen": 1, "pending": 2, "queued": 3, "left": 4}, "byFee": {"unknown": 1, "next": 2, "near": 3, "below": 4}, "matching": 1,
             "transactions": [{
               "hash": "{{{_hash}}}", "state": "Queued", "firstTime": "1970-01-01T00:00:01.000000000Z", "sender": "{{{Account}}}", "nonce": 3, "missingNonces": 2, "replacement": true,
               "type": "Blob", "fee": "near", "tip": "9", "maxFeePerGas": "100", "maxPriorityFeePerGas": "10",
               "call": {"to": "{{{Account}}}", "value": "11", "gasLimit": 21000, "selector": "0x0a0b0c0d", "category": "accountAbstraction", "protocol": "p", "contract": "c", "function": "f",
                        "trade": {"tokenIn": "{{{Account}}}", "amountIn": "12", "meaningIn": "Exact", "tokenOut": null, "amountOut": null, "meaningOut": "Unresolved"}},
               "flags": [{"name": "nonce_gap", "standing": "Present", "number": "2", "unit": "nonces", "paysAfterGas": null}],
               "score": -4, "trigger": true, "sightings": 6,
               "heardBy": [{"source": "alpha", "lane": "rpc", "afterMicros": 0}, {"source": "{{{SourceId.Of("x")}}}", "lane": "", "afterMicros": 55}]}],
             "next": null}
            """);
    }

    private static TxListRow Row() => new()
    {
        Hash = _hash,
        State = TxState.Queued,
        FirstAt = new UnixNanoseconds(1_000_000_000),
        Sender = Address.Parse(Account),
        Nonce = new Nonce(3),
        MissingNonces = 2,
        IsReplacement = true,
        IsTrigger = true,
        Fee = FeeClass.Near,
        Tip = new Wei(9),
        Sightings = 6,
        HeardBy = [new TxHeard(SourceId.Of("alpha"), "alpha", "rpc", 0), new TxHeard(SourceId.Of("x"), string.Empty, string.Empty, 55)],
        Flags = [new TxFlag("nonce_gap", "Present", "2", "nonces", null)],
        Score = -4,
        Body = new TxListBody
        {
            Type = TxType.Blob,
            MaxFeePerGas = new Wei(100),
            MaxPriorityFeePerGas = new Wei(10),
            Call = new TxListCall
            {
                Target = Address.Parse(Account),
                Value = new Wei(11),
                GasLimit = new Gas(21_000),
                Selector = 0x0a0b0c0d,
                Category = "AccountAbstraction",
                Protocol = "p",
                Contract = "c",
                Function = "f",
                Trade = new TxListTrade(Address.Parse(Account), 12, "Exact", null, null, "Unresolved"),
            },
        },
    };

    private static TxListCounts Counts() => new()
    {
        AsOf = new GlobalSeq(40), Waiting = 10, ByState = [0, 1, 2, 3, 0, 0, 0, 0, 4], ByFee = [1, 2, 3, 4], Head = null, BaseFee = null, NextBaseFee = null,
    };

    private TxListQuery Asked() => Assert.IsType<TxListQuery>(api.Grains.Calls.Single(static call => call.Call == nameof(IMempoolGrain.ListTxs)).Arguments[0]);

    private void Answer(TxListPage page)
    {
        api.Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.ListTxs), page);
    }
}
