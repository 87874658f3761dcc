using Mempulse.Features.Decoding;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>Calls with the text that a hardware wallet shows for them: every amount and recipient that is read is in the text.</summary>
public sealed class WalletCallTests
{
    private static readonly int[] s_decimals = [18, 6, 8, 0];

    [Fact]
    public void Amounts_that_are_read_are_those_that_a_wallet_shows()
    {
        int shown = 0;
        using var calls = CallVectors.Read("wallet-calls.json.zst");
        foreach (var call in calls.RootElement.EnumerateArray())
        {
            string text = call.GetProperty("shown").GetString()!;
            if (text.Length == 0)
            {
                continue; // the text of one call is missing
            }

            var tree = Read(call);
            foreach (var effect in tree.Effects)
            {
                if (effect.Kind == Features.Registry.EffectKind.Portion || (effect.Kind == Features.Registry.EffectKind.Approval && effect.Deadline is not null))
                {
                    continue; // shares and permits are not shown
                }

                foreach (var amount in new[] { effect.AmountIn, effect.AmountOut })
                {
                    if (amount.Meaning is AmountMeaning.NotStated or AmountMeaning.Unresolved || amount.Value == UInt256.MaxValue)
                    {
                        continue;
                    }

                    Assert.True(s_decimals.Any(decimals => text.Contains(Text(amount.Value, decimals), StringComparison.Ordinal)), $"{call.GetProperty("call")}: {amount.Value} is not in {text}");
                    shown++;
                }
            }
        }

        Assert.True(shown >= 60, $"{shown} amounts");
    }

    [Fact]
    public void Most_calls_are_read_by_their_contracts_own_functions()
    {
        using var calls = CallVectors.Read("wallet-calls.json.zst");
        var statuses = calls.RootElement.EnumerateArray().Select(static call => Read(call).Nodes[0].Status).ToList();

        Assert.Equal(70, statuses.Count);
        Assert.True(statuses.Count(static status => status == DecodeStatus.Decoded) >= 50, $"{statuses.Count(static status => status == DecodeStatus.Decoded)} are decoded");
    }

    private static DecodeTree Read(System.Text.Json.JsonElement call) =>
        Decoded.Call(call.GetProperty("to").GetString()!, CallVectors.Bytes(call, "data"), value: UInt256.TryParse(call.GetProperty("value").GetString(), out var value) ? value : default, chain: call.GetProperty("chain").GetUInt64());

    /// <summary>As a wallet shows it: without zeros at the end.</summary>
    private static string Text(UInt256 value, int decimals)
    {
        string digits = value.ToString().PadLeft(decimals + 1, '0');
        string whole = digits[..^decimals];
        string part = digits[^decimals..].TrimEnd('0');
        return decimals == 0 || part.Length == 0 ? (decimals == 0 ? digits : whole) : $"{whole}.{part}";
    }
}
