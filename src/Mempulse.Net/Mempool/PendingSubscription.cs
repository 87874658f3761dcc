namespace Mempulse.Net.Mempool;

/// <summary>What a pending-transaction subscription brings.</summary>
public enum PendingSubscription
{
    /// <summary>Hashes; bodies are fetched in batches.</summary>
    Hashes = 0,

    /// <summary>Whole transactions, where the node offers it.</summary>
    Bodies = 1,
}
