using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Mempulse.Scheduling;

/// <summary>An operating-system thread that strands run on, one after the other. Only one carrier of a schedule runs at a time.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Carriers are reused and live as long as the process.")]
internal sealed class Carrier
{
    private static readonly ConcurrentBag<Carrier> s_free = [];
    private readonly AutoResetEvent _turn = new(false);
    private Strand? _first;

    private Carrier() => new Thread(Run) { IsBackground = true, Name = "carrier" }.Start();

    public int ThreadId { get; private set; }

    /// <summary>Lets a strand run: on its own carrier, or on a free one if it has not begun.</summary>
    public static void Resume(Strand strand)
    {
        if (strand.Carrier is null)
        {
            var carrier = s_free.TryTake(out var free) ? free : new Carrier();
            carrier._first = strand;
            strand.Carrier = carrier;
        }

        strand.Carrier._turn.Set();
    }

    /// <summary>Blocks the calling strand until it is resumed.</summary>
    public void AwaitTurn() => _turn.WaitOne();

    private void Run()
    {
        ThreadId = Environment.CurrentManagedThreadId;
        while (true)
        {
            AwaitTurn();
            var strand = _first;
            while (strand is not null)
            {
                strand.Carrier = this;
                strand = strand.Schedule.RunToEnd(strand);
                if (strand?.Carrier is not null)
                {
                    s_free.Add(this); // before the other carrier continues, so that it can be used at once
                    Resume(strand);
                    strand = null;
                }
                else if (strand is null)
                {
                    s_free.Add(this);
                }
            }
        }
    }
}
