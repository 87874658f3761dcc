using Mempulse.Ethereum.Abi;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Features.Routes;
using Mempulse.Features.Tests.Registry;
using Mempulse.Primitives;
using Mempulse.Testing.Mainnet;

namespace Mempulse.Features.Tests.Routes;

/// <summary>The pools that the arguments of mainnet's swaps name are those that emitted logs when the swaps were carried out.</summary>
public sealed class MainnetRouteTests
{
    private static readonly ChainId s_mainnet = new(1);
    private static readonly Lazy<List<(IncludedCall Call, string Layout, PoolHop Hop)>> s_hops = new(Hops);

    [Fact]
    public void Every_pool_that_is_named_emitted_a_log()
    {
        var missing = s_hops.Value.Where(static hop => PoolOf(hop.Hop) is { } pool && !HasLog(hop.Call, pool)).Select(static hop => $"{hop.Call.Hash} {hop.Layout} {hop.Hop}").ToList();

        Assert.True(missing.Count == 0, $"{missing.Count} of {s_hops.Value.Count}: {string.Join('\n', missing.Take(20))}");
    }

    [Theory]
    [InlineData("uniswap-v2-router", 15)]
    [InlineData("uniswap-v3-router", 1)]
    [InlineData("uniswap-router02", 5)]
    [InlineData("universal-router/1", 10)]
    [InlineData("universal-router/2.0", 1)]
    [InlineData("uniswap-v4-actions/2.0", 1)]
    [InlineData("1inch-v5", 5)]
    public void Routes_of_many_layouts_are_read(string layout, int least)
    {
        int count = s_hops.Value.Count(hop => hop.Layout == layout && PoolOf(hop.Hop) is not null);

        Assert.True(count >= least, $"{count} of {layout}");
    }

    private static List<(IncludedCall Call, string Layout, PoolHop Hop)> Hops()
    {
        var decoder = new CallDecoder(ShippedRegistry.Value);
        var (tree, routes) = (new DecodeTree(), new RouteReader());
        var hops = new List<(IncludedCall Call, string Layout, PoolHop Hop)>();
        foreach (var call in IncludedCalls.LoadRlp(Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet")))
        {
            var request = new CallRequest { Chain = s_mainnet, Block = call.Block, Sender = call.Sender, Target = call.Target, Value = call.Value, Data = call.Data.Span };
            decoder.Decode(request, tree);
            foreach (ref readonly var effect in tree.Effects)
            {
                if (call.Logs is not null && effect.Kind == EffectKind.Swap)
                {
                    string layout = tree.Nodes[effect.Node].Function!.Layout;
                    hops.AddRange(routes.Read(ShippedRegistry.Value, request, tree, effect).Select(hop => (call, layout, hop)));
                }
            }
        }

        return hops;
    }

    private static bool HasLog(IncludedCall call, Hash256 pool) => call.Logs!.Any(log => Word(log.Account) == pool || log.Topics.Contains(pool));

    /// <summary>The pool as its factory names it (EIP-1014): its address as a word, or its id. Null if the hop names it by a factory that is not known here.</summary>
    private static Hash256? PoolOf(in PoolHop hop) => (hop.Protocol, hop.Fee, hop.Pool) switch
    {
        (_, _, { } named) => named,
        ("uniswap-v2", null, _) => Create2("0x5c69bee701ef814a2b6a3edd4b1652cb9cc5aa6f", Packed(hop), "96e8ac4277198ff8b6f785478aa9a39f403cb768dd02cbee326c3e7da348845f"),
        ("sushiswap", null, _) => Create2("0xc0aee478e3658e2610c5f7a4a2e1777ce9e4f2ac", Packed(hop), "e18a34eb0e04b04f7a0ac29a6e80748dca96319b42c54d679cb821dca90c6303"),
        ("uniswap-v3", { } fee, _) => Create2("0x1f98431c8ad98523631ae4a59f267346ea31f984", [.. Words(hop), .. FeeWord(fee)], "e34f199b19b2b4f47f68442619d555527d244f78a3297ea89325f843f87b8b54"),
        _ => null,
    };

    private static Hash256 Create2(string factory, byte[] salt, string initHash)
    {
        byte[] account = new byte[Address.Size];
        Address.Parse(factory).CopyTo(account);
        byte[] hash = new byte[Hash256.Size];
        Keccak256.Hash([0xff, .. account, .. Bytes(Keccak256.Hash(salt)), .. Convert.FromHexString(initHash)]).CopyTo(hash);
        return Word(new Address(hash.AsSpan(12)));
    }

    private static byte[] Packed(in PoolHop hop)
    {
        byte[] words = Words(hop);
        return [.. words[12..32], .. words[44..64]];
    }

    private static byte[] Words(in PoolHop hop)
    {
        var (first, second) = (hop.TokenIn!.Value, hop.TokenOut!.Value);
        return first < second ? [.. Bytes(Word(first)), .. Bytes(Word(second))] : [.. Bytes(Word(second)), .. Bytes(Word(first))];
    }

    private static byte[] FeeWord(uint fee)
    {
        byte[] word = new byte[AbiType.WordBytes];
        new UInt256(fee, 0, 0, 0).WriteBigEndian(word);
        return word;
    }

    private static Hash256 Word(Address address)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        word.Clear();
        address.CopyTo(word[12..]);
        return new Hash256(word);
    }

    private static byte[] Bytes(Hash256 hash)
    {
        byte[] bytes = new byte[Hash256.Size];
        hash.CopyTo(bytes);
        return bytes;
    }
}
