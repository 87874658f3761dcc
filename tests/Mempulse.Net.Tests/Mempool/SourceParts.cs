using System.Text.Json;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>One source of a lane, taken apart: a scripted node, its client, and a clock that the test sets.</summary>
internal sealed class SourceParts : IAsyncDisposable
{
    private SourceParts(Func<RpcLaneOptions, RpcLaneOptions> with, int maxMessageBytes)
    {
        Node = new ScriptedNode();
        var endpoint = RpcEndpoint.Parse("a", Node.HttpAddress);
        Options = with(new RpcLaneOptions { Chain = new ChainId(1), Endpoints = [endpoint] });
        Pipeline = PipelineParts.Pipeline(new IngestPipelineOptions { MinBatchEvents = 1 }, Sink, TimeProvider.System);
        var claimed = new RecentSet<Hash256>(64);
        var fetcher = new BodyFetcher(Options, Pipeline, new DecodedBodies(64), claimed, Time);
        Nonces = new NonceProbe(Options, Pipeline, Time);
        Source = new PendingSource(Options, 0, new LaneParts(Pipeline, fetcher, Nonces, claimed, Time));
        Reconciler = new PoolReconciler(Options, Time, Source);
        Poller = new PendingPoller(Options, Time, Source, Reconciler);
        Client = NewClient(maxMessageBytes);
    }

    public SteppedTime Time { get; } = new();

    public RecordingSink Sink { get; } = new();

    public ScriptedNode Node { get; }

    public RpcLaneOptions Options { get; }

    public IngestPipeline Pipeline { get; }

    public NonceProbe Nonces { get; }

    public PendingSource Source { get; }

    public PoolReconciler Reconciler { get; }

    public PendingPoller Poller { get; }

    public RpcClient Client { get; }

    public static async Task<SourceParts> StartAsync(
        Func<string, JsonElement, string?>? result = null, Func<RpcLaneOptions, RpcLaneOptions>? with = null, int maxMessageBytes = 1 << 20)
    {
        var parts = new SourceParts(with ?? (static options => options), maxMessageBytes);
        parts.Node.Result = result ?? parts.Node.Result;
        await parts.Pipeline.StartAsync(TestContext.Current.CancellationToken);
        return parts;
    }

    /// <summary>The content of a pool with these transactions, of which only the hashes are given.</summary>
    public static string Pool(params IEnumerable<int> transactions) =>
        "{\"pending\":{\"0x00\":{" + string.Join(',', transactions.Select(static i => $"\"{i}\":{{\"hash\":\"{HashOf(i)}\"}}")) + "}}}";

    public static Hash256 HashOf(int number) => SampleBody.HashOf(BitConverter.GetBytes(number));

    public long Drops(DropReason reason) => Pipeline.ReadStatus([]).Drops.Where(drop => drop.Reason == reason).Sum(static drop => drop.Count);

    public RpcClient NewClient(int maxMessageBytes = 1 << 20) => new(
        new Uri(Node.HttpAddress),
        new RpcConnectionOptions { CallRetries = 0, MaxMessageBytes = maxMessageBytes, RateLimitPatience = TimeSpan.Zero },
        TimeProvider.System,
        new RpcMeter(UnhostedMeters.Shared, new ChainId(1), "test"));

    /// <summary>Advances the clock by a step whenever something began to wait for it, until a condition holds.</summary>
    public Task StepUntilAsync(TimeSpan step, Func<bool> condition, string what) => Until.TrueAsync(
        () =>
        {
            bool holds = condition();
            if (!holds)
            {
                Time.StepIfAwaited(step);
            }

            return holds;
        },
        what);

    /// <summary>Cancels what runs and waits for its end, however it ends.</summary>
    public static async Task EndAsync(CancellationTokenSource stop, Task running)
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Pipeline.DisposeAsync();
        await Node.DisposeAsync();
    }

    /// <summary>A clock that advances only while something waits for it, so that calls take no time.</summary>
    internal sealed class SteppedTime : FakeTimeProvider
    {
        private int _waits;
        private int _stepped;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _waits);
            return timer;
        }

        public void StepIfAwaited(TimeSpan step)
        {
            int waits = Volatile.Read(ref _waits);
            if (waits > _stepped)
            {
                _stepped = waits;
                Advance(step);
            }
        }
    }
}
