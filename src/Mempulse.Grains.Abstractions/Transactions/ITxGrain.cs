namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>One transaction. Its key is "chain/hash".</summary>
[Alias("mempulse.ITxGrain")]
public interface ITxGrain : IGrainWithStringKey
{
    /// <summary>Reads the transaction's records through the log's key index, with what the fold adds; returns null when the log does not have it.</summary>
    [Alias("Read")]
    ValueTask<TxRecords?> Read();
}
