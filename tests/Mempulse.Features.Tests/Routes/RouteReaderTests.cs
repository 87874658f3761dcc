using System.Buffers.Binary;
using System.Text;
using Mempulse.Ethereum.Abi;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Decoding;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Features.Registry;
using Mempulse.Features.Routes;
using Mempulse.Primitives;
using Mempulse.Testing.Pools;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Routes;

/// <summary>Each way in which arguments name the pools of a swap gives the hops in the order of the swap.</summary>
public sealed class RouteReaderTests
{
    private static readonly Address s_router = Address.Parse("0x00000000000000000000000000000000000000aa");
    private static readonly Address s_ether = Address.Parse("0x00000000000000000000000000000000000000e0");
    private static readonly Address s_a = Named.Account("a");
    private static readonly Address s_b = Named.Account("b");

    [Theory]
    [InlineData("")]
    [InlineData(", \"reversed\": true")]
    public void A_packed_path_gives_its_hops_in_the_order_of_the_swap(string reversed)
    {
        bool isReversed = reversed.Length > 0;
        byte[] path = [.. Bytes(s_a), 0, 1, 244, .. Bytes(s_ether), 0, 11, 184, .. Bytes(s_b)];

        var hops = Read("f(bytes path)", $$"""{"packed": "path"{{reversed}}}""", [.. Word(32), .. Word((ulong)path.Length), .. path, .. new byte[(32 - (path.Length % 32)) % 32]]);

        PoolHop[] expected = [new PoolHop(s_a, s_ether) { Protocol = "p", Fee = 500 }, new PoolHop(s_ether, s_b) { Protocol = "p", Fee = 3_000 }];
        Assert.Equal(isReversed ? [new PoolHop(s_b, s_ether) { Protocol = "p", Fee = 3_000 }, new PoolHop(s_ether, s_a) { Protocol = "p", Fee = 500 }] : expected, hops);
    }

    [Fact]
    public void Pools_are_named_by_parts_of_words_and_the_ends_by_the_tokens_of_the_swap()
    {
        byte[] flagged = Word(s_a);
        flagged[0] = 0x80;

        var hops = Read("f(uint256[] pools, address tokenIn, address tokenOut)", """{"pools": "pools|bits(0,160)"}""", [.. Word(96), .. Word(Address.Parse("0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee")), .. Word(s_b), .. Word(2), .. flagged, .. Word(s_b)]);

        Assert.Equal([new PoolHop(s_ether, null) { Protocol = "p", Pool = new Hash256(Word(s_a)) }, new PoolHop(null, s_b) { Protocol = "p", Pool = new Hash256(Word(s_b)) }], hops);
    }

    [Fact]
    public void Keys_of_a_path_name_the_pools_that_the_key_of_each_names()
    {
        var (lower, upper) = s_a < s_b ? (s_a, s_b) : (s_b, s_a);
        var id = Keccak256.Hash([.. Word(lower), .. Word(upper), .. Word(3_000), .. Word(60), .. Word(0)]);
        var second = Keccak256.Hash([.. Word(Least(s_b, s_ether)), .. Word(Most(s_b, s_ether)), .. Word(500), .. Word(10), .. Word(0)]);
        byte[] Key(Address currency, ulong fee, ulong spacing) => [.. Word(currency), .. Word(fee), .. Word(spacing), .. Word(0), .. Word(160), .. Word(0)];
        byte[] Encode(params byte[][] keys) => [.. Word(96), .. Word(s_a), .. Word(s_ether), .. Word(2), .. Word(64), .. Word(64 + 192), .. keys[0], .. keys[1]];
        const string Signature = "f((address currency, uint24 fee, int24 spacing, address hooks, bytes data)[] path, address tokenIn, address tokenOut)";
        PoolHop[] expected = [new PoolHop(s_a, s_b) { Pool = id }, new PoolHop(s_b, s_ether) { Pool = second }];

        Assert.Equal(expected, Read(Signature, """{"keys": "path"}""", Encode(Key(s_b, 3_000, 60), Key(s_ether, 500, 10))));
        Assert.Equal(expected, Read(Signature, """{"keys": "path", "reversed": true}""", Encode(Key(s_a, 3_000, 60), Key(s_b, 500, 10))));
    }

    [Fact]
    public void A_path_that_is_too_long_or_torn_gives_nothing()
    {
        byte[] tokens = [.. Enumerable.Range(0, RouteReader.MaxHops + 2).SelectMany(static index => Word((ulong)index + 1))];
        Assert.Empty(Read("f(address[] path)", """{"tokens": "path"}""", [.. Word(32), .. Word(RouteReader.MaxHops + 2), .. tokens]));
        Assert.Equal(RouteReader.MaxHops, Read("f(address[] path)", """{"tokens": "path"}""", [.. Word(32), .. Word(RouteReader.MaxHops + 1), .. tokens[..^32]]).Count);
        Assert.Empty(Read("f(bytes path)", """{"packed": "path"}""", [.. Word(32), .. Word(42), .. new byte[64]]));
    }

    [Theory]
    [InlineData("""{"tokens": "other"}""")]
    [InlineData("""{"protocol": "p"}""")]
    public void A_route_that_names_no_pools_is_refused(string route) =>
        Assert.Throws<RegistryException>(() => Read("f(address[] path)", route, []));

    [Fact]
    public void A_fee_chooses_among_the_pools_of_two_tokens()
    {
        var book = new MadeBook();
        var (lower, upper) = s_a < s_b ? (s_a, s_b) : (s_b, s_a);
        foreach (uint fee in new uint[] { 500, 3_000, 10_000 })
        {
            book.Add(Named.Account($"fee {fee}"), "p", [lower, upper], new TickPool(TickTable.Whole(60, []), default, TickFees.V3(fee), TickRules.UniswapV3));
        }

        var hop = Assert.Single(Read("f(uint24 fee, address tokenIn, address tokenOut)", """{"fee": "fee"}""", [.. Word(3_000), .. Word(s_a), .. Word(s_b)]));

        Assert.True(PoolRoutes.TryFind(book, hop, s_a, out var leg));
        Assert.Equal((Named.Account("fee 3000"), s_a), (leg.Pool.Key.Contract, leg.Pool.Tokens[leg.TokenIn]));
        Assert.False(PoolRoutes.TryFind(book, hop with { Fee = 100 }, s_a, out _));
        Assert.False(PoolRoutes.TryFind(book, hop with { Fee = null }, s_a, out _));
        Assert.False(PoolRoutes.TryFind(book, hop with { Protocol = null }, s_a, out _));
        Assert.False(PoolRoutes.TryFind(book, hop, s_b, out _));
    }

    private static List<PoolHop> Read(string signature, string route, byte[] arguments)
    {
        string tokens = signature.Contains("tokenIn", StringComparison.Ordinal) ? "\"tokenIn\": \"tokenIn\", \"tokenOut\": \"tokenOut\", " : string.Empty;
        var registry = RegistryReader.Read(Encoding.UTF8.GetBytes($$$"""
            {"format": 1, "wrappedEther": {"1": "{{{s_ether}}}"},
             "abis": {"router": {"protocol": "q", "functions": [{"signature": "{{{signature}}}", "category": "swap", "effects": [{"kind": "swap", {{{tokens}}}"route": {{{route}}}}]}]}},
             "contracts": [{"address": "{{{s_router}}}", "name": "Router", "protocol": "p", "kind": "dex", "abis": ["router"]}]}
            """));
        byte[] calldata = new byte[4 + arguments.Length];
        BinaryPrimitives.WriteUInt32BigEndian(calldata, AbiFunction.Parse(signature).Selector);
        arguments.CopyTo(calldata, 4);
        var request = new CallRequest { Chain = new ChainId(1), Block = new BlockNumber(1), Sender = s_a, Target = s_router, Value = default, Data = calldata };
        var tree = new DecodeTree();
        new CallDecoder(registry).Decode(request, tree);
        return tree.Effects.IsEmpty ? [] : [.. new RouteReader().Read(registry, request, tree, tree.Effects[0])];
    }

    private static Address Least(Address one, Address other) => one < other ? one : other;

    private static Address Most(Address one, Address other) => one < other ? other : one;

    private static byte[] Bytes(Address address) => Word(address)[12..];

    private static byte[] Word(Address address)
    {
        byte[] word = new byte[AbiType.WordBytes];
        address.CopyTo(word.AsSpan(12));
        return word;
    }

    private static byte[] Word(ulong value)
    {
        byte[] word = new byte[AbiType.WordBytes];
        BinaryPrimitives.WriteUInt64BigEndian(word.AsSpan(24), value);
        return word;
    }
}
