using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Validity;

/// <summary>Gas a transaction costs before any code runs. Yellow Paper, section 6.2 (g0), and the EIPs named at the constants.</summary>
/// <param name="Intrinsic">What is taken up front.</param>
/// <param name="Floor">What it costs at least in the end (EIP-7623); 0 before Prague.</param>
public readonly record struct IntrinsicGas(Gas Intrinsic, Gas Floor)
{
    private const int WordBytes = 32;

    /// <summary>The lowest gas limit with which the transaction is valid.</summary>
    public Gas LowestLimit => Intrinsic > Floor ? Intrinsic : Floor;

    /// <summary>The gas of <paramref name="tx"/> under the rules of <paramref name="fork"/>.</summary>
    public static IntrinsicGas Of(scoped in TransactionView tx, Fork fork) =>
        Of(tx.Input, tx.Recipient, AccessListSize.Of(tx.EncodedAccessList), tx.AuthorizationCount, fork);

    /// <summary>The gas of a transaction by what is charged for.</summary>
    /// <param name="input">Call data or init code.</param>
    /// <param name="recipient">The receiver; null creates a contract.</param>
    /// <param name="accessList">How much its access list warms (EIP-2930).</param>
    /// <param name="authorizations">EIP-7702 tuples.</param>
    /// <param name="fork">Whose rules hold.</param>
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
