namespace Mempulse.Canon.Format;

/// <summary>Names in a log's directory that several parts of the log use.</summary>
internal static class LogFileNames
{
    /// <summary>The lock file; only its holder writes.</summary>
    public const string Lock = "LOCK";

    /// <summary>The subdirectory that holds the checkpoints of the log's fold.</summary>
    public const string Checkpoints = "checkpoints";
}
