using Mempulse.Scheduling;

#pragma warning disable IDE0130 // See Monitor.
namespace System.Threading;

/// <summary>Stands for the runtime's Volatile: one strand runs at a time, so a plain access sees the last value.</summary>
internal static class Volatile
{
    public static T Read<T>(ref readonly T location)
    {
        Schedule.Point("read");
        return location;
    }

    public static void Write<T>(ref T location, T value)
    {
        Schedule.Point("write");
        location = value;
    }
}
