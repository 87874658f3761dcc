using Mempulse.Canon.Appending;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Keys;
using Mempulse.Canon.Segments;
using Mempulse.Canon.Verification;

namespace Mempulse.Canon;

/// <summary>Background work on a dedicated thread: prepares the next segment's file, verifies sealed segments, and writes their key indexes.</summary>
internal sealed class Housekeeping : IDisposable
{
    /// <summary>Verification rests three times as long as it works, so it takes at most a quarter of a core.</summary>
    private const int RestPerWork = 3;

    private readonly SegmentPreparer _preparer;
    private readonly LogState _state;
    private readonly KeyIndexes _keys;
    private readonly ILogFileSystem _files;
    private readonly TimeProvider _time;
    private readonly Action<LogDamage> _damaged;
    private readonly Thread _thread;
    private readonly SemaphoreSlim _signal = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<SegmentName> _tended = [];

    public Housekeeping(WriterSession session, KeyIndexes keys, EventLogOptions options, Action<LogDamage> damaged)
    {
        _preparer = session.Preparer;
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
                _signal.Wait(_closing.Token);
                Try(_preparer.Prepare);
                TendSealed();
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
            if (!_tended.Add(segments[index].Name))
            {
                continue;
            }

            long started = _time.GetTimestamp();
            Tend(segments[index], segments[index + 1]);
            if (_signal.Wait(_time.GetElapsedTime(started) * RestPerWork, _closing.Token))
            {
                // The writer rolled during the rest: the next file is more urgent than verification.
                Try(_preparer.Prepare);
                _signal.Release();
                return;
            }
        }
    }

    private void Tend(Segment segment, Segment next) => Try(() =>
    {
        var findings = SegmentVerifier.Verify(_files, segment, next.Header, _closing.Token);
        if (findings.Damage is { } damage)
        {
            _damaged(damage);
            return;
        }

        _keys.Persist(segment);
    });

    private static void Try(Action work)
    {
        try
        {
            work();
        }
        catch (IOException)
        {
            // The disk is full, or retention has just deleted the file. Neither matters here: a roll creates its own file, a reader its own index.
        }
    }
}
