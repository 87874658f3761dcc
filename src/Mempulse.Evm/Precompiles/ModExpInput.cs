using Mempulse.Primitives;

namespace Mempulse.Evm.Precompiles;

/// <summary>The header of a MODEXP input, with three lengths, and the part of the exponent that the gas depends on.</summary>
internal readonly ref struct ModExpInput
{
    /// <summary>Length of the header: three words.</summary>
    public const int HeaderBytes = 3 * UInt256.Size;

    private readonly ReadOnlySpan<byte> _input;

    public ModExpInput(ReadOnlySpan<byte> input)
    {
        _input = input;
        BaseLength = Word(input);
        ExponentLength = Word(input[Math.Min(input.Length, UInt256.Size)..]);
        ModulusLength = Word(input[Math.Min(input.Length, 2 * UInt256.Size)..]);
    }

    public UInt256 BaseLength { get; }

    public UInt256 ExponentLength { get; }

    public UInt256 ModulusLength { get; }

    /// <summary>Returns the lengths of base and exponent when the modulus begins within the input; false when it lies beyond and is zero.</summary>
    public bool TryLocateModulus(out int baseLength, out int exponentLength)
    {
        ulong available = (ulong)Math.Max(0, _input.Length - HeaderBytes);
        bool isWithin = BaseLength < available && ExponentLength < available && BaseLength.LowUInt64 + ExponentLength.LowUInt64 < available;
        baseLength = isWithin ? (int)BaseLength.LowUInt64 : 0;
        exponentLength = isWithin ? (int)ExponentLength.LowUInt64 : 0;
        return isWithin;
    }

    /// <summary>Returns the first 32 bytes of the exponent, or all of a shorter one, as a number.</summary>
    public UInt256 ExponentHead()
    {
        int length = ExponentLength < (ulong)UInt256.Size ? (int)ExponentLength.LowUInt64 : UInt256.Size;
        if (!BaseLength.FitsUInt64 || BaseLength.LowUInt64 >= (ulong)Math.Max(0, _input.Length - HeaderBytes))
        {
            return default;
        }

        Span<byte> head = stackalloc byte[UInt256.Size];
        head = head[..length];
        head.Clear();
        var bytes = _input[(HeaderBytes + (int)BaseLength.LowUInt64)..];
        bytes[..Math.Min(bytes.Length, length)].CopyTo(head);
        return UInt256.FromBigEndian(head);
    }

    private static UInt256 Word(ReadOnlySpan<byte> bytes)
    {
        Span<byte> word = stackalloc byte[UInt256.Size];
        word.Clear();
        bytes[..Math.Min(bytes.Length, UInt256.Size)].CopyTo(word);
        return UInt256.FromBigEndian(word);
    }
}
