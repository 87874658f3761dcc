using System.Buffers.Binary;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Canon.Files;

/// <summary>A rising number in a file that is overwritten in place: two slots of 512 bytes, each in a sector of its own.</summary>
/// <remarks>
/// A write overwrites the slot with the lower number, so a torn write leaves the higher one intact. It writes in place and not
/// by rename, because the file stays open and is used with every commit.
/// </remarks>
internal static class NumberSlots
{
    /// <summary>Size of a slot in bytes.</summary>
    public const int SlotBytes = 512;

    /// <summary>Size of the file in bytes.</summary>
    public const int FileBytes = SlotBytes * 2;

    private const int ValueAt = 8;
    private const int CrcAt = 16;

    /// <summary>Returns the higher number and the offset of the slot that the next write may overwrite; null if no slot is valid.</summary>
    /// <remarks>A slot of zeros, or one that the file is too short to hold, is valid and means 0.</remarks>
    public static (ulong Value, long StaleOffset)? Read(ILogFile file, uint magic)
    {
        Span<byte> bytes = stackalloc byte[FileBytes];
        bytes.Clear();
        file.Read(bytes, 0);
        bool isFirstValid = TryDecode(bytes[..SlotBytes], magic, out ulong first);
        bool isSecondValid = TryDecode(bytes[SlotBytes..], magic, out ulong second);
        return (isFirstValid, isSecondValid) switch
        {
            (false, false) => null,
            (true, false) => (first, SlotBytes),
            (false, true) => (second, 0),
            _ => first >= second ? (first, SlotBytes) : (second, 0),
        };
    }

    /// <summary>Writes a number into the slot at <paramref name="offset"/>; not synced.</summary>
    public static void Write(ILogFile file, uint magic, ulong value, long offset)
    {
        Span<byte> slot = stackalloc byte[SlotBytes];
        slot.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(slot, magic);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[ValueAt..], value);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[CrcAt..], Crc32C.Compute(slot[..CrcAt]));
        file.Write(slot, offset);
    }

    private static bool TryDecode(ReadOnlySpan<byte> slot, uint magic, out ulong value)
    {
        value = 0;
        if (!slot.ContainsAnyExcept((byte)0))
        {
            return true;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(slot) != magic
            || BinaryPrimitives.ReadUInt32LittleEndian(slot[CrcAt..]) != Crc32C.Compute(slot[..CrcAt]))
        {
            return false;
        }

        value = BinaryPrimitives.ReadUInt64LittleEndian(slot[ValueAt..]);
        return true;
    }
}
