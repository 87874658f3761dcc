using System.Buffers.Binary;
using System.Text;

namespace Mempulse.Canon.Tests;

/// <summary>The bytes that a format prescribes, part by part, each with the rule that it pins; built without the code under test.</summary>
internal sealed class GoldenBytes
{
    private readonly List<byte> _bytes = [];
    private readonly List<(int Offset, string Rule)> _parts = [];

    /// <summary>Number of bytes so far.</summary>
    public int Length => _bytes.Count;

    /// <summary>CRC-32C bit by bit, as RFC 3720 defines it; continued from the checksum of what comes before.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        uint crc = ~before;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82f6_3b78u);
            }
        }

        return ~crc;
    }

    public GoldenBytes Text(string rule, string text) => Add(rule, Encoding.ASCII.GetBytes(text));

    public GoldenBytes Hex(string rule, string hex) => Add(rule, Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal)));

    public GoldenBytes U8(string rule, byte value) => Add(rule, [value]);

    public GoldenBytes U16(string rule, ushort value) => Add(rule, [(byte)(value & 0xff), (byte)(value >> 8)]);

    public GoldenBytes U32(string rule, uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Add(rule, bytes);
    }

    public GoldenBytes U64(string rule, ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Add(rule, bytes);
    }

    public GoldenBytes ZerosTo(string rule, int offset) => Add(rule, new byte[offset - Length]);

    /// <summary>The CRC of everything from an offset on, continued from another CRC.</summary>
    public GoldenBytes Crc(string rule, int from, uint before = 0) => U32(rule, CrcOf(from, Length, before));

    public GoldenBytes Add(string rule, byte[] bytes)
    {
        _parts.Add((Length, rule));
        _bytes.AddRange(bytes);
        return this;
    }

    public uint CrcOf(int from, int to, uint before = 0) => Crc32C(ToArray().AsSpan(from, to - from), before);

    public byte[] ToArray() => [.. _bytes];

    /// <summary>Asserts that the bytes are these, and names the first rule that they break.</summary>
    public void AssertAre(byte[] actual)
    {
        byte[] expected = ToArray();
        for (int part = 0; part < _parts.Count; part++)
        {
            var (offset, rule) = _parts[part];
            int end = part + 1 < _parts.Count ? _parts[part + 1].Offset : Length;
            Assert.Equal($"{rule} (at {offset}): {Show(expected, offset, end)}", $"{rule} (at {offset}): {Show(actual, offset, end)}");
        }

        Assert.Equal(Length, actual.Length);
    }

    private static string Show(byte[] bytes, int from, int to) => Convert.ToHexStringLower(bytes.AsSpan(Math.Min(from, bytes.Length), Math.Max(0, Math.Min(to, bytes.Length) - Math.Min(from, bytes.Length))));
}
