using System.Globalization;
using Mempulse.Builder.Assembly;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Operators;
using Mempulse.Builder.Requests;
using Mempulse.Builder.Sending;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Folding;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Bundles;
using Mempulse.Grains.Tests.Hosting;
using Mempulse.Grains.Tests.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.RelaySim;
using Mempulse.Testing.Scenarios;
using Mempulse.Testing.Waiting;

namespace Mempulse.Grains.Tests.Bundles;

/// <summary>A silo with an operator, relays on loopback, and a log on disk that outlives it.</summary>
internal sealed class BundleSilo : IAsyncDisposable
{
    /// <summary>The height of the head.</summary>
    public const ulong Head = 100;

    private static readonly OperatorKey s_key = OperatorKey.FromHex(new string('7', 64), "the test");

    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-bundles-").FullName;
    private readonly List<(string Dialect, RelaySimulator Relay)> _relays = [];
    private TestSilo? _silo;
    private ulong _localSeq;

    public TestSilo Silo => _silo!;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts a relay.</summary>
    public async Task<RelaySimulator> AddRelayAsync(string dialect)
    {
        var relay = await RelaySimulator.StartAsync(new SimulatorPlan { Dialect = RelayDialects.Find(dialect)!, Time = TimeProvider.System }, Stop);
        relay.Head = new BlockNumber(Head);
        _relays.Add((dialect, relay));
        return relay;
    }

    /// <summary>Starts the silo, or another one over the same log.</summary>
    public async Task StartAsync(BundleSending sending = BundleSending.Live, bool hasCredential = true, Action<BundleOptions>? more = null)
    {
        if (_silo is not null)
        {
            await _silo.DisposeAsync();
        }

        _silo = await TestSilo.StartAsync(_directory, bundles: options =>
        {
            options.Operator = new OperatorPlan(TestSilo.Chain, s_key.Account, Named.Account("executor"), s_key);
            options.Relays = [.. _relays.Select((relay, at) => new RelayPlan(
                string.Create(CultureInfo.InvariantCulture, $"relay-{at}"), RelayDialects.Find(relay.Dialect)!, new RelayAddresses(relay.Relay.Address, relay.Relay.Address),
                hasCredential ? RelayCredential.OfSigner(new EcdsaSigner([.. Enumerable.Repeat((byte)9, 32)])) : null))];
            options.Sending = sending;
            options.AnswerPatience = TimeSpan.FromSeconds(20);
            more?.Invoke(options);
        });
        await _silo.SettleAsync();
    }

    /// <summary>The head of the chain moves.</summary>
    public ValueTask BlockAsync(ulong number) => AppendAsync("blocks", new LogEvent.BlockObserved
    {
        Hash = BlockName(number),
        Number = new BlockNumber(number),
        ParentHash = BlockName(number - 1),
        TimestampSeconds = 1_770_000_000 + (12 * number),
        BaseFeePerGas = new Wei(7),
        GasUsed = new Gas(0),
        GasLimit = new Gas(30_000_000),
        FeeRecipient = Named.Account("builder"),
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions = [],
        AuthorityNonces = [],
    });

    /// <summary>True if the fold says that the first relay may be asked.</summary>
    public async Task<bool> MayAskAsync(Hash256 bundle) => (await Silo.Grains.Mempool(TestSilo.Chain).GetBundleTask(bundle, ["relay-0"]))!.Relays[0].MayAsk;

    /// <summary>Waits until the fold says that the first relay is not to be asked again for a bundle.</summary>
    public Task SettledAsync(Hash256 bundle) => Until.TrueAsync(
        async () => await Silo.Grains.Mempool(TestSilo.Chain).GetBundleTask(bundle, ["relay-0"]) is { } task && task.Relays[0].Send.IsSettled,
        "the relay is not to be asked again");

    /// <summary>A bundle for the block after the head is built: its bytes are stored, and the fold has it.</summary>
    public async Task<Hash256> BuildAsync(Func<LogEvent.BundleBuilt, LogEvent.BundleBuilt>? change = null)
    {
        byte[] trigger = MadeChain.Sign(MadeChain.Stopper, value: 1);
        byte[] own = MadeChain.Sign(MadeChain.Stopper, value: 2, nonce: 1);
        BundlePart[] parts = [Part(trigger, isOwn: false, nonce: 0), Part(own, isOwn: true, nonce: 1)];
        byte[] bytes = BundleBytes.Encode(parts, isSigned: true);
        var id = BundleBytes.IdOf(bytes, new BlockNumber(Head + 1), 1);
        var built = new LogEvent.BundleBuilt
        {
            Bundle = id,
            Base = BlockName(Head),
            Sim = Named.Tx("simulation"),
            Opportunities = [Named.Tx("opportunity")],
            BaseNumber = new BlockNumber(Head),
            Target = new BlockNumber(Head + 1),
            Strategy = "backrun-arbitrage",
            StrategyVersion = 1,
            Content = Keccak256.Hash(bytes),
            Operator = s_key.Account,
            Account = Named.Account("executor"),
            Transactions = [.. parts.Select(static part => part.Tx)],
            GasLimit = new Gas(200_000),
            BaseFee = new Wei(8),
            Tip = default,
            Payment = new Wei(9),
            PaymentPolicy = "share/1 9000 bps",
            Profit = WeiDelta.Gain(new Wei(1)),
            Uuid = Builder.Bundles.BundleUuid.Of(id),
            Sequence = 1,
            IsSigned = true,
            IsDryRun = false,
            Token = Named.Account("ether"),
        };
        await RecordAsync(bytes, change?.Invoke(built) ?? built);
        return id;
    }

    /// <summary>Records facts about bundles, and waits until the fold has them.</summary>
    public async Task RecordAsync(ReadOnlyMemory<byte>? content, params LogEvent[] facts) => Assert.Empty(await TryRecordAsync(content, facts));

    /// <summary>The same; returns why they were not recorded.</summary>
    public async Task<string> TryRecordAsync(ReadOnlyMemory<byte>? content, params LogEvent[] facts) => await Silo.Grains.RecordAsync(TestSilo.Chain, TimeProvider.System, content, facts);

    /// <summary>Lets a bundle go on.</summary>
    public ValueTask<string> AdvanceAsync(Hash256 bundle) => Silo.Grains.Bundle(TestSilo.Chain, bundle).Advance();

    /// <summary>The facts of some kinds, one line each, once there are as many.</summary>
    public async Task<IReadOnlyList<T>> FactsAsync<T>(int count)
        where T : LogEvent
    {
        List<T> found = [];
        await Until.TrueAsync(
            async () =>
            {
                var page = await Silo.Grains.LogReader(TestSilo.Chain).Scan(new ScanQuery(GlobalSeq.None, [], ScanQuery.MaxLimit));
                found = [.. page.Records.Select(static record => LogEvent.Decode(record.View)).OfType<T>()];
                return found.Count >= count;
            },
            $"{count} facts");
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, relay) in _relays)
        {
            await relay.DisposeAsync();
        }

        await Silo.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static Hash256 BlockName(ulong number) => Named.Block(string.Create(CultureInfo.InvariantCulture, $"block {number}"));

    private static BundlePart Part(byte[] raw, bool isOwn, ulong nonce) =>
        new(new BundleTx(Keccak256.Hash(raw), isOwn ? s_key.Account : MadeChain.Sender, new Nonce(nonce), new Wei(10_000), isOwn, MayRevert: false), raw);

    /// <summary>Appends a fact behind many others, and does not wait for the fold.</summary>
    public async Task AppendAheadOfTheFoldAsync(LogEvent fact)
    {
        const int Sightings = 5_000;
        var lane = LaneId.Of("another-writer");
        var batch = new EventBatch(lane);
        for (int i = 0; i < Sightings; i++)
        {
            batch.Add(new LogEvent.TxSeen(Named.Tx($"sighting {i}"), SightingVia.HashSubscription), RecordMeta.Fact(lane, ++_localSeq, RecordClock.Now(TimeProvider.System), SourceId.Of("alpha")));
        }

        batch.Add(fact, RecordMeta.Fact(lane, ++_localSeq, RecordClock.Now(TimeProvider.System), default));
        Assert.Equal(AppendOutcome.Durable, (await Silo.Grains.Sequencer(TestSilo.Chain).Append(batch)).Outcome);
    }

    private async ValueTask AppendAsync(string laneName, LogEvent fact)
    {
        var lane = LaneId.Of(laneName);
        var batch = new EventBatch(lane);
        batch.Add(fact, RecordMeta.Fact(lane, ++_localSeq, RecordClock.Now(TimeProvider.System), default));
        var answer = await Silo.Grains.Sequencer(TestSilo.Chain).Append(batch);
        await Silo.Grains.Sequencer(TestSilo.Chain).WaitForFold(answer.Last);
    }
}
