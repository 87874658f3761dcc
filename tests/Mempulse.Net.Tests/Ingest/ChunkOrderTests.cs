using CsCheck;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>Chunks that are finished in any order are recorded in theirs, and the same few chunks serve for ever.</summary>
public sealed class ChunkOrderTests
{
    private const int Workers = 2;
    private const int Chunks = 2 * Workers;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly PipelineContext _context;
    private readonly LaneRecorder _recorder;
    private readonly ChunkOrder _order;
    private long _next;

    public ChunkOrderTests()
    {
        _context = PipelineParts.Context(new IngestPipelineOptions { MinBatchEvents = 1, MaxBatchEvents = 1 << 16 }, TimeProvider.System);
        _recorder = new LaneRecorder(_context, new DropLedger(_context), new ChunkDecoder(_context, FixedRecovery.NewDecoder()));
        _order = new ChunkOrder(_recorder, _context.Lane, Workers);
    }

    [Fact]
    public void Chunks_are_recorded_in_their_order_whatever_the_order_in_which_they_are_finished() =>
        Gen.Shuffle((int[])[0, 1, 2, 3]).Array[1, 20].Sample(static rounds => new ChunkOrderTests().Run(rounds), iter: 100);

    [Fact]
    public async Task A_worker_without_a_chunk_waits_until_one_is_returned_or_recorded()
    {
        var rented = Enumerable.Range(0, Chunks).Select(_ => Rent()).ToList();
        for (int i = 0; i < 3; i++)
        {
            var waiting = Start(Rent);
            Assert.False(waiting.IsCompleted);
            Finish(rented[0]);
            rented = [.. rented[1..], await waiting.WaitAsync(s_limit, TestContext.Current.CancellationToken)];
        }

        var returned = Start(_order.Rent);
        _order.Return(rented[^1]);
        Assert.NotNull(await returned.WaitAsync(s_limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task After_a_break_nothing_is_recorded_and_each_worker_that_waits_or_asks_gets_none()
    {
        var rented = Enumerable.Range(0, Chunks).Select(_ => Rent()).ToList();
        Task<DecodeChunk?>[] waiting = [Start(_order.Rent), Start(_order.Rent)];
        Finish(rented[0]);
        Assert.NotNull(await (await Task.WhenAny(waiting).WaitAsync(s_limit, TestContext.Current.CancellationToken)));

        _order.Break();
        Finish(rented[1]);

        await Task.WhenAll(waiting).WaitAsync(s_limit, TestContext.Current.CancellationToken);
        _ = Assert.Single(waiting, static task => task.Result is null);
        Assert.Null(_order.Rent());
        Assert.Equal([0L], Recorded());
    }

    [Fact]
    public void A_chunk_is_finished_once()
    {
        var (first, second) = (Rent(), Rent());
        Finish(second);
        Assert.Throws<InvariantBrokenException>(() => _order.Finish(second));
        Finish(first);

        first.Begin(0);
        Assert.Throws<InvariantBrokenException>(() => _order.Finish(first));
    }

    private void Run(int[][] rounds)
    {
        foreach (int[] round in rounds)
        {
            var rented = round.Select(_ => Rent()).ToList();
            Assert.All(round, at => Finish(rented[at]));
        }

        Assert.Equal(Enumerable.Range(0, rounds.Length * Chunks).Select(static number => (long)number), Recorded());
    }

    private DecodeChunk Rent()
    {
        var chunk = _order.Rent();
        Assert.NotNull(chunk);
        chunk.Begin(Interlocked.Increment(ref _next) - 1);
        return chunk;
    }

    private void Finish(DecodeChunk chunk)
    {
        chunk.Add(IngestItem.Sighting(default, SightingVia.HashSubscription, default, new UnixNanoseconds(chunk.Number)), []);
        _order.Finish(chunk);
    }

    private List<long> Recorded()
    {
        var times = new List<long>();
        while (_recorder.TryTake(long.MaxValue) is { } batch)
        {
            var records = new RecordEnumerator(GlobalSeq.None.Next, batch.Records.Span);
            while (records.MoveNext())
            {
                times.Add(records.Current.Timestamp.Value);
            }

            _recorder.Return(batch);
        }

        return times;
    }

    private static Task<T> Start<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
