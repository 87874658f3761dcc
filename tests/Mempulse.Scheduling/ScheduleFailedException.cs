namespace Mempulse.Scheduling;

/// <summary>A scenario broke under a schedule; the message says how, and how to repeat it.</summary>
public sealed class ScheduleFailedException : Exception
{
    /// <summary>Creates an exception without a schedule.</summary>
    public ScheduleFailedException()
    {
    }

    /// <summary>Creates an exception without a schedule.</summary>
    public ScheduleFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception without a schedule.</summary>
    public ScheduleFailedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Creates an exception.</summary>
    public ScheduleFailedException(ulong seed, string message)
        : base(message) => Seed = seed;

    /// <summary>The seed that repeats the schedule.</summary>
    public ulong Seed { get; }
}
