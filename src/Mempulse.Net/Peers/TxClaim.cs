namespace Mempulse.Net.Peers;

/// <summary>What a peer announced of a transaction besides its hash. EIP-5793.</summary>
/// <param name="Type">Its EIP-2718 type.</param>
/// <param name="SizeBytes">Its length in network form.</param>
internal readonly record struct TxClaim(byte Type, uint SizeBytes)
{
    /// <summary>Type of blob transactions (EIP-4844), which are never sent unasked and bring 128 KiB a blob along.</summary>
    public const byte BlobType = 3;

    /// <summary>Clients count the length with and without the string header around a typed transaction; geth lets as much pass.</summary>
    private const uint SlackBytes = 8;

    /// <summary>What cell proofs (EIP-7594) add to a blob, rounded up: the announcer may have counted the other form of the wrapper.</summary>
    private const uint SlackBytesPerBlob = 6_400;

    private const uint BytesPerBlob = 1 << 17;

    /// <summary>True for a blob transaction.</summary>
    public bool IsBlob => Type == BlobType;

    /// <summary>True when a delivered body can be what was announced.</summary>
    public bool Fits(in BodyIdentity body)
    {
        long slack = SlackBytes + (body.Type == BlobType ? SlackBytesPerBlob * ((body.SizeBytes / BytesPerBlob) + 1) : 0);
        return body.Type == Type && Math.Abs((long)body.SizeBytes - SizeBytes) <= slack;
    }
}
