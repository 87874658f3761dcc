using Mempulse.Cli.Recording;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Cli.Tests.Recording;

/// <summary>What a recording says of its sources: each change once, the current reason, and why nothing was received.</summary>
public sealed class SourceWatchTests : IDisposable
{
    private static readonly UnixNanoseconds _early = new(1_000);
    private static readonly UnixNanoseconds _late = new(2_000);

    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly SourceWatch _watch;

    public SourceWatchTests() => _watch = new SourceWatch(_output, TimeProvider.System);

    [Fact]
    public async Task A_change_is_one_line_with_the_reason_of_the_latest_attempt()
    {
        await LookAsync(Source("a") with { Problem = "Newer.", LastTry = _late }, Source("a") with { Problem = "Older.", LastTry = _early });
        await LookAsync(Source("a") with { Problem = "Newer.", LastTry = _late });
        await LookAsync(Source("a") with { Reception = "polling txpool_content" }, Source("b"));
        await LookAsync(Source("a") with { Reception = "subscription" });

        Assert.Equal("Source a is unavailable: Newer.\nSource a offers no subscriptions: polling txpool_content.\nSource a is subscribed.\n", _output.ToString());
    }

    [Fact]
    public async Task Without_a_word_from_any_source_the_last_problem_is_the_reason()
    {
        Assert.Equal("Nothing was recorded. No source answered.", Assert.Throws<NothingReceivedException>(_watch.ThrowIfNothingReceived).Message);
        Assert.False(_watch.Known.IsCompleted);

        await LookAsync(Source("a") with { Problem = "It is closed.", LastTry = _early });

        Assert.Equal("Nothing was recorded. Source a is unavailable: It is closed.", Assert.Throws<NothingReceivedException>(_watch.ThrowIfNothingReceived).Message);
        Assert.True(_watch.Known.IsCompleted);
    }

    [Fact]
    public async Task One_source_that_was_heard_is_enough_also_when_it_is_lost_later()
    {
        await LookAsync(Source("a"), Source("b") with { LastHeard = _early });

        Assert.True(_watch.Known.IsCompleted);
        _watch.ThrowIfNothingReceived();

        await LookAsync(Source("a"), Source("b") with { Problem = "It closed.", LastTry = _late });

        _watch.ThrowIfNothingReceived();
    }

    public void Dispose() => _output.Dispose();

    private static SourceStatus Source(string name) => new(name, $"ws://{name}", IsConnected: false, 0, 0, default, string.Empty);

    /// <summary>The look that every watch takes when it ends.</summary>
    private async Task LookAsync(params SourceStatus[] sources) =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _watch.RunAsync([.. sources.Select(source => new Lane(source))], TimeSpan.FromSeconds(1), new CancellationToken(canceled: true)));

    private sealed class Lane(SourceStatus source) : IIngestLane
    {
        public string Name => "rpc";

        public Task Completion => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public LaneStatus ReadStatus() => new()
        {
            Name = Name, QueueDepth = 0, QueuePeak = 0, QueueCapacity = 1, AcceptedCount = 0, DecodedCount = 0, AppendedCount = 0, LastLocalSeq = 0, Drops = [], IsLogAvailable = true, Sources = [source],
        };

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
