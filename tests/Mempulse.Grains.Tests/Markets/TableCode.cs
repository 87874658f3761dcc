using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Grains.Tests.Markets;

/// <summary>Code that answers each function with words of its own, and reverts for every other function.</summary>
internal sealed class TableCode
{
    private const int EntryBytes = 11; // dup, push the selector, compare, push the place, jump
    private const int WordBytes = 37; // push a word, push its place, store
    private const int ReturnBytes = 6;

    private readonly List<(uint Selector, UInt256[] Words)> _answers = [];

    public TableCode Answer(string function, params UInt256[] words)
    {
        _answers.Add((BinaryPrimitives.ReadUInt32BigEndian(CallData.Of(function).ToArray()), words));
        return this;
    }

    public byte[] ToArray()
    {
        var code = new List<byte> { 0x5f, 0x35, 0x60, 0xe0, 0x1c };
        int place = code.Count + (_answers.Count * EntryBytes) + 3;
        byte[] selector = new byte[4];
        foreach (var (function, words) in _answers)
        {
            BinaryPrimitives.WriteUInt32BigEndian(selector, function);
            code.AddRange([0x80, 0x63, .. selector, 0x14, 0x61, (byte)(place >> 8), (byte)(place & 0xff), 0x57]);
            place += 1 + (words.Length * WordBytes) + ReturnBytes;
        }

        code.AddRange([0x5f, 0x5f, 0xfd]);
        byte[] bytes = new byte[UInt256.Size];
        foreach (var (_, words) in _answers)
        {
            code.Add(0x5b);
            for (int i = 0; i < words.Length; i++)
            {
                words[i].WriteBigEndian(bytes);
                int at = i * UInt256.Size;
                code.AddRange([0x7f, .. bytes, 0x61, (byte)(at >> 8), (byte)(at & 0xff), 0x52]);
            }

            int length = words.Length * UInt256.Size;
            code.AddRange([0x61, (byte)(length >> 8), (byte)(length & 0xff), 0x5f, 0xf3, 0x00]);
        }

        return [.. code];
    }
}
