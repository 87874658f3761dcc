namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>One transaction: where it stands and how it came there. Its key is "chain/hash".</summary>
[Alias("mempulse.ITxGrain")]
public interface ITxGrain : IGrainWithStringKey
{
    /// <summary>The transaction, out of the fold and the log's key index; null when the log never saw it.</summary>
    [Alias("Read")]
    ValueTask<TxView?> Read();
}
