using Mempulse.Scheduling;

#pragma warning disable IDE0130 // See Monitor.
namespace System.Threading;

/// <summary>Stands for the runtime's Lock.</summary>
internal sealed class Lock
{
    private readonly Gate _gate = new();

    public Scope EnterScope()
    {
        if (Schedule.IsRunning)
        {
            _gate.Enter();
        }

        return new Scope(_gate);
    }

    public readonly ref struct Scope(Gate gate)
    {
        public void Dispose()
        {
            if (Schedule.IsRunning)
            {
                gate.Exit();
            }
        }
    }
}
