using System.Buffers.Text;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.TraceJson;

/// <summary>Writes parts of a line of JSON straight into a buffer, each after its name: names and values here need no escapes, and words no strings.</summary>
/// <remarks>A simulation that failed has thousands of lines, and a line a word for every item of the stack.</remarks>
internal readonly ref struct StepLine(ByteBuffer buffer)
{
    private const int WordDigits = 2 * UInt256.Size;
    private const int LongDigits = 2 * sizeof(ulong);

    public void Raw(ReadOnlySpan<byte> bytes) => buffer.Append(bytes);

    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        buffer.Append(name);
        buffer.Append(text);
    }

    public void Number(ReadOnlySpan<byte> name, long value)
    {
        Span<byte> digits = stackalloc byte[20]; // long.MinValue has as many
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

    /// <summary>From the bottom to the top.</summary>
    public void Stack(ReadOnlySpan<byte> name, ref Machine machine)
    {
        buffer.Append(name);
        for (int depth = machine.Sp - 1; depth >= 0; depth--)
        {
            buffer.Append("\""u8);
            Quantity(machine.Peek(depth));
            buffer.Append(depth > 0 ? "\","u8 : "\""u8);
        }
    }

    private void Quantity(ulong value)
    {
        Span<byte> digits = stackalloc byte[LongDigits];
        buffer.Append("0x"u8);
        Utf8Formatter.TryFormat(value, digits, out int count, new System.Buffers.StandardFormat('x'));
        buffer.Append(digits[..count]);
    }

    private void Quantity(in UInt256 value)
    {
        if (value <= ulong.MaxValue)
        {
            Quantity(value.LowUInt64);
            return;
        }

        Span<byte> bytes = stackalloc byte[UInt256.Size];
        Span<byte> digits = stackalloc byte[WordDigits];
        value.WriteBigEndian(bytes);
        Convert.TryToHexStringLower(bytes, digits, out _);
        buffer.Append("0x"u8);
        buffer.Append(digits[digits.IndexOfAnyExcept((byte)'0')..]);
    }
}
