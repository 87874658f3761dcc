using Mempulse.Scheduling;

#pragma warning disable IDE0130 // See Monitor.
namespace System.Threading;

/// <summary>Stands for the runtime's Thread: a strand of the schedule.</summary>
internal sealed class Thread(ThreadStart run)
{
    private IStrand? _strand;

    public string? Name { get; set; }

    public bool IsBackground { get; set; }

    public int ManagedThreadId => _strand!.ThreadId;

    public static void SpinWait(int iterations)
    {
        // Polls see what a later look under the lock sees, so they are no points of their own.
    }

    public void Start()
    {
        _strand = Schedule.Start(Name ?? "thread", () => run());
        Schedule.Point("started " + Name);
    }

    public void Join() => _strand!.Join();
}
