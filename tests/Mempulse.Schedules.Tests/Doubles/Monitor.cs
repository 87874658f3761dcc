using Mempulse.Scheduling;

#pragma warning disable IDE0130 // Doubles have the names of what they stand for: the compiler prefers a type of its own sources.
namespace System.Threading;

/// <summary>Stands for the runtime's Monitor, also in lock statements.</summary>
internal static class Monitor
{
    public static void Enter(object obj) => Gate.Of(obj).Enter();

    public static void Enter(object obj, ref bool lockTaken)
    {
        Gate.Of(obj).Enter();
        lockTaken = true;
    }

    public static void Exit(object obj) => Gate.Of(obj).Exit();

    public static bool Wait(object obj)
    {
        Gate.Of(obj).Wait();
        return true;
    }

    public static void Pulse(object obj) => Gate.Of(obj).Pulse();

    public static void PulseAll(object obj) => Gate.Of(obj).PulseAll();
}
