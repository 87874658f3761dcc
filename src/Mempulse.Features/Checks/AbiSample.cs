using System.Buffers.Binary;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Decoding;

namespace Mempulse.Features.Checks;

/// <summary>A canonical encoding of a type: zero for every value, and the same number of elements in every array.</summary>
internal static class AbiSample
{
    /// <summary>Bytes of a sample. More than any call that is decoded has.</summary>
    private const int MaxBytes = DecodeBounds.MaxCalldataBytes;

    /// <summary>Encodes a sample.</summary>
    /// <returns>False if it is too large.</returns>
    public static bool TryEncode(AbiType type, int elements, out byte[] sample)
    {
        var words = new List<byte>();
        bool fits = TryAppend(type, elements, words);
        sample = fits ? [.. words] : [];
        return fits;
    }

    private static bool TryAppend(AbiType type, int elements, List<byte> encoding) => type.Kind switch
    {
        AbiKind.Tuple => TrySequence([.. type.Members.Select(static member => member.Type)], elements, encoding),
        AbiKind.Array when type.Width > 0 => TrySequence([.. Enumerable.Repeat(type.Element!, type.Width)], elements, encoding),
        AbiKind.Array => TryWord(elements, encoding) && TrySequence([.. Enumerable.Repeat(type.Element!, elements)], elements, encoding),
        AbiKind.Bytes or AbiKind.Text => TryWord(elements, encoding) && (elements == 0 || TryWord(0, encoding)),
        _ => TryWord(0, encoding),
    };

    /// <summary>The heads, then the tails in their order.</summary>
    private static bool TrySequence(AbiType[] parts, int elements, List<byte> encoding)
    {
        int headBytes = 0;
        foreach (var part in parts)
        {
            headBytes += part.HeadBytes;
            if (headBytes > MaxBytes)
            {
                return false;
            }
        }

        var tails = new List<byte>();
        foreach (var part in parts)
        {
            bool fits = part.IsDynamic ? TryWord(headBytes + tails.Count, encoding) && TryAppend(part, elements, tails) : TryAppend(part, elements, encoding);
            if (!fits || encoding.Count + tails.Count > MaxBytes)
            {
                return false;
            }
        }

        encoding.AddRange(tails);
        return true;
    }

    private static bool TryWord(int value, List<byte> encoding)
    {
        if (encoding.Count > MaxBytes - AbiType.WordBytes)
        {
            return false;
        }

        Span<byte> word = stackalloc byte[AbiType.WordBytes]; // a constant 32
        word.Clear();
        BinaryPrimitives.WriteInt32BigEndian(word[^4..], value);
        encoding.AddRange(word);
        return true;
    }
}
