using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Book;

/// <summary>What a token says that it moved.</summary>
/// <param name="Token">The token.</param>
/// <param name="From">Who gave it.</param>
/// <param name="To">Who received it.</param>
/// <param name="Value">How much; at most <see cref="MostBits"/> bits, which no pool of ours can hold.</param>
internal readonly record struct TokenTransfer(Address Token, Address From, Address To, UInt256 Value)
{
    /// <summary>Larger values count as the largest, so that no sum overflows.</summary>
    private const int MostBits = 160;

    private const int TopicCount = 3; // the event, from, to; a token that numbers its pieces has one more

    /// <summary>Reads a Transfer; null if it is not one of amounts.</summary>
    public static TokenTransfer? Read(in TxLogView log)
    {
        if (log.TopicCount != TopicCount || log.Data.Length != UInt256.Size)
        {
            return null;
        }

        var value = UInt256.FromBigEndian(log.Data);
        return new TokenTransfer(log.Account, AccountOf(log.Topic(1)), AccountOf(log.Topic(2)), value.BitLength > MostBits ? WordField.Place(UInt256.One, MostBits) : value);
    }

    /// <summary>The account that a topic holds.</summary>
    public static Address AccountOf(in Hash256 topic)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        topic.CopyTo(word);
        return new Address(word[(Hash256.Size - Address.Size)..]);
    }
}
