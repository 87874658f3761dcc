namespace Mempulse.Canon.Format;

/// <summary>What an acknowledgement promises; written into the header of each segment.</summary>
public enum Durability
{
    /// <summary>Acknowledged events survive the loss of power: every commit is followed by fdatasync.</summary>
    Fsync = 0,

    /// <summary>Acknowledged events survive the death of the process, not of the machine: the operating system writes when it likes.</summary>
    Os = 1,
}
