using Mempulse.Ethereum.Abi;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Decoding;

/// <summary>Where the paths of a function are read: its arguments, or an element of one of them, in a call of a chain.</summary>
internal readonly ref struct CallScope
{
    private readonly AbiValue _scope;
    private readonly AbiValue _arguments;
    private readonly ref readonly CallNode _node;
    private readonly ContractRegistry _registry;
    private readonly ChainId _chain;
    private readonly BlockNumber _block;

    private CallScope(scoped in AbiValue scope, scoped in AbiValue arguments, ref readonly CallNode node, ContractRegistry registry, ChainId chain, BlockNumber block)
    {
        _scope = scope;
        _arguments = arguments;
        (_registry, _chain, _block) = (registry, chain, block);
        _node = ref node;
    }

    /// <summary>The scope of the arguments of a node's function.</summary>
    public static CallScope Of(scoped in AbiValue arguments, ref readonly CallNode node, ContractRegistry registry, scoped in CallRequest request) =>
        new(arguments, arguments, in node, registry, request.Chain, request.Block);

    /// <summary>The scope of an element of an argument.</summary>
    public CallScope At(scoped in AbiValue element) => new(element, _arguments, in _node, _registry, _chain, _block);

    /// <summary>Follows a path to an argument.</summary>
    public AbiFault Follow(ArgumentPath path, out AbiValue value) => path.Follow(_scope, _arguments, out value);

    /// <summary>Reads what a path stands for as an address.</summary>
    /// <returns>Null if the argument is absent, such as the token of an empty path, or the registry does not name the token.</returns>
    public Address? ReadAddress(ArgumentPath? path)
    {
        switch (path)
        {
            case null:
                return null;
            case { Token: not null } or { Part.IsWhole: false }:
                return TryRead(path, out var word) ? Address.OfWord(word) : null;
            case { Source: PathSource.Sender }:
                return _node.Sender;
            case { Source: PathSource.Target }:
                return _node.Target;
            case { Source: PathSource.Constant }:
                return path.Constant;
            case { Source: PathSource.Argument }:
                return Follow(path, out var value) == AbiFault.None ? value.ToAddress() : null;
            default:
                return null;
        }
    }

    /// <summary>Reads what a path stands for as a number.</summary>
    /// <returns>False if the argument is absent, or the registry does not name the token.</returns>
    public bool TryRead(ArgumentPath path, out UInt256 word)
    {
        bool isRead = TryReadBase(path, out word);
        word = path.Part.Of(word);
        if (isRead && path.Token is { } token)
        {
            isRead = TryFindToken(token, Address.OfWord(word), out var address);
            word = address.ToWord();
        }

        return isRead;
    }

    private bool TryReadBase(ArgumentPath path, out UInt256 word)
    {
        word = default;
        switch (path.Source)
        {
            case PathSource.Sender:
                word = _node.Sender.ToWord();
                return true;
            case PathSource.Target:
                word = _node.Target.ToWord();
                return true;
            case PathSource.Value:
                word = _node.Value;
                return true;
            case PathSource.Constant:
                word = path.Constant.ToWord();
                return true;
            case PathSource.Input:
                return false;
            default:
                if (Follow(path, out var value) != AbiFault.None)
                {
                    return false;
                }

                if (path.Part.SliceLength > 0)
                {
                    return value.ReadBytes(out var bytes, out _) == AbiFault.None && path.Part.TrySlice(bytes, out word);
                }

                word = value.ToUInt256();
                return IsOfItsType(value.Type, word);
        }
    }

    /// <summary>A contract that checks its arguments fails with a number beyond its type, and one that does not takes another number.</summary>
    private static bool IsOfItsType(AbiType type, in UInt256 word) => type.Kind != AbiKind.UnsignedInteger || word.BitLength <= type.Width;

    private bool TryFindToken(PoolToken token, in Address pool, out Address found)
    {
        found = default;
        UInt256 place = (ulong)token.Place;
        if ((token.Stated is { } stated && !TryRead(stated, out place)) || _registry.Find(new ContractKey(_chain, pool), _block) is not { Tokens: var tokens } || place >= (ulong)tokens.Count)
        {
            return false;
        }

        found = tokens[(int)place.LowUInt64];
        return true;
    }
}
