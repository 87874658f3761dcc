using System.Collections.Concurrent;
using Mempulse.Ethereum.JsonRpc;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>Which transactions are looked up in which round, and when included ones come back: round by round, without a clock.</summary>
public sealed class DepartureRoundTests
{
    private const string Pending = "{\"blockNumber\":null}";

    private readonly ConcurrentQueue<int> _lookedUp = new();
    private string _byHash = Pending;
    private string _latest = Block(10, 10);
    private string _byNumber = Block(10, 10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0", "")]
    [InlineData("00", "1")]
    [InlineData("010", "")]
    [InlineData("0100", "1")]
    [InlineData("0r0", "")]
    [InlineData("0r00", "1")]
    [InlineData("000", "1")] // found, so that the rounds start again
    [InlineData("0000", "11")]
    public async Task A_transaction_is_looked_up_when_it_is_missing_in_two_answers_of_one_connection(string rounds, string lookedUp)
    {
        await using var parts = await StartAsync(transactions: 1);
        foreach (char round in rounds)
        {
            if (round == 'r')
            {
                parts.Source.Departures.Reconnected();
            }
            else
            {
                await parts.Source.Departures.CheckAsync(parts.Client, round == '1' ? [SourceParts.HashOf(1)] : [], Cancelled);
            }
        }

        Assert.Equal(lookedUp, string.Concat(_lookedUp));
        Assert.Equal(1, parts.Source.Departures.Count);
    }

    [Fact]
    public async Task Exactly_as_many_as_allowed_are_looked_up_in_a_round_and_without_a_listing_each_in_its_turn()
    {
        await using var listed = await StartAsync(transactions: 3);
        await listed.Source.Departures.CheckAsync(listed.Client, [], Cancelled);
        await listed.Source.Departures.CheckAsync(listed.Client, [], Cancelled);
        Assert.Equal([1, 2], _lookedUp);

        _lookedUp.Clear();
        await using var hidden = await StartAsync(transactions: 3);
        for (int round = 0; round < 3; round++)
        {
            await hidden.Source.Departures.CheckAsync(hidden.Client, listed: null, Cancelled);
        }

        Assert.Equal([1, 2, 3, 1, 2, 3], _lookedUp);
    }

    [Fact]
    public async Task Nothing_is_looked_up_on_a_node_without_a_head()
    {
        await using var parts = await StartAsync(transactions: 1);
        _latest = "null";
        await parts.Source.Departures.CheckAsync(parts.Client, [], Cancelled);
        await parts.Source.Departures.CheckAsync(parts.Client, [], Cancelled);

        Assert.Empty(_lookedUp);
    }

    [Theory]
    [InlineData("below below below", 2)]
    [InlineData("below below at below", 1)]
    [InlineData("below below reconnected below", 1)]
    [InlineData("other", 2)]
    [InlineData("unknown unknown unknown unknown", 1)]
    [InlineData("below below unknown below", 1)]
    public async Task An_included_transaction_is_watched_again_when_its_block_is_replaced_or_stays_gone(string rounds, int held)
    {
        await using var parts = await StartAsync(transactions: 2);
        _byHash = $"{{\"blockNumber\":\"0xa\",\"blockHash\":\"{SourceParts.HashOf(10)}\"}}";
        await parts.Source.Departures.CheckAsync(parts.Client, [SourceParts.HashOf(2)], Cancelled);
        await parts.Source.Departures.CheckAsync(parts.Client, [SourceParts.HashOf(2)], Cancelled);
        Assert.Equal(1, parts.Source.Departures.Count);

        foreach (string round in rounds.Split(' '))
        {
            (_byNumber, _latest) = round switch
            {
                "below" => ("null", Block(9, 9)),
                "unknown" => ("null", "null"),
                "other" => (Block(10, 11), Block(10, 11)),
                _ => (Block(10, 10), Block(10, 10)),
            };
            if (round == "reconnected")
            {
                parts.Source.Departures.Reconnected();
                continue;
            }

            await parts.Source.Departures.CheckAsync(parts.Client, [SourceParts.HashOf(2)], Cancelled);
        }

        Assert.Equal(held, parts.Source.Departures.Count);
    }

    private static string Block(ulong number, int hash) => $"{{\"number\":\"{RpcHex.Quantity(number)}\",\"hash\":\"{SourceParts.HashOf(hash)}\"}}";

    private async Task<SourceParts> StartAsync(int transactions)
    {
        var parts = await SourceParts.StartAsync(
            (method, parameters) =>
            {
                switch (method)
                {
                    case "eth_getTransactionByHash":
                        _lookedUp.Enqueue(Enumerable.Range(1, 3).Single(i => SourceParts.HashOf(i).ToString() == parameters[0].GetString()));
                        return _byHash;
                    case "eth_getBlockByNumber":
                        return parameters[0].GetString() == "latest" ? _latest : _byNumber;
                    default:
                        return "false";
                }
            },
            static options => options with { LeavingChecksPerRound = 2 });
        for (int i = 1; i <= transactions; i++)
        {
            parts.Source.Departures.Add(SourceParts.HashOf(i));
        }

        return parts;
    }
}
