namespace Mempulse.Ethereum.Forks;

/// <summary>Shard blob transactions. <see href="https://eips.ethereum.org/EIPS/eip-4844"/></summary>
public static class Eip4844
{
    /// <summary>VERSIONED_HASH_VERSION_KZG: first byte of a blob's versioned hash.</summary>
    public const byte VersionedHashVersionKzg = 0x01;

    /// <summary>Size of a blob in bytes: 4096 field elements of 32 bytes.</summary>
    public const int BlobBytes = 4096 * 32;

    /// <summary>BLS_MODULUS, big-endian: the exclusive upper bound of a blob's field elements.</summary>
    public static ReadOnlySpan<byte> BlsModulus =>
    [
        0x73, 0xed, 0xa7, 0x53, 0x29, 0x9d, 0x7d, 0x48, 0x33, 0x39, 0xd8, 0x08, 0x09, 0xa1, 0xd8, 0x05,
        0x53, 0xbd, 0xa4, 0x02, 0xff, 0xfe, 0x5b, 0xfe, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x01,
    ];

    /// <summary>Size of a KZG commitment, a compressed point of G1, in bytes.</summary>
    public const int CommitmentBytes = 48;

    /// <summary>Size of a KZG proof, a compressed point of G1, in bytes.</summary>
    public const int ProofBytes = 48;

    /// <summary>GAS_PER_BLOB: blob gas of one blob.</summary>
    public const ulong GasPerBlob = 1 << 17;
}
