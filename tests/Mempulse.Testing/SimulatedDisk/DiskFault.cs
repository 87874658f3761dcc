namespace Mempulse.Testing.SimulatedDisk;

/// <summary>What befalls a call.</summary>
public enum DiskFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The machine stops during the call: a write may be there in part, anything else is not done.</summary>
    CrashDuring = 1,

    /// <summary>The machine stops right after the call was done.</summary>
    CrashAfter = 2,

    /// <summary>No room: a write is done in part, anything else is not done.</summary>
    NoSpace = 3,

    /// <summary>The device fails (EIO): a write is done in part; after a failed sync the written bytes look clean and may be lost.</summary>
    Error = 4,
}
