using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Ingest;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>A chain tracker with a clock of its own, whose heads come from the test and whose node shows any block of a made chain.</summary>
internal sealed class TrackedChain : IAsyncDisposable
{
    private readonly ScriptedNode _node;
    private readonly RecordingSink _sink = new();
    private readonly IngestPipeline _pipeline;
    private readonly ReceiptSources _sources;
    private readonly ReceiptBacklog _receipts;

    private TrackedChain(MadeChain chain, List<JsonObject> blocks, TimeSpan patience, IReadOnlyList<SeenBlock> resumeFrom)
    {
        Chain = chain;
        Blocks = blocks;
        _node = new ScriptedNode { Result = Answer };
        var options = new BlockFollowerOptions
        {
            Chain = new ChainId(1),
            Endpoints = [RpcEndpoint.Parse("a", _node.HttpAddress), RpcEndpoint.Parse("b", _node.HttpAddress)],
            WindowBlocks = 16,
            MaxBackfillBlocks = 8,
            ConfirmationDepthBlocks = 4,
            RollbackPatience = patience,
            ResumeFrom = resumeFrom,
        };
        _pipeline = PipelineParts.Pipeline(new IngestPipelineOptions { MinBatchEvents = 1, WhenLogRefuses = LogRefusal.Wait }, _sink, TimeProvider.System);
        var fetcher = new BlockFetcher(new BlockVerifier(SenderRecovery.CreateBest()), options.Chain, 32);
        _sources = new ReceiptSources(options, fetcher, static _ => true, _pipeline, Time);
        _receipts = new ReceiptBacklog(options, _sources, _pipeline, Time);
        Client = NewClient(_node.HttpAddress);
        Recorder = new BlockRecorder(fetcher, _sources, _receipts, _pipeline, Time);
        Tracker = new ChainTracker(options, fetcher, Recorder, _receipts, _pipeline, Time);
    }

    public FakeTimeProvider Time { get; } = new();

    public MadeChain Chain { get; }

    /// <summary>The blocks of the first branch; the index is the height.</summary>
    public List<JsonObject> Blocks { get; }

    public RpcClient Client { get; }

    public BlockRecorder Recorder { get; }

    public ChainTracker Tracker { get; }

    public bool IsSyncing { get; set; }

    public static async Task<TrackedChain> StartAsync(MadeChain chain, List<JsonObject> blocks, TimeSpan patience, IReadOnlyList<SeenBlock> resumeFrom)
    {
        var started = new TrackedChain(chain, blocks, patience, resumeFrom);
        await started._pipeline.StartAsync(TestContext.Current.CancellationToken);
        return started;
    }

    public static RpcClient NewClient(string address) => new(
        new Uri(address), new RpcConnectionOptions { CallRetries = 0 }, TimeProvider.System, new RpcMeter(UnhostedMeters.Shared, new ChainId(1), "test"));

    /// <summary>A poll's notice of a block of the first branch.</summary>
    public HeadNotice Head(int height) => Notice(Blocks[height], isPolled: true);

    /// <summary>Shows a block of the first branch as the node's head, and hands it to the tracker.</summary>
    public Task TakeAsync(int height) => TakeAsync(Blocks[height]);

    /// <summary>Shows a block as the node's head, and hands it to the tracker.</summary>
    public Task TakeAsync(JsonObject head, params IReadOnlyList<RpcClient> others) => TakeAsync(Notice(head, isPolled: true), head, "a", others);

    /// <summary>Shows a lower block of the first branch as the node's head, and hands it to the tracker as a source's poll or notification.</summary>
    public Task RollBackAsync(int height, string source = "a", bool isPolled = true) => TakeAsync(Notice(Blocks[height], isPolled), Blocks[height], source, []);

    /// <summary>A block without content at a height, on top of the first branch.</summary>
    public VerifiedBlock Verified(int height)
    {
        Assert.True(RpcBlockReader.TryReadHeader(ReceiptedBlock.Element(Blocks[height]), out var header, out var hash, out _));
        return new VerifiedBlock { Header = header, Hash = hash, Transactions = [], Types = [], UnknownBodies = [] };
    }

    /// <summary>What is in the log once everything that was posted so far is in it.</summary>
    public async Task<List<LogEvent>> FactsAsync()
    {
        var mark = new LogEvent.AccountNonceObserved(default, new Nonce((ulong)_sink.Count + 1));
        await _pipeline.PostAsync(IngestItem.Ready(mark, SourceId.Of("a"), default), TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => _sink.Events().OfType<LogEvent.AccountNonceObserved>().Any(fact => fact.Next == mark.Next), "the mark");
        return _sink.Events();
    }

    public async ValueTask DisposeAsync()
    {
        await _sources.DisposeAsync();
        await _pipeline.DisposeAsync();
        await Client.DisposeAsync();
        await _node.DisposeAsync();
    }

    private string? Answer(string method, JsonElement parameters) =>
        method == "eth_syncing" && IsSyncing ? """{"currentBlock":"0x1"}""" : Chain.Answer(method, parameters);

    private static HeadNotice Notice(JsonObject block, bool isPolled) => new(0, MadeChain.IdOf(block), new BlockNumber(MadeChain.NumberOf(block)), isPolled);

    private Task TakeAsync(HeadNotice notice, JsonObject head, string source, IReadOnlyList<RpcClient> others)
    {
        Chain.Show(head);
        Tracker.Note(notice);
        return Tracker.AdvanceAsync(Client, SourceId.Of(source), notice, others, TestContext.Current.CancellationToken);
    }
}
