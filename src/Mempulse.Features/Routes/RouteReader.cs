using System.Buffers.Binary;
using System.Diagnostics;
using Mempulse.Ethereum.Abi;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Routes;

/// <summary>Reads through which pools a decoded swap goes. Buffers are reused; confined to its caller.</summary>
/// <remarks>Reading is on demand, from the calldata that was decoded: decoding itself allocates nothing for it.</remarks>
public sealed class RouteReader
{
    /// <summary>Hops of one swap. A route with more is not read.</summary>
    public const int MaxHops = 8;

    private const int FeeBytes = 3;
    private const int KeyMembers = 5;
    private const int AddressAt = AbiType.WordBytes - Address.Size;
    private const ulong MaxFee = 1_000_000;

    private static readonly Address s_etherWord = Address.Parse("0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");

    private readonly List<PoolHop> _hops = new(MaxHops);

    /// <summary>The hops of a swap, in their order.</summary>
    /// <param name="registry">The registry that it was decoded with.</param>
    /// <param name="request">The call that was decoded.</param>
    /// <param name="tree">The result.</param>
    /// <param name="effect">A swap of the tree.</param>
    /// <returns>Valid until the next call; empty if the arguments do not name the pools.</returns>
    public IReadOnlyList<PoolHop> Read(ContractRegistry registry, in CallRequest request, DecodeTree tree, in Effect effect)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(tree);
        _hops.Clear();
        ref readonly var node = ref tree.Nodes[effect.Node];
        if (effect.Rule is not { Route: { } route } rule || !DecodeTree.TryOpen(node, request.Data, out var arguments))
        {
            return _hops;
        }

        var scope = CallScope.Of(arguments, in node, registry, request);
        if (rule.Each is { } each)
        {
            if (scope.Follow(each, out var array) != AbiFault.None || array.ReadElement(effect.Element, out var element) != AbiFault.None)
            {
                return _hops;
            }

            scope = scope.At(element);
        }

        var wrapped = registry.WrappedEther(request.Chain);
        if (!TryRead(route, scope, effect, wrapped, route.Protocol ?? node.Contract?.Protocol))
        {
            _hops.Clear();
        }

        return _hops;
    }

    private bool TryRead(RouteRule route, in CallScope scope, in Effect effect, Address? wrappedEther, string? protocol)
    {
        // Ether is a token of its own in Uniswap V4 alone.
        var (tokenIn, tokenOut) = (Wrapped(effect.TokenIn, wrappedEther), Wrapped(effect.TokenOut, wrappedEther));
        switch (route)
        {
            case RouteRule.Tokens { Path: var path }:
                return TryTokens(scope, path, wrappedEther, protocol);
            case RouteRule.Packed { Path: var path, IsReversed: var isReversed }:
                return TryPacked(scope, path, protocol, isReversed);
            case RouteRule.Fee { Path: var path }:
                return scope.TryRead(path, out var fee) && fee <= MaxFee && TryAdd(new PoolHop(tokenIn, tokenOut) { Protocol = protocol, Fee = (uint)fee.LowUInt64 });
            case RouteRule.Named { Paths: var paths }:
                return TryPools(scope, paths, tokenIn, tokenOut, protocol);
            case RouteRule.Key { Path: var path }:
                return TryKey(scope, path, effect);
            case RouteRule.Keys { Path: var path, IsReversed: var isReversed }:
                return TryKeys(scope, path, isReversed, effect);
            default:
                throw new UnreachableException();
        }
    }

    private bool TryTokens(in CallScope scope, ArgumentPath path, Address? wrappedEther, string? protocol)
    {
        if (scope.Follow(path, out var tokens) != AbiFault.None || tokens.ReadCount(out int count) != AbiFault.None || count > MaxHops + 1)
        {
            return false;
        }

        Address? before = null;
        for (int i = 0; i < count; i++)
        {
            if (tokens.ReadElement(i, out var element) != AbiFault.None)
            {
                return false;
            }

            var token = Wrapped(element.ToAddress(), wrappedEther);
            if (before is not null)
            {
                TryAdd(new PoolHop(before, token) { Protocol = protocol });
            }

            before = token;
        }

        return true;
    }

    private bool TryPacked(in CallScope scope, ArgumentPath path, string? protocol, bool isReversed)
    {
        if (scope.Follow(path, out var value) != AbiFault.None || value.ReadBytes(out var bytes, out _) != AbiFault.None
            || bytes.Length < Address.Size || (bytes.Length - Address.Size) % (Address.Size + FeeBytes) != 0)
        {
            return false;
        }

        int count = (bytes.Length - Address.Size) / (Address.Size + FeeBytes);
        for (int i = 0; i < count; i++)
        {
            var hop = bytes[((isReversed ? count - 1 - i : i) * (Address.Size + FeeBytes))..];
            var (first, second) = (new Address(hop[..Address.Size]), new Address(hop.Slice(Address.Size + FeeBytes, Address.Size)));
            uint fee = ((uint)hop[Address.Size] << 16) | BinaryPrimitives.ReadUInt16BigEndian(hop[(Address.Size + 1)..]);
            if (!TryAdd((isReversed ? new PoolHop(second, first) : new PoolHop(first, second)) with { Protocol = protocol, Fee = fee }))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryPools(in CallScope scope, IReadOnlyList<ArgumentPath> paths, Address? tokenIn, Address? tokenOut, string? protocol)
    {
        foreach (var path in paths)
        {
            if (path.Type is not { Kind: AbiKind.Array })
            {
                if (!scope.TryRead(path, out var word) || !TryAdd(new PoolHop(null, null) { Protocol = protocol, Pool = ToHash(word) }))
                {
                    return false;
                }

                continue;
            }

            if (scope.Follow(path, out var array) != AbiFault.None || array.ReadCount(out int count) != AbiFault.None)
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                if (array.ReadElement(i, out var element) != AbiFault.None || !TryAdd(new PoolHop(null, null) { Protocol = protocol, Pool = ToHash(path.Part.Of(element.ToUInt256())) }))
                {
                    return false;
                }
            }
        }

        if (_hops.Count > 0)
        {
            _hops[0] = _hops[0] with { TokenIn = tokenIn };
            _hops[^1] = _hops[^1] with { TokenOut = tokenOut };
        }

        return true;
    }

    private bool TryKey(in CallScope scope, ArgumentPath path, in Effect effect)
    {
        Span<byte> words = stackalloc byte[KeyMembers * AbiType.WordBytes];
        return scope.Follow(path, out var key) == AbiFault.None && TryCopy(key, 0, KeyMembers, words)
            && TryAdd(new PoolHop(effect.TokenIn, effect.TokenOut) { Pool = Keccak256.Hash(words) });
    }

    private bool TryKeys(in CallScope scope, ArgumentPath path, bool isReversed, in Effect effect)
    {
        if (scope.Follow(path, out var keys) != AbiFault.None || keys.ReadCount(out int count) != AbiFault.None || count > MaxHops
            || effect.TokenIn is not { } given || effect.TokenOut is not { } received)
        {
            return false;
        }

        Span<byte> words = stackalloc byte[KeyMembers * AbiType.WordBytes];
        var tokenIn = given;
        for (int i = 0; i < count; i++)
        {
            if (keys.ReadElement(i, out var element) != AbiFault.None || !TryCopy(element, 1, KeyMembers - 2, words[(2 * AbiType.WordBytes)..]))
            {
                return false;
            }

            int named = isReversed ? i + 1 : i;
            var tokenOut = received;
            if (named < count && !TryCurrency(keys, named, out tokenOut))
            {
                return false;
            }

            var (lower, upper) = tokenIn.CompareTo(tokenOut) < 0 ? (tokenIn, tokenOut) : (tokenOut, tokenIn);
            words[..(2 * AbiType.WordBytes)].Clear();
            lower.CopyTo(words[AddressAt..]);
            upper.CopyTo(words[(AbiType.WordBytes + AddressAt)..]);
            if (!TryAdd(new PoolHop(tokenIn, tokenOut) { Pool = Keccak256.Hash(words) }))
            {
                return false;
            }

            tokenIn = tokenOut;
        }

        return true;
    }

    private static bool TryCurrency(in AbiValue keys, int index, out Address currency)
    {
        currency = default;
        if (keys.ReadElement(index, out var element) != AbiFault.None || element.ReadMember(0, out var member) != AbiFault.None)
        {
            return false;
        }

        currency = member.ToAddress();
        return true;
    }

    /// <summary>Copies the words of members, which are elementary.</summary>
    private static bool TryCopy(in AbiValue tuple, int first, int count, Span<byte> words)
    {
        for (int i = 0; i < count; i++)
        {
            if (tuple.ReadMember(first + i, out var member) != AbiFault.None)
            {
                return false;
            }

            member.Word.CopyTo(words[(i * AbiType.WordBytes)..]);
        }

        return true;
    }

    private bool TryAdd(in PoolHop hop)
    {
        if (_hops.Count == MaxHops)
        {
            return false;
        }

        _hops.Add(hop);
        return true;
    }

    private static Hash256 ToHash(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return new Hash256(bytes);
    }

    private static Address? Wrapped(Address? token, Address? wrappedEther) =>
        token is { } address && wrappedEther is not null && (address.IsZero || address == s_etherWord) ? wrappedEther : token;
}
