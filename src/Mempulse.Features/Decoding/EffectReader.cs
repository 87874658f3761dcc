using System.Diagnostics;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Decoding;

/// <summary>Reads what a node does with tokens from its arguments, by the rules of the registry.</summary>
internal static class EffectReader
{
    private static readonly UInt256 s_highBit = new(0, 0, 0, 1UL << 63);
    private static readonly UInt256 s_maxUInt128 = new(ulong.MaxValue, ulong.MaxValue, 0, 0);

    /// <summary>Returns true if the effect takes place.</summary>
    public static bool Holds(EffectRule rule, in AbiValue arguments) =>
        rule.When is not { } condition || (condition.Path.Follow(arguments, out var word) == AbiFault.None && word.ToUInt256() == condition.Value);

    /// <summary>Reads an effect. A part whose argument is absent, such as the token of an empty path, is not stated.</summary>
    public static Effect Read(EffectRule rule, in AbiValue arguments, in CallNode node, int index) =>
        new(rule.Kind, index)
        {
            TokenIn = ReadAddress(rule.TokenIn, arguments, node),
            TokenOut = ReadAddress(rule.TokenOut, arguments, node),
            AmountIn = ReadAmount(rule.AmountIn, arguments, node),
            AmountOut = ReadAmount(rule.AmountOut, arguments, node),
            Counterparty = ReadAddress(rule.Counterparty, arguments, node) is { } account ? Recipient(account, node) : null,
            Deadline = (rule.Deadline ?? node.Function!.Deadline) is { } deadline && deadline.Follow(arguments, out var seconds) == AbiFault.None ? seconds.ToUInt256() : null,
        };

    private static Address Recipient(Address account, in CallNode node)
    {
        if (node.Function!.Recipients == RecipientWords.Router)
        {
            return account == RouterWords.Sender ? node.Sender : account == RouterWords.Router ? node.Target : account;
        }

        return account;
    }

    private static Address? ReadAddress(ArgumentPath? path, in AbiValue arguments, in CallNode node)
    {
        switch (path?.Source)
        {
            case null:
                return null;
            case PathSource.Sender:
                return node.Sender;
            case PathSource.Target:
                return node.Target;
            case PathSource.Constant:
                return path.Constant;
            case PathSource.Argument:
                return path.Follow(arguments, out var word) == AbiFault.None ? word.ToAddress() : null;
            case PathSource.FirstPacked or PathSource.LastPacked:
                if (path.Follow(arguments, out var bytes) != AbiFault.None || bytes.ReadBytes(out var packed, out _) != AbiFault.None || packed.Length < Address.Size)
                {
                    return null;
                }

                return new Address(path.Source == PathSource.FirstPacked ? packed[..Address.Size] : packed[^Address.Size..]);
            default:
                throw new UnreachableException();
        }
    }

    private static Amount ReadAmount(AmountRule? rule, in AbiValue arguments, in CallNode node)
    {
        if (rule is null)
        {
            return default;
        }

        UInt256 value;
        if (rule.Path.Source == PathSource.Value)
        {
            value = node.Value;
        }
        else if (rule.Path.Follow(arguments, out var word) == AbiFault.None)
        {
            value = word.ToUInt256();
        }
        else
        {
            return default;
        }

        var sentinel = SentinelOf(value, rule.Sentinels);
        return sentinel != AmountSentinels.None ? new Amount(AmountMeaning.Unresolved, value, sentinel) : new Amount(
            rule.Bound switch
            {
                AmountBound.Exact => AmountMeaning.Exact,
                AmountBound.Minimum => AmountMeaning.Minimum,
                AmountBound.Maximum => AmountMeaning.Maximum,
                _ => throw new UnreachableException(),
            },
            value,
            AmountSentinels.None);
    }

    private static AmountSentinels SentinelOf(in UInt256 value, AmountSentinels possible)
    {
        var sentinel =
            value.IsZero ? AmountSentinels.Zero
            : value == s_highBit ? AmountSentinels.HighBit
            : value == UInt256.MaxValue ? AmountSentinels.MaxUInt256
            : value == s_maxUInt128 ? AmountSentinels.MaxUInt128
            : AmountSentinels.None;
        return possible.HasFlag(AmountSentinels.BasisPoints) ? AmountSentinels.BasisPoints : possible & sentinel;
    }
}
