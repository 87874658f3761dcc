namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>One transaction. Its key is "chain/hash".</summary>
[Alias("mempulse.ITxGrain")]
public interface ITxGrain : IGrainWithStringKey
{
    /// <summary>The transaction's records, found by the log's key index, with what the fold adds; null when the log never saw it.</summary>
    [Alias("Read")]
    ValueTask<TxRecords?> Read();
}
