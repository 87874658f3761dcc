using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mempulse.Primitives.Records;

/// <summary>The keys of one record: at most one of each <see cref="KeyKind"/>.</summary>
public readonly struct EventKeys : IEquatable<EventKeys>
{
    /// <summary>Number of kinds.</summary>
    public const int KindCount = 7;

    private readonly Slots _slots;
    private readonly byte _present;

    private EventKeys(Slots slots, byte present)
    {
        _slots = slots;
        _present = present;
    }

    /// <summary>No keys.</summary>
    public static EventKeys None => default;

    /// <summary>One bit for each kind that is present, as in the record header.</summary>
    public byte Present => _present;

    /// <summary>Bytes the keys take in a record.</summary>
    public int SizeBytes =>
        (BitOperations.PopCount(_present) * Hash256.Size) - (((_present >> (int)KeyKind.Sender) & 1) * (Hash256.Size - Address.Size));

    /// <summary>Keys of different kinds; of two of one kind the last one counts.</summary>
    public static EventKeys Of(params ReadOnlySpan<EventKey> keys)
    {
        var slots = default(Slots);
        byte present = 0;
        foreach (ref readonly var key in keys)
        {
            slots[(int)key.Kind] = key.Value;
            present |= (byte)(1 << (int)key.Kind);
        }

        return new EventKeys(slots, present);
    }

    /// <summary>The key of one kind, if present.</summary>
    public bool TryGet(KeyKind kind, out Hash256 value)
    {
        value = _slots[(int)kind];
        return (_present & (1 << (int)kind)) != 0;
    }

    /// <summary>Bytes a key of this kind takes in a record.</summary>
    public static int SizeOf(KeyKind kind) => kind == KeyKind.Sender ? Address.Size : Hash256.Size;

    /// <summary>Writes the keys as a record holds them: in the order of their kinds, each in <see cref="SizeOf"/> bytes.</summary>
    internal void CopyTo(Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        for (int left = _present; left != 0; left &= left - 1)
        {
            int kind = BitOperations.TrailingZeroCount(left);
            if ((KeyKind)kind == KeyKind.Sender)
            {
                _slots[kind].CopyTo(word);
                word[(Hash256.Size - Address.Size)..].CopyTo(destination);
                destination = destination[Address.Size..];
            }
            else
            {
                _slots[kind].CopyTo(destination);
                destination = destination[Hash256.Size..];
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(EventKeys other) => _present == other._present && ((ReadOnlySpan<Hash256>)_slots).SequenceEqual(other._slots);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EventKeys other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_present, _slots[0], _slots[1], _slots[2]);

    /// <summary>Equal keys.</summary>
    public static bool operator ==(EventKeys left, EventKeys right) => left.Equals(right);

    /// <summary>Different keys.</summary>
    public static bool operator !=(EventKeys left, EventKeys right) => !left.Equals(right);

    [InlineArray(KindCount)]
    private struct Slots
    {
        private Hash256 _first;
    }
}
