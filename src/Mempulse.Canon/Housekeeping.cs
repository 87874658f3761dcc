using Mempulse.Canon.Appending;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Keys;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;

namespace Mempulse.Canon;

/// <summary>
/// Background work on a dedicated thread: prepares the next segment's file, verifies sealed segments, and writes their key indexes. Then it
/// verifies them again, one after the other and without end, because storage also decays after the first time.
/// </summary>
internal sealed class Housekeeping : IDisposable
{
    /// <summary>Verification rests three times as long as it works, so it takes at most a quarter of a core.</summary>
    private const int RestPerWork = 3;

    /// <summary>Repeated verification rests a hundred times as long as it works: a segment of 64 MiB is read about every ten seconds.</summary>
    private const int RestPerRepeat = 100;

    /// <summary>How often the durable mark is synced while it moves: what a loss of power can take from it.</summary>
    private static readonly TimeSpan MarkInterval = TimeSpan.FromSeconds(1);

    private readonly SegmentPreparer _preparer;
    private readonly DurableMark? _mark;
    private readonly LogState _state;
    private readonly KeyIndexes _keys;
    private readonly ILogFileSystem _files;
    private readonly TimeProvider _time;
    private readonly Action<LogDamage> _damaged;
    private readonly Thread _thread;
    private readonly SemaphoreSlim _signal = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<SegmentName> _verified = [];
    private readonly HashSet<SegmentName> _tended = [];
    private GlobalSeq _repeated; // start of the segment that was verified again last
    private long _repeatAt;

    public Housekeeping(WriterSession session, KeyIndexes keys, EventLogOptions options, Action<LogDamage> damaged)
    {
        _preparer = session.Preparer;
        _mark = session.Mark;
        _state = session.State;
        _keys = keys;
        _files = options.Files;
        _time = options.Time;
        _damaged = damaged;
        session.Roll.Rolled = () => _signal.Release();
        _thread = new Thread(Run) { Name = "log-housekeeping", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _closing.Cancel();
        _thread.Join();
        _closing.Dispose();
        _signal.Dispose();
    }

    private void Run()
    {
        try
        {
            while (true)
            {
                if (_signal.Wait(MarkInterval, _closing.Token))
                {
                    Try(_preparer.Prepare);
                    TendSealed();
                }

                else
                {
                    Try(VerifyAgain);
                }

                Try(_keys.PersistWanted);
                _mark?.Sync();
            }
        }
        catch (OperationCanceledException)
        {
            // Closing. Anything left undone is done again after the next opening.
        }
    }

    private void TendSealed()
    {
        var segments = _state.Segments;
        for (int index = 0; index + 1 < segments.Count; index++)
        {
            if (_tended.Contains(segments[index].Name))
            {
                continue;
            }

            long started = _time.GetTimestamp();
            Try(() => Tend(segments[index], segments[index + 1]));
            if (_signal.Wait(_time.GetElapsedTime(started) * RestPerWork, _closing.Token))
            {
                // The writer rolled during the rest: the next file is more urgent than verification.
                Try(_preparer.Prepare);
                _signal.Release();
                return;
            }
        }
    }

    /// <summary>Verifies a segment and writes its key index. Each step is noted when it is done, so one that failed is taken up again.</summary>
    private void Tend(Segment segment, Segment next)
    {
        if (!_verified.Contains(segment.Name))
        {
            var findings = SegmentVerifier.Verify(_files, segment, next.Header, _closing.Token);
            _verified.Add(segment.Name);
            foreach (var damage in findings.Damage)
            {
                _damaged(damage);
            }

            if (findings.Damage.Count > 0)
            {
                _tended.Add(segment.Name); // an index would miss what cannot be read
                return;
            }
        }

        _keys.Persist(segment);
        _tended.Add(segment.Name);
    }

    /// <summary>Verifies the sealed segment behind the one that was verified again last, once the rest after that one is over.</summary>
    private void VerifyAgain()
    {
        long started = _time.GetTimestamp();
        var segments = _state.Segments;
        if (started < _repeatAt || segments.Count < 2)
        {
            return;
        }

        int index = 0;
        while (index + 1 < segments.Count && segments[index].First <= _repeated)
        {
            index++;
        }

        index = index + 1 < segments.Count ? index : 0; // the last one is not sealed
        _repeated = segments[index].First;
        foreach (var damage in SegmentVerifier.Verify(_files, segments[index], segments[index + 1].Header, _closing.Token).Damage)
        {
            _damaged(damage);
        }

        long finished = _time.GetTimestamp();
        _repeatAt = finished + ((finished - started) * RestPerRepeat);
    }

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (LogCorruptException corrupt) when (corrupt.Damage is { } damage)
        {
            _damaged(damage);
        }
        catch (IOException)
        {
            // The disk is full or cannot be reached, or retention has just deleted the file. A roll creates its own file, a reader
            // its own index, and verification is taken up again after the next roll.
        }
    }
}
