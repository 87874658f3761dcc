namespace Mempulse.Scheduling;

/// <summary>A strand that was started.</summary>
public interface IStrand
{
    /// <summary>The id of the thread it runs on; 0 before it runs.</summary>
    int ThreadId { get; }

    /// <summary>True once it has ended.</summary>
    bool IsDone { get; }

    /// <summary>Waits until it has ended.</summary>
    void Join();
}
