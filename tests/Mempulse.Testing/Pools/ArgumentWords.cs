using System.Text;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>Encodes arguments of a constructor: words, and dynamic parts behind them.</summary>
internal sealed class ArgumentWords
{
    private readonly List<(UInt256 Word, byte[]? Part)> _items = [];

    /// <summary>Adds a word.</summary>
    public ArgumentWords Add(UInt256 word)
    {
        _items.Add((word, null));
        return this;
    }

    /// <summary>Adds an address.</summary>
    public ArgumentWords Add(Address address) => Add(CallData.Word(address));

    /// <summary>Adds text.</summary>
    public ArgumentWords Add(string text) => AddPart(CallData.Words().AddBytes(Encoding.ASCII.GetBytes(text)).ToArray());

    /// <summary>Adds an array of words.</summary>
    public ArgumentWords Add(IReadOnlyCollection<UInt256> words)
    {
        var data = CallData.Words().Add((ulong)words.Count);
        foreach (var word in words)
        {
            data.Add(word);
        }

        return AddPart(data.ToArray());
    }

    /// <summary>Adds a tuple with dynamic parts.</summary>
    public ArgumentWords Add(ArgumentWords tuple) => AddPart(tuple.ToArray());

    /// <summary>The encoding.</summary>
    public byte[] ToArray()
    {
        var head = CallData.Words();
        var tail = new List<byte>();
        foreach (var (word, part) in _items)
        {
            head.Add(part is null ? word : (ulong)((_items.Count * UInt256.Size) + tail.Count));
            tail.AddRange(part ?? []);
        }

        return head.AddRaw([.. tail]).ToArray();
    }

    private ArgumentWords AddPart(byte[] part)
    {
        _items.Add((default, part));
        return this;
    }
}
