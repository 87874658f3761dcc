namespace Mempulse.Canon.Format;

/// <summary>What an acknowledgement guarantees; recorded in the header of each segment.</summary>
public enum Durability
{
    /// <summary>Acknowledged events survive a power loss: every commit is followed by fdatasync.</summary>
    Fsync = 0,

    /// <summary>Acknowledged events survive a crash of the process but not of the machine: the operating system decides when to write.</summary>
    Os = 1,
}
