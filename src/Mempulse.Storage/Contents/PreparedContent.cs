using System.Collections.Concurrent;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using ZstdSharp;

namespace Mempulse.Storage.Contents;

/// <summary>A content named and compressed, ready to be written: the costly part, done on whatever thread has time, before the store's one writer has to wait for it.</summary>
public sealed class PreparedContent
{
    private const int CompressionLevel = 3;

    /// <summary>Compressors keep tables of their own, which cost more to make than a witness to compress. As many as ever compressed at a time.</summary>
    private static readonly ConcurrentBag<Compressor> s_compressors = [];

    private PreparedContent(ContentKind kind, in Hash256 digest, int lengthBytes, byte[] frame)
    {
        Kind = kind;
        Digest = digest;
        LengthBytes = lengthBytes;
        Frame = frame;
    }

    /// <summary>What it is.</summary>
    public ContentKind Kind { get; }

    /// <summary>Keccak-256 of the content: its name in the store.</summary>
    public Hash256 Digest { get; }

    /// <summary>Bytes of the content.</summary>
    public int LengthBytes { get; }

    /// <summary>Bytes it takes in the store.</summary>
    public int StoredBytes => Frame.Length;

    /// <summary>The Zstandard frame.</summary>
    internal byte[] Frame { get; }

    /// <summary>Names and compresses a content. Safe for any thread.</summary>
    /// <exception cref="ArgumentException">It is over <see cref="ContentStoreOptions.MaxContentBytes"/>.</exception>
    public static PreparedContent Of(ContentKind kind, ReadOnlySpan<byte> content)
    {
        if (content.Length > ContentStoreOptions.MaxContentBytes)
        {
            throw new ArgumentException($"A content of {content.Length} bytes is over the limit of {ContentStoreOptions.MaxContentBytes}.", nameof(content));
        }

        var compressor = s_compressors.TryTake(out var spare) ? spare : new Compressor(CompressionLevel);
        byte[] frame = compressor.Wrap(content).ToArray();
        s_compressors.Add(compressor);
        return new PreparedContent(kind, Keccak256.Hash(content), content.Length, frame);
    }
}
