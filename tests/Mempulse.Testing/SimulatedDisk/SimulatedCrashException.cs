namespace Mempulse.Testing.SimulatedDisk;

/// <summary>The simulated machine is off: this call and all later calls of the process have no effect.</summary>
public sealed class SimulatedCrashException : Exception
{
    public SimulatedCrashException(string message)
        : base(message)
    {
    }

    public SimulatedCrashException()
    {
    }

    public SimulatedCrashException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
