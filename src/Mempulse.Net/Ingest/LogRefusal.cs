namespace Mempulse.Net.Ingest;

/// <summary>What a lane does while the log takes nothing.</summary>
public enum LogRefusal
{
    /// <summary>Transactions are dropped and counted, the drop is recorded once there is room again; everything else waits.</summary>
    Drop = 0,

    /// <summary>Everything waits, and the lane's producer with it: for playback and blocks, which can be had again.</summary>
    Wait = 1,
}
