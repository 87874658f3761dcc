using System.Buffers;
using System.Buffers.Text;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.TraceJson;

/// <summary>Writes the fields of a JSON line directly into a buffer; its names and values need no escaping.</summary>
/// <remarks>Avoids a string per stack item: a failed simulation has thousands of lines, each with the whole stack.</remarks>
internal readonly ref struct StepLine(ByteBuffer buffer)
{
    private const int WordDigits = 2 * UInt256.Size;
    private const int LongDigits = 2 * sizeof(ulong);
    private const int QuotedBytes = 5; // quotes, 0x and a comma

    private static readonly StandardFormat s_hex = new('x');

    public void Raw(ReadOnlySpan<byte> bytes) => buffer.Append(bytes);

    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        buffer.Append(name);
        buffer.Append(text);
    }

    public void Number(ReadOnlySpan<byte> name, long value)
    {
        Span<byte> digits = stackalloc byte[20]; // length of long.MinValue
        buffer.Append(name);
        Utf8Formatter.TryFormat(value, digits, out int count);
        buffer.Append(digits[..count]);
    }

    public void Quantity(ReadOnlySpan<byte> name, ulong value)
    {
        buffer.Append(name);
        Quantity(value);
    }

    public void Data(ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        buffer.Append(name);
        buffer.Append("0x"u8);
        Convert.TryToHexStringLower(bytes, buffer.Append(2 * bytes.Length), out _);
    }

    /// <summary>Writes the stack from bottom to top; reserves space once, because the stack is most of a line.</summary>
    public void Stack(ReadOnlySpan<byte> name, ref Machine machine)
    {
        buffer.Append(name);
        var room = buffer.GetSpan(machine.Sp * (WordDigits + QuotedBytes));
        int at = 0;
        for (int depth = machine.Sp - 1; depth >= 0; depth--)
        {
            "\"0x"u8.CopyTo(room[at..]);
            at += 3;
            at += Digits(machine.Peek(depth), room[at..]);
            "\","u8.CopyTo(room[at..]);
            at += 2;
        }

        buffer.Advance(Math.Max(at - 1, 0)); // drops the comma after the last item
    }

    /// <summary>Writes the hex digits of a word without leading zeros; <paramref name="room"/> must hold <see cref="WordDigits"/>.</summary>
    private static int Digits(in UInt256 value, Span<byte> room)
    {
        if (value <= ulong.MaxValue)
        {
            Utf8Formatter.TryFormat(value.LowUInt64, room, out int count, s_hex);
            return count;
        }

        Span<byte> bytes = stackalloc byte[UInt256.Size];
        Span<byte> digits = stackalloc byte[WordDigits];
        value.WriteBigEndian(bytes);
        Convert.TryToHexStringLower(bytes, digits, out _);
        digits = digits[digits.IndexOfAnyExcept((byte)'0')..];
        digits.CopyTo(room);
        return digits.Length;
    }

    private void Quantity(ulong value)
    {
        Span<byte> digits = stackalloc byte[LongDigits];
        buffer.Append("0x"u8);
        Utf8Formatter.TryFormat(value, digits, out int count, s_hex);
        buffer.Append(digits[..count]);
    }
}
