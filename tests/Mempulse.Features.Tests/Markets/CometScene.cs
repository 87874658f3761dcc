using Mempulse.Features.Markets;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Mainnet;

namespace Mempulse.Features.Tests.Markets;

/// <summary>The first market of Compound V3 on mainnet, with the code that block 19,932,703 ran, on storage that a test gives it. Tokens and feeds answer what the test says.</summary>
internal sealed class CometScene
{
    public const ulong Time = 1_716_500_000;

    private readonly ContractScene _scene = new(Time);

    public CometScene(RecordedBlock block)
    {
        block.PutInto(_scene);
        _scene.ClearStorage();
        _scene.Set(Market, Implementation, CallData.Word(Code));
        Tokens = [.. Enumerable.Range(0, (int)Ask("numAssets()")[0].LowUInt64).Select(place => AddressOf(Ask("getAssetInfo(uint8)", (ulong)place)[1]))];
        Feeds = [.. Tokens.Select((_, place) => AddressOf(Ask("getAssetInfo(uint8)", (ulong)place)[2])).Prepend(AddressOf(Ask("baseTokenPriceFeed()")[0]))];
        BaseToken = AddressOf(Ask("baseToken()")[0]);
        foreach (var token in Tokens.Append(BaseToken))
        {
            _scene.Put(token, TokenCode);
        }

        foreach (var feed in Feeds)
        {
            _scene.Put(feed, RoundCode);
        }
    }

    public static Address Market { get; } = Address.Parse("0xc3d688b66703497daa19211eedff47f25384cdc3");

    public IReadOnlyList<Address> Tokens { get; }

    public IReadOnlyList<Address> Feeds { get; }

    public Address BaseToken { get; }

    public ContractScene Contracts => _scene;

    /// <summary>The code that the market ran in that block, behind its proxy.</summary>
    private static Address Code { get; } = Address.Parse("0x9743591b23b83ed41e6abcc84016a4c7702c706e");

    /// <summary>Where EIP-1967 has the proxy's implementation.</summary>
    private static UInt256 Implementation { get; } = CallData.Hashed("eip1967.proxy.implementation"u8.ToArray()) - 1;

    /// <summary>Returns slot 0 for balanceOf, and 1 for all else: that a transfer succeeded.</summary>
    private static byte[] TokenCode => [0x5f, 0x35, 0x60, 0xe0, 0x1c, 0x63, 0x70, 0xa0, 0x82, 0x31, 0x14, 0x80, 0x15, 0x90, 0x5f, 0x54, 0x02, 0x01, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3];

    /// <summary>Returns slot 0 as the second of five words: the answer of a round.</summary>
    private static byte[] RoundCode => [0x5f, 0x54, 0x60, 0x20, 0x52, 0x60, 0xa0, 0x5f, 0xf3];

    /// <summary>What the market answers.</summary>
    public UInt256[] Ask(string function, params UInt256[] arguments)
    {
        var result = Call(function, arguments);
        Assert.True(result.IsSuccess, function);
        return [.. Enumerable.Range(0, result.Output.Length / UInt256.Size).Select(word => UInt256.FromBigEndian(result.Output.Span.Slice(word * UInt256.Size, UInt256.Size)))];
    }

    public CallResult Call(string function, params UInt256[] arguments)
    {
        var call = CallData.Of(function);
        Array.ForEach(arguments, argument => call.Add(argument));
        return _scene.Call(Market, call.ToArray());
    }

    public void Set(in UInt256 slot, in UInt256 value) => _scene.Set(Market, slot, value);

    /// <summary>What all balances of a token, or the answer of a feed, are.</summary>
    public void Says(Address contract, in UInt256 word) => _scene.Set(contract, 0, word);

    /// <summary>The market's terms, asked as the watcher of the chain asks for them.</summary>
    public IReadOnlyList<Hash256> Answers()
    {
        var words = CompoundTerms.Functions.Select(function => Ask(function)[0]).ToList();
        words.Add(_scene.Kept(BaseToken, 0));
        for (int place = 0; place < Tokens.Count; place++)
        {
            var info = Ask("getAssetInfo(uint8)", (ulong)place);
            words.AddRange([info[1], info[3], info[5], info[6], _scene.Kept(Tokens[place], 0)]);
        }

        return [.. words.Select(WordOf)];
    }

    public static Hash256 WordOf(UInt256 value)
    {
        byte[] bytes = new byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        return new Hash256(bytes);
    }

    private static Address AddressOf(UInt256 word) => MarketKey.AddressOf(WordOf(word))!.Value;
}
