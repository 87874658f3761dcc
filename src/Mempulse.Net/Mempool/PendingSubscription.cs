namespace Mempulse.Net.Mempool;

/// <summary>What a subscription to pending transactions delivers.</summary>
public enum PendingSubscription
{
    /// <summary>Hashes; bodies are fetched in batches.</summary>
    Hashes = 0,

    /// <summary>Whole transactions, if the node supports it.</summary>
    Bodies = 1,
}
