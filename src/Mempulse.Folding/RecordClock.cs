using Mempulse.Primitives;

namespace Mempulse.Folding;

/// <summary>Reads the clock in the unit of records.</summary>
public static class RecordClock
{
    /// <summary>Returns the current time in steps of 100 ns.</summary>
    public static UnixNanoseconds Now(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return UnixNanoseconds.FromUtcTicks(time.GetUtcNow().UtcTicks);
    }
}
