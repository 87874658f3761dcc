using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>One exchange of an opportunity.</summary>
/// <param name="Pool">The contract: a pool, or the market that is liquidated.</param>
/// <param name="PoolId">Which pool of the contract, or the borrower as a word; the zero hash for a contract that is one pool.</param>
/// <param name="TokenIn">The token that is given.</param>
/// <param name="TokenOut">The token that is received.</param>
/// <param name="AmountIn">How much is given.</param>
/// <param name="AmountOut">How much is received.</param>
public sealed record OppLeg(Address Pool, Hash256 PoolId, Address TokenIn, Address TokenOut, UInt256 AmountIn, UInt256 AmountOut) : IFieldGroup
{
    /// <inheritdoc/>
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Address("pool", Pool);
        fields.HashOrUnknown("poolId", PoolId);
        fields.Address("tokenIn", TokenIn);
        fields.Address("tokenOut", TokenOut);
        fields.Amount("amountIn", AmountIn);
        fields.Amount("amountOut", AmountOut);
    }

    internal static OppLeg Read(ref PayloadReader fields) => new(fields.Address(), fields.Hash(), fields.Address(), fields.Address(), fields.Amount(), fields.Amount());
}
