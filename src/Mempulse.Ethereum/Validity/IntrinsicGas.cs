using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Validity;

/// <summary>The gas that a transaction costs before any code runs. Yellow Paper, section 6.2 (g0), and the EIPs named at the constants.</summary>
/// <param name="Intrinsic">The gas charged up front.</param>
/// <param name="Floor">The least gas that the transaction is charged in total (EIP-7623); 0 before Prague.</param>
public readonly record struct IntrinsicGas(Gas Intrinsic, Gas Floor)
{
    private const int WordBytes = 32;

    /// <summary>The lowest gas limit with which the transaction is valid, inclusive.</summary>
    public Gas LowestLimit => Intrinsic > Floor ? Intrinsic : Floor;

    /// <summary>Computes the gas of <paramref name="tx"/> under the rules of <paramref name="fork"/>.</summary>
    public static IntrinsicGas Of(scoped in TransactionView tx, Fork fork) =>
        Of(tx.Input, tx.Recipient, AccessListSize.Of(tx.EncodedAccessList), tx.AuthorizationCount, fork);

    /// <summary>Computes the gas of a transaction from the fields that are charged for.</summary>
    /// <param name="input">Calldata, or init code if there is no recipient.</param>
    /// <param name="recipient">The recipient; null creates a contract.</param>
    /// <param name="accessList">The size of the access list (EIP-2930).</param>
    /// <param name="authorizations">Number of EIP-7702 tuples.</param>
    /// <param name="fork">The fork whose rules apply.</param>
    public static IntrinsicGas Of(ReadOnlySpan<byte> input, Address? recipient, AccessListSize accessList, int authorizations, Fork fork)
    {
        ulong zeros = (ulong)input.Count((byte)0);
        ulong nonZeros = (ulong)input.Length - zeros;
        ulong nonZeroGas = fork >= Fork.Istanbul ? Eip2028.NonZeroByte : TransactionGas.NonZeroByteFrontier;
        ulong gas = TransactionGas.Base + (zeros * TransactionGas.ZeroByte) + (nonZeros * nonZeroGas);
        if (recipient is null)
        {
            gas += OfCreation(input.Length, fork);
        }

        gas += ((ulong)accessList.Accounts * Eip2930.AccessListAddressCost) + ((ulong)accessList.StorageKeys * Eip2930.AccessListStorageKeyCost);
        gas += (ulong)authorizations * Eip7702.PerEmptyAccountCost;
        ulong tokens = zeros + (nonZeros * Eip7623.TokensPerNonZeroByte);
        ulong floor = fork >= Fork.Prague ? TransactionGas.Base + (tokens * Eip7623.TotalCostFloorPerToken) : 0;
        return new IntrinsicGas(new Gas(gas), new Gas(floor));
    }

    private static ulong OfCreation(int initcodeBytes, Fork fork)
    {
        ulong words = (ulong)((initcodeBytes + WordBytes - 1) / WordBytes);
        return (fork >= Fork.Homestead ? Eip2.CreationGas : 0)
            + (fork >= Fork.Shanghai ? words * Eip3860.InitcodeWordCost : 0);
    }
}
