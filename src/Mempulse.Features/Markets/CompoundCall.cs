using System.Buffers.Binary;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>What a pending call of a market of Compound V3 does to the collateral that it sells.</summary>
public abstract record CompoundCall
{
    /// <summary>Accounts of one call that are read; a call with more is not.</summary>
    public const int MaxAccounts = 32;

    private const uint AbsorbSelector = 0xc3cecfd2; // absorb(address absorber, address[] accounts)
    private const uint BuySelector = 0xe4e6e779; // buyCollateral(address asset, uint256 minAmount, uint256 baseAmount, address recipient)
    private const int SelectorBytes = 4;
    private const int WordBytes = UInt256.Size;

    private CompoundCall()
    {
    }

    /// <summary>Accounts are taken over by the market, with their collateral.</summary>
    /// <param name="Accounts">The accounts.</param>
    public sealed record Absorb(IReadOnlyList<Address> Accounts) : CompoundCall;

    /// <summary>Collateral is bought.</summary>
    /// <param name="Token">The collateral.</param>
    /// <param name="Minimum">What the buyer wants at least.</param>
    /// <param name="Paid">Base tokens that are paid.</param>
    public sealed record Buy(Address Token, UInt256 Minimum, UInt256 Paid) : CompoundCall;

    /// <summary>Reads a call.</summary>
    /// <returns>Null for any other.</returns>
    public static CompoundCall? Read(ReadOnlySpan<byte> calldata)
    {
        if (calldata.Length < SelectorBytes)
        {
            return null;
        }

        var arguments = calldata[SelectorBytes..];
        return BinaryPrimitives.ReadUInt32BigEndian(calldata) switch
        {
            AbsorbSelector => ReadAbsorb(arguments),
            BuySelector => TryAddress(arguments, 0, out var token) && TryWord(arguments, 1, out var minimum) && TryWord(arguments, 2, out var paid) ? new Buy(token, minimum, paid) : null,
            _ => null,
        };
    }

    private static Absorb? ReadAbsorb(ReadOnlySpan<byte> arguments)
    {
        if (!TryWord(arguments, 1, out var start) || start.BitLength > 31 || start.LowUInt64 % WordBytes != 0
            || !TryWord(arguments, (int)(start.LowUInt64 / WordBytes), out var count) || count > MaxAccounts)
        {
            return null;
        }

        var accounts = new Address[(int)count.LowUInt64];
        for (int i = 0; i < accounts.Length; i++)
        {
            if (!TryAddress(arguments, (int)(start.LowUInt64 / WordBytes) + 1 + i, out accounts[i]))
            {
                return null;
            }
        }

        return new Absorb(accounts);
    }

    private static bool TryWord(ReadOnlySpan<byte> bytes, int index, out UInt256 word)
    {
        bool isThere = index >= 0 && index < bytes.Length / WordBytes;
        word = isThere ? UInt256.FromBigEndian(bytes.Slice(index * WordBytes, WordBytes)) : default;
        return isThere;
    }

    private static bool TryAddress(ReadOnlySpan<byte> bytes, int index, out Address address)
    {
        bool isThere = TryWord(bytes, index, out var word) && word.BitLength <= Address.Size * 8;
        address = isThere ? new Address(bytes.Slice((index * WordBytes) + WordBytes - Address.Size, Address.Size)) : default;
        return isThere;
    }
}
