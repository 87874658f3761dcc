using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Simulations;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>The bounds of a query, each exactly at its limit and one past it, and what of a query reaches the simulator.</summary>
public sealed class QueryReaderTests
{
    private static readonly SimLimits s_limits = new() { MaxTransactions = 3, MaxBundleBytes = 1_000 };
    private static readonly SimOverride s_account = new() { Address = MadeChain.Stopper };

    public static TheoryData<string, int, int> Bounds => new()
    {
        { "transactions", 3, 4 },
        { "bytes of transactions", 1_000, 1_001 },
        { "hashes of transactions that may revert", 3, 4 },
        { "account overrides", 256, 257 },
        { "storage slot overrides", 4_096, 4_097 },
        { "bytes of code overrides", 1 << 20, (1 << 20) + 1 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void A_query_at_its_bound_is_accepted_and_one_past_it_is_refused_with_both_numbers(string what, int most, int more)
    {
        Assert.Null(QueryReader.Problem(Query(what, most), s_limits));
        Assert.Equal($"The request has {more} {what}: expected at most {most}.", QueryReader.Problem(Query(what, more), s_limits));
    }

    [Fact]
    public void An_empty_bundle_is_refused_and_counts_are_over_all_parts()
    {
        Assert.Contains("at least one transaction", QueryReader.Problem(new SimQuery { Transactions = [] }, s_limits), StringComparison.Ordinal);
        var halves = new SimQuery { Transactions = [Raw(500), Raw(501)] };
        Assert.Contains("1001 bytes", QueryReader.Problem(halves, s_limits), StringComparison.Ordinal);
        var slots = new SimQuery { Transactions = [Raw(1)], Overrides = [s_account with { Slots = new SimSlot[4_000] }, s_account with { Slots = new SimSlot[97] }] };
        Assert.Contains("4097 storage slot", QueryReader.Problem(slots, s_limits), StringComparison.Ordinal);
        var code = new SimQuery { Transactions = [Raw(1)], Overrides = [s_account with { Code = new byte[1 << 19] }, s_account with { Code = new byte[(1 << 19) + 1] }] };
        Assert.Contains("1048577 bytes of code", QueryReader.Problem(code, s_limits), StringComparison.Ordinal);
    }

    [Fact]
    public void A_transaction_may_revert_if_it_says_so_or_if_its_hash_is_listed()
    {
        byte[][] raws = [.. Enumerable.Range(0, 3).Select(nonce => MadeChain.Sign(MadeChain.Reverter, 0, (ulong)nonce))];
        var query = new SimQuery
        {
            Transactions = [new SimTransaction(raws[0], MayRevert: true), new SimTransaction(raws[1], MayRevert: false), new SimTransaction(raws[2], MayRevert: false), new SimTransaction(new byte[] { 0xff }, MayRevert: false)],
            Reverting = [Keccak256.Hash(raws[2])],
        };

        var request = Read(query);

        Assert.Equal([RevertPolicy.MayRevert, RevertPolicy.MustSucceed, RevertPolicy.MayRevert, RevertPolicy.MustSucceed], request.Transactions.Select(transaction => transaction.Revert));
        Assert.Equal(RevertPolicy.MustSucceed, Read(query with { Reverting = [], Transactions = [query.Transactions[2]] }).Transactions[0].Revert);
    }

    [Fact]
    public void Everything_of_a_query_reaches_the_request()
    {
        var word = new Hash256([.. Enumerable.Range(1, 32).Select(number => (byte)number)]);
        var query = new SimQuery
        {
            Transactions = [new SimTransaction(MadeChain.Sign(MadeChain.Stopper, 5), MayRevert: false)],
            Account = MadeChain.Reverter,
            Opportunity = word,
            DigestsSteps = true,
            Overrides = [new SimOverride { Address = MadeChain.Stopper, Balance = new Wei(9), Nonce = new Nonce(8), Code = new byte[] { 1, 2 }, Slots = [new SimSlot(word, default)] }, s_account],
        };

        var request = Read(query);

        Assert.Equal((MadeChain.Reverter, word, StepTracing.Digest, s_limits), (request.Account, request.Opportunity, request.Steps, request.Limits));
        Assert.Equal(StepTracing.Off, Read(query with { DigestsSteps = false }).Steps);
        Assert.Equal(query.Transactions[0].Raw.ToArray(), request.Transactions[0].Raw.ToArray());
        var first = request.Overrides[0];
        Assert.Equal((MadeChain.Stopper, (UInt256?)9, (ulong?)8), (first.Address, first.Balance, first.Nonce));
        Assert.Equal([1, 2], first.Code!.Value.ToArray());
        Assert.Equal(UInt256.FromBigEndian(word.ToArray()), first.Slots[0].Key);
        Assert.Equal(default, first.Slots[0].Value);
        var second = request.Overrides[1];
        Assert.Equal((null, null, null, 0), (second.Balance, second.Nonce, second.Code, second.Slots.Count));
    }

    private static SimRequest Read(SimQuery query) => new QueryReader(s_limits, SenderRecovery.CreateBest()).Read(query, SimBlock.After(MadeChain.Header, 1, ForkSchedule.Of(new ChainId(1)).After(MadeChain.Header)));

    private static SimTransaction Raw(int bytes) => new(new byte[bytes], MayRevert: false);

    private static SimQuery Query(string what, int count)
    {
        var query = new SimQuery { Transactions = [Raw(1)] };
        return what switch
        {
            "transactions" => query with { Transactions = [.. Enumerable.Repeat(Raw(1), count)] },
            "bytes of transactions" => query with { Transactions = [Raw(count)] },
            "hashes of transactions that may revert" => query with { Reverting = new Hash256[count] },
            "account overrides" => query with { Overrides = [.. Enumerable.Repeat(s_account, count)] },
            "storage slot overrides" => query with { Overrides = [s_account with { Slots = new SimSlot[count] }] },
            _ => query with { Overrides = [s_account with { Code = new byte[count] }] },
        };
    }
}
