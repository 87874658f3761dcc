namespace Mempulse.Grains.Abstractions.Senders;

/// <summary>One account and its nonce chain. Its key is "chain/address".</summary>
[Alias("mempulse.ISenderGrain")]
public interface ISenderGrain : IGrainWithStringKey
{
    /// <summary>Reads the account from the fold and the log's key index; returns null when the log does not have it.</summary>
    [Alias("Read")]
    ValueTask<SenderView?> Read();
}
