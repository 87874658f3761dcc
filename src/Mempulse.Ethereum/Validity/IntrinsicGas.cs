using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Rlp;
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
    public static IntrinsicGas Of(scoped in TransactionView tx, Fork fork)
    {
        ulong zeros = (ulong)tx.Input.Count((byte)0);
        ulong nonZeros = (ulong)tx.Input.Length - zeros;
        ulong nonZeroGas = fork >= Fork.Istanbul ? Eip2028.NonZeroByte : TransactionGas.NonZeroByteFrontier;
        ulong gas = TransactionGas.Base + (zeros * TransactionGas.ZeroByte) + (nonZeros * nonZeroGas);
        if (tx.Recipient is null)
        {
            gas += OfCreation(tx.Input.Length, fork);
        }

        gas += OfAccessList(tx.EncodedAccessList) + ((ulong)tx.AuthorizationCount * Eip7702.PerEmptyAccountCost);
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

    private static ulong OfAccessList(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty)
        {
            return 0;
        }

        ulong gas = 0;
        var reader = new RlpReader(encoded);
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            gas += Eip2930.AccessListAddressCost;
            int entry = reader.EnterList();
            reader.ReadItem();
            int keys = reader.EnterList();
            while (reader.HasMore)
            {
                reader.ReadItem();
                gas += Eip2930.AccessListStorageKeyCost;
            }

            reader.LeaveList(keys);
            reader.LeaveList(entry);
        }

        reader.LeaveList(outer);
        return gas;
    }
}
