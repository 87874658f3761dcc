namespace Mempulse.Net.Mempool;

/// <summary>How a node's pool is read, from the most to the least complete method.</summary>
internal enum PoolSurvey
{
    /// <summary>txpool_content: all transactions with their bodies.</summary>
    Content,

    /// <summary>The pending block: the hashes of the best transactions.</summary>
    PendingBlock,

    /// <summary>The node offers neither.</summary>
    None,
}
