using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Keys;

/// <summary>One key of one record in an index: the key's last 16 bytes, its kind, and the record's ordinal in the segment.</summary>
/// <remarks>
/// Keys are Keccak hashes or addresses derived from them, so finding two that share their last 16 bytes costs about
/// 2^64 hashes. Ordered by kind, key, ordinal. 24 bytes, as in the file (docs/formats/log-keys.md).
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 8, Size = SizeBytes)]
internal readonly record struct KeyEntry(ulong High, ulong Low, uint Kind, uint Ordinal) : IComparable<KeyEntry>
{
    public const int SizeBytes = 24;

    /// <summary>Creates the entry for a key of the record at <paramref name="ordinal"/> in its segment, counted from 0.</summary>
    public static KeyEntry Of(in EventKey key, uint ordinal)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        key.Value.CopyTo(bytes);
        return new KeyEntry(BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]), (uint)key.Kind, ordinal);
    }

    /// <summary>True if both entries are for the same key.</summary>
    public bool IsSameKey(in KeyEntry other) => Low == other.Low && High == other.High && Kind == other.Kind;

    public int CompareTo(KeyEntry other)
    {
        int order = Kind.CompareTo(other.Kind);
        order = order != 0 ? order : High.CompareTo(other.High);
        order = order != 0 ? order : Low.CompareTo(other.Low);
        return order != 0 ? order : Ordinal.CompareTo(other.Ordinal);
    }

    public static bool operator <(KeyEntry left, KeyEntry right) => left.CompareTo(right) < 0;

    public static bool operator >(KeyEntry left, KeyEntry right) => left.CompareTo(right) > 0;

    public static bool operator <=(KeyEntry left, KeyEntry right) => left.CompareTo(right) <= 0;

    public static bool operator >=(KeyEntry left, KeyEntry right) => left.CompareTo(right) >= 0;
}
