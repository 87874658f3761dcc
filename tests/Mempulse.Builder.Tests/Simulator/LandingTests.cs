using System.Globalization;
using System.Text.Json;
using Mempulse.Builder.Bundles;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.RelayData;
using Mempulse.Builder.Requests;
using Mempulse.Builder.Sending;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.RelaySim;
using Mempulse.RelaySim.Bundles;
using Mempulse.Testing.Anvil;

namespace Mempulse.Builder.Tests.Simulator;

/// <summary>Bundles of several searchers land in an anvil block, in order of what they pay. A real anvil, real HTTP.</summary>
public sealed class LandingTests : IAsyncLifetime
{
    private const long OneGwei = 1_000_000_000;
    private const string Rich = "0x56bc75e2d63100000";

    private static readonly RelayDialect Dialect = RelayDialects.Find("buildernet")!;
    private static readonly EcdsaSigner[] Searchers = [.. Enumerable.Range(1, 3).Select(number => new EcdsaSigner([.. new byte[31], (byte)(number + 100)]))];
    private static readonly Address Coinbase = Address.Parse("0x00000000000000000000000000000000000c0fee");

    private readonly RelayHttp _http = new();
    private AnvilNode _chain = null!;
    private RelaySimulator _relay = null!;
    private ulong _id;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _chain = await AnvilNode.StartAsync(Stop, null, "--order", "fifo");
        await _chain.CallAsync("anvil_setCoinbase", Stop, Coinbase.ToString());
        foreach (var searcher in Searchers)
        {
            await _chain.CallAsync("anvil_setBalance", Stop, searcher.Account.ToString(), Rich);
        }

        _relay = await RelaySimulator.StartAsync(new SimulatorPlan { Dialect = Dialect, Time = TimeProvider.System, Node = new Uri(_chain.HttpAddress) }, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await _chain.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task The_bundle_that_pays_most_comes_first_and_what_waits_in_public_comes_last()
    {
        var inPublic = await _chain.CallAsync("eth_accounts", Stop);
        var publicHash = await _chain.CallAsync("eth_sendTransaction", Stop, new System.Text.Json.Nodes.JsonObject { ["from"] = inPublic[0].GetString(), ["to"] = inPublic[1].GetString(), ["value"] = "0x1" });
        await SendAsync(0, Pay(0, nonce: 0, tipWei: 1_000));
        await SendAsync(1, Pay(1, nonce: 0, tipWei: 3_000), Pay(1, nonce: 1, tipWei: 0));
        await SendAsync(2, Pay(2, nonce: 0, tipWei: 2_000));

        var block = await _relay.LandAsync(Stop);

        Assert.Equal([Searchers[1].Account, Searchers[2].Account, Searchers[0].Account], block.Bundles.Select(bundle => bundle.Searcher!.Value));
        Assert.Equal([0, 2, 3], block.Bundles.Select(bundle => bundle.Index));
        Assert.All(block.Bundles, bundle => Assert.Equal(BundleFate.Landed, bundle.Fate));
        var hashes = await HashesAsync();
        Assert.Equal([.. block.Bundles.SelectMany(bundle => bundle.Bundle.Transactions).Select(transaction => transaction.Hash.ToString()), publicHash.GetString()!], hashes);
    }

    [Fact]
    public async Task A_bid_is_what_the_fee_recipient_gains()
    {
        await SendAsync(0, Pay(0, nonce: 0, tipWei: 12_345, priorityFee: 0));
        var before = await BalanceAsync(Coinbase);

        var block = await _relay.LandAsync(Stop);

        Assert.Equal("12345", Assert.Single(block.Bundles).Bid.ToString());
        Assert.Equal("12345", ((await BalanceAsync(Coinbase)) - before).ToString());
    }

    [Fact]
    public async Task Of_two_bundles_that_need_the_same_transaction_only_the_better_one_lands()
    {
        var victim = Pay(2, nonce: 0, tipWei: 0, priorityFee: 1);
        await SendAsync(0, victim, Pay(0, nonce: 0, tipWei: 1_000));
        await SendAsync(1, victim, Pay(1, nonce: 0, tipWei: 2_000));

        var block = await _relay.LandAsync(Stop);

        Assert.Equal([(Searchers[1].Account, BundleFate.Landed), (Searchers[0].Account, BundleFate.Outbid)], block.Bundles.Select(bundle => (bundle.Searcher!.Value, bundle.Fate)));
        Assert.Equal(2, (await HashesAsync()).Count);
    }

    [Fact]
    public async Task A_bundle_that_reverts_does_not_land_unless_its_terms_allow_it()
    {
        var failing = Make(0, nonce: 0, to: null, wei: 0, input: [0xfe], priorityFee: 1);
        await SendAsync(0, failing, Pay(0, nonce: 1, tipWei: 1_000));
        var other = Make(1, nonce: 0, to: null, wei: 0, input: [0xfe], priorityFee: 1);
        await SendAsync(1, bundle => bundle with { Reverting = [other.Hash] }, other, Pay(1, nonce: 1, tipWei: 500));

        var block = await _relay.LandAsync(Stop);

        Assert.Equal([(Searchers[1].Account, BundleFate.Landed), (Searchers[0].Account, BundleFate.Invalid)], block.Bundles.Select(bundle => (bundle.Searcher!.Value, bundle.Fate)));
    }

    [Fact]
    public async Task A_bundle_for_a_later_block_waits_and_one_that_was_late_is_dropped()
    {
        await SendAsync(0, bundle => bundle with { Target = new BlockNumber(2) }, Pay(0, nonce: 0, tipWei: 1_000));

        var first = await _relay.LandAsync(Stop);
        await SendAsync(1, bundle => bundle with { Target = new BlockNumber(1) }, Pay(1, nonce: 0, tipWei: 1_000));
        var second = await _relay.LandAsync(Stop);

        Assert.Empty(first.Bundles);
        Assert.Equal((new BlockNumber(2), BundleFate.Landed), (second.Number, Assert.Single(second.Bundles).Fate));
        Assert.Equal([BundleFate.Landed, BundleFate.Dropped], _relay.Pool.All.Select(bundle => bundle.Fate));
    }

    [Fact]
    public async Task The_three_default_builders_can_compete_on_one_chain()
    {
        await using var titan = await RelaySimulator.StartAsync(new SimulatorPlan { Dialect = RelayDialects.Find("titan")!, Time = TimeProvider.System, Node = new Uri(_chain.HttpAddress) }, Stop);
        using var client = new HttpRelayClient(Titan, new RelayAddresses(titan.Address, null), _http, TimeProvider.System, HttpRelayClient.DefaultPatience);
        var bundle = MadeBundles.Plain() with { Transactions = [Pay(0, nonce: 0, tipWei: 1_000)], Target = new BlockNumber(1) };
        await client.SendAsync(RelayRequestWriter.Write(Titan, new RelayCommand.Send(bundle), 1, null), Stop);
        await SendAsync(1, Pay(1, nonce: 0, tipWei: 1_000));

        var theirs = await titan.LandAsync(Stop);
        var ours = await _relay.LandAsync(Stop);

        Assert.Equal(BundleFate.Landed, Assert.Single(theirs.Bundles).Fate);
        Assert.Empty(ours.Bundles);
        Assert.Equal(BundleFate.Late, Assert.Single(_relay.Pool.All).Fate);
    }

    [Fact]
    public async Task The_relay_says_which_block_it_delivered()
    {
        await SendAsync(0, Pay(0, nonce: 0, tipWei: 1_000));
        await SendAsync(1, Pay(1, nonce: 0, tipWei: 2_000));
        await _relay.LandAsync(Stop);
        await _relay.LandAsync(Stop);
        var client = new RelayDataClient([new RelayDataSource("simulated", _relay.Address)], _http, TimeProvider.System, TimeSpan.FromMinutes(1));

        var first = Assert.Single(await client.AskAsync(RelayDataQuery.DeliveredAt(1), Stop));
        var both = Assert.Single(await client.AskAsync(RelayDataQuery.DeliveredUpTo(2, limit: 5), Stop));
        var newest = Assert.Single(await client.AskAsync(RelayDataQuery.DeliveredUpTo(2, limit: 1), Stop));
        var received = Assert.Single(await client.AskAsync(RelayDataQuery.ReceivedAt(1), Stop));

        var block = await _chain.CallAsync("eth_getBlockByNumber", Stop, "0x1", false);
        var trace = Assert.Single(first.Traces);
        Assert.Equal((block.GetProperty("hash").GetString(), "3000", 2UL, Coinbase), (trace.BlockHash.ToString(), trace.Value.ToString(), trace.TransactionCount, trace.ProposerFeeRecipient));
        Assert.Equal([2UL, 1UL], both.Traces.Select(found => found.Slot));
        Assert.Equal([2UL], newest.Traces.Select(found => found.Slot));
        Assert.Equal(RelayDataFault.NoAnswer, received.Fault);
        using var plain = new HttpClient();
        using var refused = await plain.GetAsync(new Uri(_relay.Address, "relay/v1/data/bidtraces/proposer_payload_delivered?slot=1&cursor=2"), Stop);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private static readonly RelayDialect Titan = RelayDialects.Find("titan")!;

    private static BundleTransaction Pay(int searcher, ulong nonce, ulong tipWei, ulong priorityFee = 0) =>
        Make(searcher, nonce, Coinbase, tipWei, [], priorityFee);

    private static BundleTransaction Make(int searcher, ulong nonce, Address? to, ulong wei, byte[] input, ulong priorityFee) =>
        BundleTransaction.Read(TransactionEncoder.Encode(TransactionSigner.Sign(
            new SignedTransaction
            {
                Type = TxType.DynamicFee,
                ChainId = new ChainId(1),
                Nonce = new Nonce(nonce),
                GasLimit = new Gas(100_000),
                Recipient = to,
                Value = new Wei(wei),
                MaxFeePerGas = new Wei(10 * (ulong)OneGwei),
                MaxPriorityFeePerGas = new Wei(priorityFee),
                Input = input,
                Signature = new EcdsaSignature(1, 1, YParity: 0),
            },
            Searchers[searcher])))!;

    private Task SendAsync(int searcher, params BundleTransaction[] transactions) => SendAsync(searcher, bundle => bundle, transactions);

    private async Task SendAsync(int searcher, Func<RelayBundle, RelayBundle> change, params BundleTransaction[] transactions)
    {
        using var client = new HttpRelayClient(Dialect, new RelayAddresses(_relay.Address, null), _http, TimeProvider.System, TimeSpan.FromMinutes(1));
        var bundle = change(MadeBundles.Plain() with { Transactions = transactions, Target = new BlockNumber(1) });
        var result = await client.SendAsync(RelayRequestWriter.Write(Dialect, new RelayCommand.Send(bundle), ++_id, RelayCredential.OfSigner(Searchers[searcher])), Stop);
        Assert.Equal(bundle.ComputeBundleHash(), result.Answer.NamedHash);
    }

    private async Task<IReadOnlyList<string>> HashesAsync()
    {
        var block = await _chain.CallAsync("eth_getBlockByNumber", Stop, "latest", false);
        return [.. block.GetProperty("transactions").EnumerateArray().Select(hash => hash.GetString()!)];
    }

    private async Task<UInt256> BalanceAsync(Address account)
    {
        JsonElement balance = await _chain.CallAsync("eth_getBalance", Stop, account.ToString(), "latest");
        return UInt256.TryParse(balance.GetString(), out var wei) ? wei : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{balance}"));
    }
}
