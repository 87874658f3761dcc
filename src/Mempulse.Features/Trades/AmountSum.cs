using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Trades;

/// <summary>The sum of amounts, as far as each of them is stated. <c>default</c> is the sum of none.</summary>
/// <param name="Total">The total.</param>
/// <param name="Meaning">What the total says: exact if every part is, a bound if any part is one, unresolved if any part is not a number.</param>
internal readonly record struct AmountSum(UInt256 Total, AmountMeaning Meaning)
{
    /// <summary>Adds an amount.</summary>
    public AmountSum Add(in Amount amount)
    {
        if (amount.Meaning is AmountMeaning.Unresolved or AmountMeaning.NotStated or AmountMeaning.Stated || Meaning == AmountMeaning.Unresolved)
        {
            return this with { Meaning = AmountMeaning.Unresolved };
        }

        var total = UInt256.Add(Total, amount.Value, out bool wrapped);
        return wrapped ? new AmountSum(Total, AmountMeaning.Unresolved) : new AmountSum(total, Meaning is AmountMeaning.NotStated or AmountMeaning.Exact ? amount.Meaning : Meaning);
    }

    /// <summary>The sum as an amount.</summary>
    public Amount ToAmount() => new(Meaning, Meaning == AmountMeaning.Unresolved ? UInt256.Zero : Total, AmountSentinels.None);
}
