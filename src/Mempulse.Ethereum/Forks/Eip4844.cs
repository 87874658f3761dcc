namespace Mempulse.Ethereum.Forks;

/// <summary>Shard blob transactions. <see href="https://eips.ethereum.org/EIPS/eip-4844"/></summary>
public static class Eip4844
{
    /// <summary>First byte of a blob's versioned hash.</summary>
    public const byte VersionedHashVersionKzg = 0x01;

    /// <summary>Size of a blob: 4096 field elements of 32 bytes.</summary>
    public const int BlobBytes = 4096 * 32;

    /// <summary>Size of a KZG commitment, a compressed point of G1.</summary>
    public const int CommitmentBytes = 48;

    /// <summary>Size of a KZG proof, a compressed point of G1.</summary>
    public const int ProofBytes = 48;

    /// <summary>Blob gas of one blob.</summary>
    public const ulong GasPerBlob = 1 << 17;
}
