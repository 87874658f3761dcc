using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Abi;

/// <summary>Writes calls of functions whose arguments are words.</summary>
public static class AbiWords
{
    private const int SelectorBytes = 4;

    /// <summary>Adds the selector of a function.</summary>
    public static void Function(ByteBuffer call, string signature) => call.Append(Keccak256.Hash(Encoding.ASCII.GetBytes(signature)).ToArray().AsSpan(0, SelectorBytes));

    /// <summary>Adds an account.</summary>
    public static void Add(ByteBuffer call, in Address account)
    {
        var word = call.Append(UInt256.Size);
        word.Clear();
        account.CopyTo(word[(UInt256.Size - Address.Size)..]);
    }

    /// <summary>Adds a number.</summary>
    public static void Add(ByteBuffer call, in UInt256 value) => value.WriteBigEndian(call.Append(UInt256.Size));
}
