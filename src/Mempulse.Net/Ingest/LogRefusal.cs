namespace Mempulse.Net.Ingest;

/// <summary>What a lane does while the log refuses records.</summary>
public enum LogRefusal
{
    /// <summary>Drops and counts transactions, and records the drops once the log accepts records again. Everything else waits.</summary>
    Drop = 0,

    /// <summary>Waits, and blocks the lane's producer. For playback and blocks, which can be read again.</summary>
    Wait = 1,
}
