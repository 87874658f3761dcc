using Mempulse.Dashboard.Format;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Transaction;

/// <summary>Amounts of tokens in words. Ether has its decimals; of other tokens the log does not state them, so their amounts are in the smallest unit.</summary>
internal static class AmountText
{
    /// <summary>An amount and its token.</summary>
    public static string Of(in Amount amount, Address? token, Address? ether, Func<Address, string?> nameOf)
    {
        bool isEther = token is { } known && (known.IsZero || known == ether);
        string name = token is not { } named ? "an unnamed token" : isEther ? "ETH" : nameOf(named) ?? Hashes.Short(named.ToString());
        if (amount.Sentinel != AmountSentinels.None)
        {
            return amount.Sentinel == AmountSentinels.BasisPoints ? $"{amount.Value} bps of the balance in {name}" : $"an open balance of {name}";
        }

        string bound = amount.Meaning switch
        {
            AmountMeaning.Minimum => "at least ",
            AmountMeaning.Maximum => "at most ",
            _ => string.Empty,
        };
        return amount.Meaning is AmountMeaning.NotStated or AmountMeaning.Unresolved ? $"{name}, amount unresolved"
            : isEther ? bound + Figures.Ether(amount.Value)
            : $"{bound}{Figures.Scaled(amount.Value.ToString(), 0, 0)} units of {name}";
    }
}
