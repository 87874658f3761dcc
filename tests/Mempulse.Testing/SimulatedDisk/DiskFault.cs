namespace Mempulse.Testing.SimulatedDisk;

/// <summary>The fault of a call.</summary>
public enum DiskFault
{
    /// <summary>No fault.</summary>
    None = 0,

    /// <summary>The machine stops during the call: a write may be partial, any other call is not done.</summary>
    CrashDuring = 1,

    /// <summary>The machine stops right after the call.</summary>
    CrashAfter = 2,

    /// <summary>The disk is full: a write is partial, any other call is not done.</summary>
    NoSpace = 3,

    /// <summary>The device fails (EIO): a write is partial; after a failed sync the written bytes look clean and may be lost.</summary>
    Error = 4,
}
