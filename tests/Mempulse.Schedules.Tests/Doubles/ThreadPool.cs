using Mempulse.Scheduling;

#pragma warning disable IDE0130 // See Monitor.
namespace System.Threading;

/// <summary>Stands for the runtime's ThreadPool: every item is a strand of the schedule.</summary>
internal static class ThreadPool
{
    public static bool UnsafeQueueUserWorkItem(IThreadPoolWorkItem callBack, bool preferLocal)
    {
        Schedule.Start("pool", callBack.Execute);
        Schedule.Point("queued to the pool");
        return true;
    }
}
