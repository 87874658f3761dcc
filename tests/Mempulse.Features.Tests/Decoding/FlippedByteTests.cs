using System.Buffers.Binary;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Features.Tests.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Testing;
using Mempulse.Testing.Mainnet;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>A damaged call never yields an exact amount that the contract would not read there: each one is a number of the calldata, or the ether sent.</summary>
public sealed class FlippedByteTests
{
    private const int FlipsPerCall = 64;

    [Fact]
    public void An_exact_amount_of_a_published_call_with_a_flipped_byte_is_in_its_calldata() =>
        CheckAll(UniversalRouterTests.Calls.Values.Select(static call => (Address.Parse("0x66a9893cc07d91d95644aedd05d03f95e1dba8af"), call)));

    [Fact]
    public void An_exact_amount_of_a_real_call_with_a_flipped_byte_is_in_its_calldata() =>
        CheckAll(IncludedCalls.LoadRlp(Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet")).Where(static call => call.Target is not null && call.Data.Length is >= 4 and <= 4_096).Select(static call => (call.Target!.Value, call.Data.ToArray())));

    private static void CheckAll(IEnumerable<(Address Target, byte[] Data)> calls)
    {
        var (decoder, tree, trades) = (new CallDecoder(ShippedRegistry.Value), new DecodeTree(), new TradeReader());
        var random = new SeededBytes(20_261_129);
        long amounts = 0;
        foreach (var (target, data) in calls)
        {
            for (int i = 0; i < FlipsPerCall; i++)
            {
                int place = BinaryPrimitives.ReadUInt16BigEndian(random.Next(2)) % data.Length;
                byte before = data[place];
                data[place] ^= (byte)Math.Max((byte)1, random.Next(1)[0]);
                decoder.Decode(new CallRequest { Chain = new ChainId(1), Block = new BlockNumber(ulong.MaxValue), Sender = Decoded.Sender, Target = target, Value = 0, Data = data }, tree);
                foreach (var effect in tree.Effects)
                {
                    // What an order gives is the sum of two of its numbers.
                    amounts += (effect.Kind == EffectKind.Order ? 0 : Check(effect.AmountIn, data, place)) + Check(effect.AmountOut, data, place);
                }

                trades.Read(tree, null); // sums of these, and never an exception
                data[place] = before;
            }
        }

        Assert.True(amounts > 1_000, $"{amounts} amounts");
    }

    /// <summary>Returns 1 if the amount is exact.</summary>
    private static int Check(Amount amount, byte[] data, int place)
    {
        if (amount.Meaning != AmountMeaning.Exact || amount.Value.IsZero)
        {
            return 0;
        }

        byte[] word = new byte[UInt256.Size];
        amount.Value.WriteBigEndian(word);
        Assert.True(data.AsSpan().IndexOf(word.AsSpan(UInt256.Size - amount.Value.ByteLength)) >= 0, $"{amount.Value} is not in the call whose byte {place} is flipped: {Convert.ToHexStringLower(data)}");
        return 1;
    }
}
