using System.Buffers.Binary;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Builder.Assembly;

/// <summary>The bytes of a bundle, from which its id follows. Keep in sync with docs/formats/bundle.md.</summary>
public static class BundleBytes
{
    /// <summary>Largest bundle in bytes that is read.</summary>
    public const int MaxBytes = 4 << 20;

    private const ushort Version = 1;
    private const int HeaderBytes = 8;
    private const int EntryBytes = 5;

    private static ReadOnlySpan<byte> Magic => "MPBN"u8;

    [Flags]
    private enum Traits : byte
    {
        None = 0,
        Own = 1,
        MayRevert = 2,
        Unsigned = 4,
    }

    /// <summary>Encodes a bundle.</summary>
    /// <param name="parts">Its transactions, in order.</param>
    /// <param name="isSigned">False if own transactions have a signature of zeros.</param>
    public static byte[] Encode(IReadOnlyList<BundlePart> parts, bool isSigned)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var buffer = new ByteBuffer();
        buffer.Append(Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer.Append(sizeof(ushort)), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer.Append(sizeof(ushort)), checked((ushort)parts.Count));
        foreach (var part in parts)
        {
            var traits = (part.Tx.IsOwn ? Traits.Own : Traits.None) | (part.Tx.MayRevert ? Traits.MayRevert : Traits.None) | (part.Tx.IsOwn && !isSigned ? Traits.Unsigned : Traits.None);
            buffer.Append(1)[0] = (byte)traits;
            BinaryPrimitives.WriteUInt32LittleEndian(buffer.Append(sizeof(uint)), (uint)part.Raw.Length);
            buffer.Append(part.Raw.Span);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the transactions of a bundle, in order.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a bundle.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> bytes) => [.. ReadParts(bytes).Select(static part => part.Raw)];

    /// <summary>Reads the transactions of a bundle with their traits, in order.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a bundle.</exception>
    public static IReadOnlyList<StoredPart> ReadParts(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length is < HeaderBytes or > MaxBytes || !span.StartsWith(Magic) || BinaryPrimitives.ReadUInt16LittleEndian(span[Magic.Length..]) != Version)
        {
            throw new InvalidDataException($"The {span.Length} bytes are not a bundle of version {Version}.");
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(span[(Magic.Length + sizeof(ushort))..]);
        var parts = new List<StoredPart>();
        int at = HeaderBytes;
        for (int i = 0; i < count; i++)
        {
            bool hasEntry = span.Length - at >= EntryBytes && span[at] <= (byte)(Traits.Own | Traits.MayRevert | Traits.Unsigned);
            uint length = hasEntry ? BinaryPrimitives.ReadUInt32LittleEndian(span[(at + 1)..]) : 0;
            if (!hasEntry || length > span.Length - at - EntryBytes)
            {
                throw new InvalidDataException($"The bundle ends within transaction {i} of {count}, at byte {at}.");
            }

            var traits = (Traits)span[at];
            parts.Add(new StoredPart(bytes.Slice(at + EntryBytes, (int)length), traits.HasFlag(Traits.Own), traits.HasFlag(Traits.MayRevert), !traits.HasFlag(Traits.Unsigned)));
            at += EntryBytes + (int)length;
        }

        return at == span.Length ? parts : throw new InvalidDataException($"The bundle has {span.Length - at} bytes after its last transaction.");
    }

    /// <summary>The id of a bundle: Keccak-256 of its bytes, its target block and the version of its strategy.</summary>
    public static Hash256 IdOf(ReadOnlySpan<byte> bundle, BlockNumber target, int strategyVersion)
    {
        byte[] named = new byte[bundle.Length + sizeof(ulong) + sizeof(int)];
        bundle.CopyTo(named);
        BinaryPrimitives.WriteUInt64LittleEndian(named.AsSpan(bundle.Length), target.Value);
        BinaryPrimitives.WriteInt32LittleEndian(named.AsSpan(bundle.Length + sizeof(ulong)), strategyVersion);
        return Keccak256.Hash(named);
    }
}
