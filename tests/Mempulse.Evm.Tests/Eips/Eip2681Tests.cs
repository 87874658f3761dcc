using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>A nonce is below 2^64 - 1. The rule applies to every fork, because it was adopted before any account could violate it.</summary>
public sealed class Eip2681Tests
{
    [Theory]
    [InlineData(Fork.Frontier)]
    [InlineData(Fork.Osaka)]
    public void The_second_highest_nonce_is_the_last_usable_one(Fork fork)
    {
        Assert.Equal(TxRejection.None, At(fork, ulong.MaxValue - 1));
        Assert.Equal(TxRejection.NonceAtEnd, At(fork, ulong.MaxValue));
    }

    private static TxRejection At(Fork fork, ulong nonce) => new Trial(fork)
        .With(Trial.Sender, balance: 1UL, nonce: nonce)
        .With(transaction => transaction with { Nonce = nonce })
        .Run().Rejection;
}
