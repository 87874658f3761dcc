using System.Buffers.Binary;
using System.Diagnostics;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Cluster.Tests;

/// <summary>Appends sightings through a chain's sequencer at a steady rate, as a lane does: a batch that was refused, or whose outcome is unknown, is repeated with the same keys.</summary>
internal sealed class LoadWriter : IAsyncDisposable
{
    private const int BatchEvents = 64;
    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(20);

    private readonly ISequencerGrain _sequencer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _appending;
    private ulong _acknowledged;
    private long _lastAcknowledgement;

    public LoadWriter(IGrainFactory grains, ChainId chain, string lane)
    {
        _sequencer = grains.Sequencer(chain);
        Lane = LaneId.Of(lane);
        _appending = Task.Run(AppendAsync);
    }

    /// <summary>The lane of its records.</summary>
    public LaneId Lane { get; }

    /// <summary>The highest local sequence number that was acknowledged; those below it were, too.</summary>
    public ulong Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>What the last append that failed said.</summary>
    public string LastFailure { get; private set; } = string.Empty;

    /// <summary>Waits for an acknowledgement after a moment, and returns how long after it came.</summary>
    public async Task<TimeSpan> AcknowledgedAfterAsync(long moment, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var look = new PeriodicTimer(_period);
        while (Volatile.Read(ref _lastAcknowledgement) <= moment)
        {
            if (Stopwatch.GetElapsedTime(moment) > limit)
            {
                throw new TimeoutException($"Nothing was acknowledged within {limit}; the last append said: {LastFailure}");
            }

            await look.WaitForNextTickAsync(cancellationToken);
        }

        return Stopwatch.GetElapsedTime(moment, Volatile.Read(ref _lastAcknowledgement));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_appending.IsCompleted)
        {
            await _stop.CancelAsync();
            await _appending;
            _stop.Dispose();
        }
    }

    /// <summary>The next batch: sightings of transactions that nothing else has seen.</summary>
    private static void Fill(EventBatch batch, ulong first)
    {
        batch.Clear();
        Span<byte> hash = stackalloc byte[Hash256.Size];
        for (ulong local = first; local < first + BatchEvents; local++)
        {
            hash.Fill(0xc1);
            BinaryPrimitives.WriteUInt64BigEndian(hash, local);
            BinaryPrimitives.WriteUInt32BigEndian(hash[8..], batch.Lane.Value);
            batch.AddSeen(new Hash256(hash), SightingVia.HashSubscription, RecordMeta.Fact(batch.Lane, local, new UnixNanoseconds((long)local), default));
        }
    }

    private async Task AppendAsync()
    {
        using var pace = new PeriodicTimer(_period);
        while (!_stop.IsCancellationRequested)
        {
            // A batch of its own each time: a call whose outcome is unknown may still use the one before.
            var batch = new EventBatch(Lane);
            Fill(batch, Acknowledged + 1);
            while (!await TryAppendAsync(batch))
            {
                if (_stop.IsCancellationRequested)
                {
                    return;
                }

                await pace.WaitForNextTickAsync();
            }

            Volatile.Write(ref _acknowledged, batch.Last.LocalSeq);
            Volatile.Write(ref _lastAcknowledgement, Stopwatch.GetTimestamp());
            await pace.WaitForNextTickAsync();
        }
    }

    private async Task<bool> TryAppendAsync(EventBatch batch)
    {
        try
        {
            var answer = await _sequencer.Append(batch);
            LastFailure = answer.Detail;
            return answer.Outcome == AppendOutcome.Durable;
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException or ArgumentException or ObjectDisposedException)
        {
            LastFailure = failure.Message;
            return false;
        }
    }
}
