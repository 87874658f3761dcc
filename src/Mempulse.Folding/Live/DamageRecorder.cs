using System.Threading.Channels;
using Mempulse.Canon;
using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Live;

/// <summary>Puts damage that a log's background verification or a reader finds on record in that log, once the epoch's first record is there.</summary>
/// <remarks>Thread-safe. Bounded by <see cref="EventLog.MaxDamage"/>. Disposing gives up what is not on record; the next epoch finds it again.</remarks>
public sealed class DamageRecorder(TimeProvider time) : IAsyncDisposable
{
    /// <summary>The name of the lane of the records.</summary>
    public const string LaneName = "damage";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<LogDamage> _found = Channel.CreateBounded<LogDamage>(EventLog.MaxDamage);
    private readonly CancellationTokenSource _stop = new();
    private Task _recording = Task.CompletedTask;

    /// <summary>The lane of the records.</summary>
    public static LaneId Lane { get; } = LaneId.Of(LaneName);

    /// <summary>Takes a damaged place; never blocks.</summary>
    public void Found(LogDamage damage) => _found.Writer.TryWrite(damage);

    /// <summary>Starts recording; call it after the epoch's first append.</summary>
    /// <param name="last">The last sequence of <see cref="Lane"/> in the log; null if it has none.</param>
    /// <param name="append">Appends a batch. A refusal is repeated.</param>
    public void Start(LaneSequence? last, Func<EventBatch, ValueTask<FoldAppend>> append) =>
        _recording = Task.Run(() => RunAsync(last?.LocalSeq ?? 0, append));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _found.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _recording.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(ulong localSeq, Func<EventBatch, ValueTask<FoldAppend>> append)
    {
        await foreach (var damage in _found.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
        {
            var batch = new EventBatch(Lane);
            batch.Add(EventOf(damage), RecordMeta.Fact(Lane, ++localSeq, RecordClock.Now(time), default));
            while (!(await append(batch).ConfigureAwait(false)).IsDurable)
            {
                await Task.Delay(RetryDelay, time, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    private static LogEvent.DamageFound EventOf(LogDamage damage) =>
        new(Path.GetFileName(damage.File), (ulong)damage.Offset, damage.First, damage.Last, damage.Expected, damage.Actual);
}
