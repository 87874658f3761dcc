using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Cancun: transient storage (EIP-1153), blobs (EIP-4844, EIP-7516), MCOPY (EIP-5656), SELFDESTRUCT in the creating transaction (EIP-6780).</summary>
public sealed class CancunTests
{
    private static readonly Hash256 Blob = Hash256.Parse("0x0100000000000000000000000000000000000000000000000000000000000007");

    [Fact]
    public void TSTORE_and_TLOAD_cost_100_gas_each()
    {
        const string Code = "600760015d60015c";
        EipCase.AssertAppears(Fork.Shanghai, Fork.Cancun, Code, 6 + 100 + 3 + 100);
        Assert.Equal((UInt256)7UL, new Trial(Fork.Cancun, Code + Trial.ReturnTop).Run().Word);
    }

    [Fact]
    public void MCOPY_exists_since_Cancun() => EipCase.AssertAppears(Fork.Shanghai, Fork.Cancun, "6020600060005e", 9 + 3 + 3 + 3);

    [Fact]
    public void BLOBBASEFEE_exists_since_Cancun()
    {
        EipCase.AssertAppears(Fork.Shanghai, Fork.Cancun, "4a", 2);
        Assert.Equal(UInt256.One, new Trial(Fork.Cancun, "4a" + Trial.ReturnTop).Run().Word);
    }

    [Fact]
    public void BLOBHASH_exists_since_Cancun()
    {
        EipCase.AssertAppears(Fork.Shanghai, Fork.Cancun, "600049", 3 + 3);
        Assert.Equal(
            UInt256.FromBigEndian(Blob.ToArray()),
            new Trial(Fork.Cancun, "600049" + Trial.ReturnTop).With(transaction => WithBlobs(transaction, Blob)).Run().Word);
    }

    [Theory]
    [InlineData(Fork.Shanghai, TxRejection.TypeNotSupported)]
    [InlineData(Fork.Cancun, TxRejection.None)]
    public void Blob_transactions_exist_since_Cancun(Fork fork, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).With(transaction => WithBlobs(transaction, Blob)).Run().Rejection);

    /// <summary>A blob uses 2^17 gas, charged at the minimum blob base fee of 1 wei and burnt.</summary>
    [Fact]
    public void The_blob_fee_is_charged_and_burnt()
    {
        var result = new Trial(Fork.Cancun).With(transaction => WithBlobs(transaction, Blob, Blob)).Run();

        Assert.Equal((UInt256)(1_000_000_000_000_000_000UL - (2UL << 17)), result.State.BalanceOf(Trial.Sender));
        Assert.Equal(UInt256.Zero, result.State.BalanceOf(Trial.Coinbase));
    }

    [Fact]
    public void An_invalid_blob_transaction_is_rejected()
    {
        Assert.Equal(TxRejection.NoBlobs, new Trial(Fork.Cancun).With(transaction => WithBlobs(transaction)).Run().Rejection);
        Assert.Equal(TxRejection.BlobVersion, new Trial(Fork.Cancun).With(transaction => WithBlobs(transaction, default(Hash256))).Run().Rejection);
        Assert.Equal(TxRejection.BlobCreates, new Trial(Fork.Cancun).With(transaction => WithBlobs(transaction, Blob) with { Recipient = null }).Run().Rejection);
        Assert.Equal(
            TxRejection.BlobFeeCapTooLow,
            new Trial(Fork.Cancun).In(block => block with { ExcessBlobGas = 10_000_000 }).With(transaction => WithBlobs(transaction, Blob)).Run().Rejection);
    }

    /// <summary>At most six blobs per block, nine since Prague (EIP-7691), six per transaction since Osaka (EIP-7594).</summary>
    [Theory]
    [InlineData(Fork.Cancun, 6, TxRejection.None)]
    [InlineData(Fork.Cancun, 7, TxRejection.TooManyBlobs)]
    [InlineData(Fork.Prague, 9, TxRejection.None)]
    [InlineData(Fork.Prague, 10, TxRejection.TooManyBlobs)]
    [InlineData(Fork.Osaka, 6, TxRejection.None)]
    [InlineData(Fork.Osaka, 7, TxRejection.TooManyBlobs)]
    [InlineData(Fork.Bpo2, 7, TxRejection.TooManyBlobs)]
    public void The_number_of_blobs_is_bounded(Fork fork, int blobs, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).With(transaction => WithBlobs(transaction, [.. Enumerable.Repeat(Blob, blobs)])).Run().Rejection);

    /// <summary>The series has about e times as many terms as the exponent: an excess near 2^64 would take days.</summary>
    [Fact]
    public void The_blob_fee_of_an_impossible_excess_saturates_at_once() =>
        Assert.All([Fork.Cancun, Fork.Bpo2], fork => Assert.Equal(UInt256.MaxValue, BlobFee.Of(ulong.MaxValue, ForkHistory.Of(fork).Blobs)));

    /// <summary>e^177 is below 2^256 and e^178 above it.</summary>
    [Theory]
    [InlineData(177, false)]
    [InlineData(178, true)]
    public void The_blob_fee_saturates_at_256_bits(int power, bool isSaturated)
    {
        var blobs = ForkHistory.Of(Fork.Cancun).Blobs;

        Assert.Equal(isSaturated, BlobFee.Of((ulong)power * blobs.UpdateFraction, blobs) == UInt256.MaxValue);
    }

    /// <summary>The blob fee of EIP-4844 with the update fractions of EIP-7691 and EIP-7892: e^(excess / fraction).</summary>
    [Theory]
    [InlineData(Fork.Cancun, 3_338_477, 2)]
    [InlineData(Fork.Cancun, 33_384_770, 22_026)]
    [InlineData(Fork.Prague, 50_077_160, 22_026)]
    [InlineData(Fork.Bpo1, 83_461_930, 22_026)]
    [InlineData(Fork.Bpo2, 116_846_710, 22_026)]
    public void The_blob_fee_rises_with_the_excess(Fork fork, int excess, int fee) =>
        Assert.Equal((UInt256)(ulong)fee, BlobFee.Of((ulong)excess, ForkHistory.Of(fork).Blobs));

    [Fact]
    public void Point_evaluation_exists_since_Cancun()
    {
        Assert.Equal(UInt256.One, new Trial(Fork.Shanghai, EipCase.Call(10, 192)).Run().Word);
        Assert.Equal(UInt256.Zero, new Trial(Fork.Cancun, EipCase.Call(10, 192)).Run().Word); // zeros are not a valid proof
    }

    /// <summary>An account of an earlier transaction sends its balance to the beneficiary in every fork, but is removed only before Cancun.</summary>
    [Theory]
    [InlineData(Fork.Shanghai, false)]
    [InlineData(Fork.Cancun, true)]
    public void SELFDESTRUCT_keeps_an_old_account_since_Cancun(Fork fork, bool exists)
    {
        var result = new Trial(fork).With(Trial.Contract, "61aaaaff", 9UL, 1).Run();

        Assert.Equal((UInt256)9UL, result.State.BalanceOf(Trial.Stranger));
        Assert.Equal(exists, result.State.Images().Single(image => image.Address == Trial.Contract).Exists);
    }

    /// <summary>An account created in the same transaction is removed in every fork.</summary>
    [Theory]
    [InlineData(Fork.Shanghai)]
    [InlineData(Fork.Cancun)]
    public void SELFDESTRUCT_removes_a_new_account(Fork fork)
    {
        var result = new Trial(fork).Creating("61aaaaff").Run();

        Assert.False(result.State.Images().Single(image => image.Address == result.Executed.Created).Exists);
    }

    private static EvmTransaction WithBlobs(EvmTransaction transaction, params Hash256[] blobs) =>
        transaction with { Type = TxType.Blob, ChainId = 1, MaxFeePerBlobGas = 1UL, BlobHashes = blobs };
}
