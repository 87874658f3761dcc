namespace Mempulse.Net.Mempool;

/// <summary>How a node's pool is surveyed, from the most to the least it may offer.</summary>
internal enum PoolSurvey
{
    /// <summary>txpool_content: every transaction, whole.</summary>
    Content,

    /// <summary>The hashes of the pending block: the best of the pool.</summary>
    PendingBlock,

    /// <summary>The node offers neither.</summary>
    None,
}
