namespace Mempulse.Grains.Abstractions.Senders;

/// <summary>One account and its nonce chain. Its key is "chain/address".</summary>
[Alias("mempulse.ISenderGrain")]
public interface ISenderGrain : IGrainWithStringKey
{
    /// <summary>The account, out of the fold and the log's key index; null when the log never saw it.</summary>
    [Alias("Read")]
    ValueTask<SenderView?> Read();
}
