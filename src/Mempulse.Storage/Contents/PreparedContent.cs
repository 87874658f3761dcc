using System.Collections.Concurrent;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using ZstdSharp;

namespace Mempulse.Storage.Contents;

/// <summary>A content that is hashed and compressed, ready to be written.</summary>
/// <remarks>Preparing is the costly part of a write; it runs on the caller's thread, so the store's only writer does not wait for it.</remarks>
public sealed class PreparedContent
{
    /// <summary>A fast level: the witness of a swap takes a tenth more than at the default level, in about half the time.</summary>
    private const int CompressionLevel = -1;

    /// <summary>A pool of compressors: their tables cost more to create than a witness costs to compress. It grows to the highest concurrency seen.</summary>
    private static readonly ConcurrentBag<Compressor> s_compressors = [];

    private PreparedContent(ContentKind kind, in Hash256 digest, int lengthBytes, byte[] frame)
    {
        Kind = kind;
        Digest = digest;
        LengthBytes = lengthBytes;
        Frame = frame;
    }

    /// <summary>The kind of the content.</summary>
    public ContentKind Kind { get; }

    /// <summary>Keccak-256 of the content, its key in the store.</summary>
    public Hash256 Digest { get; }

    /// <summary>Size of the content in bytes.</summary>
    public int LengthBytes { get; }

    /// <summary>Size of its compressed frame in bytes.</summary>
    public int StoredBytes => Frame.Length;

    /// <summary>The Zstandard frame.</summary>
    internal byte[] Frame { get; }

    /// <summary>Hashes and compresses a content. Thread-safe.</summary>
    /// <exception cref="ArgumentException">The content is larger than <see cref="ContentStoreOptions.MaxContentBytes"/>.</exception>
    public static PreparedContent Of(ContentKind kind, ReadOnlySpan<byte> content) => Of(kind, content, Keccak256.Hash(content));

    /// <summary>Compresses a content whose digest is known. Thread-safe.</summary>
    /// <param name="kind">The kind of the content.</param>
    /// <param name="content">The content.</param>
    /// <param name="digest">Its Keccak-256. A read checks it; another one makes the content unreadable.</param>
    /// <exception cref="ArgumentException">The content is larger than <see cref="ContentStoreOptions.MaxContentBytes"/>.</exception>
    public static PreparedContent Of(ContentKind kind, ReadOnlySpan<byte> content, in Hash256 digest)
    {
        if (content.Length > ContentStoreOptions.MaxContentBytes)
        {
            throw new ArgumentException($"Cannot store a content of {content.Length} bytes: the limit is {ContentStoreOptions.MaxContentBytes}.", nameof(content));
        }

        var compressor = s_compressors.TryTake(out var spare) ? spare : new Compressor(CompressionLevel);
        byte[] frame = compressor.Wrap(content).ToArray();
        s_compressors.Add(compressor);
        return new PreparedContent(kind, digest, content.Length, frame);
    }
}
