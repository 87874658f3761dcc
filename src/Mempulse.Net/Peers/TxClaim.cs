namespace Mempulse.Net.Peers;

/// <summary>The type and size that a peer announced for a transaction (EIP-5793).</summary>
/// <param name="Type">Its EIP-2718 type.</param>
/// <param name="SizeBytes">Its length in network form.</param>
internal readonly record struct TxClaim(byte Type, uint SizeBytes)
{
    /// <summary>The type of blob transactions (EIP-4844), which are never broadcast and carry 128 KiB per blob.</summary>
    public const byte BlobType = 3;

    /// <summary>Tolerance for clients that count the string header around a typed transaction; geth allows the same.</summary>
    private const uint SlackBytes = 8;

    /// <summary>Size of a blob's cell proofs (EIP-7594), rounded up: the announcer may have counted the other form of the wrapper.</summary>
    private const uint SlackBytesPerBlob = 6_400;

    private const uint BytesPerBlob = 1 << 17;

    /// <summary>True for a blob transaction.</summary>
    public bool IsBlob => Type == BlobType;

    /// <summary>Returns true if a delivered body may be what was announced.</summary>
    public bool Fits(in BodyIdentity body)
    {
        long slack = SlackBytes + (body.Type == BlobType ? SlackBytesPerBlob * ((body.SizeBytes / BytesPerBlob) + 1) : 0);
        return body.Type == Type && Math.Abs((long)body.SizeBytes - SizeBytes) <= slack;
    }
}
