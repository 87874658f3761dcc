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

    /// <summary>Adds the effects of a node that take place.</summary>
    public static void Read(FunctionEntry function, in CallScope scope, in CallNode node, int index, DecodeTree tree)
    {
        var rules = function.Effects;
        for (int k = 0; k < rules.Count; k++)
        {
            var rule = rules[k];
            if (rule.Each is not { } each)
            {
                ReadOne(rule, 0, scope, node, index, tree);
            }
            else if (scope.Follow(each, out var array) == AbiFault.None && array.ReadCount(out int count) == AbiFault.None)
            {
                for (int i = 0; i < count; i++)
                {
                    if (array.ReadElement(i, out var element) == AbiFault.None)
                    {
                        ReadOne(rule, i, scope.At(element), node, index, tree);
                    }
                }
            }
        }
    }

    private static void ReadOne(EffectRule rule, int element, in CallScope scope, in CallNode node, int index, DecodeTree tree)
    {
        for (int i = 0; i < rule.When.Count; i++)
        {
            var condition = rule.When[i];
            bool isEqual = scope.TryRead(condition.Path, out var word) && word == condition.Value;
            if (isEqual == condition.IsNot)
            {
                return;
            }
        }

        tree.Add(new Effect(rule.Kind, index)
        {
            Rule = rule,
            Element = element,
            TokenIn = scope.ReadAddress(rule.TokenIn),
            TokenOut = scope.ReadAddress(rule.TokenOut),
            AmountIn = ReadAmount(rule.AmountIn, scope),
            AmountOut = ReadAmount(rule.AmountOut, scope),
            Counterparty = scope.ReadAddress(rule.Counterparty) is { } account ? Recipient(account, node) : null,
            Deadline = (rule.Deadline ?? node.Function!.Deadline) is { } deadline && scope.TryRead(deadline, out var seconds) ? seconds : null,
        });
    }

    private static Address Recipient(Address account, in CallNode node)
    {
        if (node.Function!.Recipients == RecipientWords.Router)
        {
            return account == RouterWords.Sender ? node.Sender : account == RouterWords.Router ? node.Target : account;
        }

        return account;
    }

    private static Amount ReadAmount(AmountRule? rule, in CallScope scope)
    {
        if (rule is null || !scope.TryRead(rule.Path, out var value))
        {
            return default;
        }

        var sentinel = SentinelOf(value, rule.Sentinels);
        if (sentinel != AmountSentinels.None)
        {
            return new Amount(AmountMeaning.Unresolved, value, sentinel);
        }

        var meaning = rule.Bound switch
        {
            AmountBound.Exact => AmountMeaning.Exact,
            AmountBound.Minimum => AmountMeaning.Minimum,
            AmountBound.Maximum => AmountMeaning.Maximum,
            AmountBound.Stated => AmountMeaning.Stated,
            _ => throw new UnreachableException(),
        };
        return TryAdjust(rule, scope, ref value) ? new Amount(meaning, value, AmountSentinels.None) : default;
    }

    /// <summary>Adds what comes on top, and takes the part that is filled. An amount beyond 256 bits is not stated.</summary>
    private static bool TryAdjust(AmountRule rule, in CallScope scope, ref UInt256 value)
    {
        if (rule.Plus is { } plus)
        {
            bool isRead = scope.TryRead(plus, out var more);
            value = UInt256.Add(value, more, out bool wrapped);
            if (!isRead || wrapped)
            {
                return false;
            }
        }

        if (rule.Filled is not { } filled)
        {
            return true;
        }

        if (!scope.TryRead(filled, out var part) || !scope.TryRead(rule.Whole!, out var whole) || whole.IsZero)
        {
            return false;
        }

        var product = UInt256.Multiply(value, part, out bool isTooLarge);
        UInt256.Divide(product, whole, out value);
        return !isTooLarge;
    }

    private static AmountSentinels SentinelOf(in UInt256 value, AmountSentinels possible)
    {
        var sentinel =
            value.IsZero ? AmountSentinels.Zero
            : value == s_highBit ? AmountSentinels.HighBit
            : value == UInt256.MaxValue ? AmountSentinels.MaxUInt256
            : value == s_maxUInt128 ? AmountSentinels.MaxUInt128
            : AmountSentinels.None;
        return (possible & AmountSentinels.BasisPoints) != AmountSentinels.None ? AmountSentinels.BasisPoints : possible & sentinel;
    }
}
