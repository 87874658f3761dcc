using Mempulse.Scheduling;

#pragma warning disable IDE0130 // See Monitor.
namespace System.Threading;

/// <summary>Stands for the runtime's Interlocked: nothing interrupts a strand between two points.</summary>
internal static class Interlocked
{
    public static T Read<T>(ref readonly T location)
        where T : struct => Volatile.Read(in location);

    public static T Exchange<T>(ref T location, T value)
    {
        Schedule.Point("exchange");
        var before = location;
        location = value;
        return before;
    }

    public static T CompareExchange<T>(ref T location, T value, T comparand)
        where T : class?
    {
        Schedule.Point("compare and exchange");
        var before = location;
        location = ReferenceEquals(before, comparand) ? value : before;
        return before;
    }
}
