namespace Mempulse.Net.Blocks;

/// <summary>Which logs of a block's receipts are recorded.</summary>
public enum BlockLogs
{
    /// <summary>All of them.</summary>
    All = 0,

    /// <summary>None: they are verified with their receipts and counted. What is derived from logs stays unknown.</summary>
    None = 1,
}
