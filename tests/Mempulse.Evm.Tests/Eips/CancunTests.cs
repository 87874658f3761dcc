using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Cancun: transient storage (EIP-1153), blobs (EIP-4844, EIP-7516), MCOPY (EIP-5656), SELFDESTRUCT that keeps old accounts (EIP-6780).</summary>
public sealed class CancunTests
{
    private static readonly Hash256 Blob = Hash256.Parse("0x0100000000000000000000000000000000000000000000000000000000000007");

    [Fact]
    public void Transient_storage_is_written_and_read_for_100_gas_each()
    {
        const string Code = "600760015d60015c";
        EipCase.AssertAppears(Fork.Shanghai, Fork.Cancun, Code, 6 + 100 + 3 + 100);
        Assert.Equal((UInt256)7UL, new Trial(Fork.Cancun, Code + Trial.ReturnTop).Run().Word);
    }

    [Fact]
    public void Memory_is_copied_from_Cancun_on() => EipCase.AssertAppears(Fork.Shanghai, Fork.Cancun, "6020600060005e", 9 + 3 + 3 + 3);

    [Fact]
    public void The_blob_base_fee_can_be_asked_for_from_Cancun_on()
    {
        EipCase.AssertAppears(Fork.Shanghai, Fork.Cancun, "4a", 2);
        Assert.Equal(UInt256.One, new Trial(Fork.Cancun, "4a" + Trial.ReturnTop).Run().Word);
    }

    [Fact]
    public void The_hash_of_a_blob_can_be_asked_for_from_Cancun_on()
    {
        EipCase.AssertAppears(Fork.Shanghai, Fork.Cancun, "600049", 3 + 3);
        Assert.Equal(
            UInt256.FromBigEndian(Blob.ToArray()),
            new Trial(Fork.Cancun, "600049" + Trial.ReturnTop).With(transaction => WithBlobs(transaction, Blob)).Run().Word);
    }

    [Theory]
    [InlineData(Fork.Shanghai, TxRejection.TypeNotSupported)]
    [InlineData(Fork.Cancun, TxRejection.None)]
    public void Transactions_with_blobs_come_with_Cancun(Fork fork, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).With(transaction => WithBlobs(transaction, Blob)).Run().Rejection);

    /// <summary>A blob's gas is 2^17; at the least fee of 1 wei it is paid beside the gas of execution, and burnt.</summary>
    [Fact]
    public void A_blob_is_paid_for_and_burnt()
    {
        var result = new Trial(Fork.Cancun).With(transaction => WithBlobs(transaction, Blob, Blob)).Run();

        Assert.Equal((UInt256)(1_000_000_000_000_000_000UL - (2UL << 17)), result.State.BalanceOf(Trial.Sender));
        Assert.Equal(UInt256.Zero, result.State.BalanceOf(Trial.Coinbase));
    }

    [Fact]
    public void A_blob_transaction_that_is_none_is_refused()
    {
        Assert.Equal(TxRejection.NoBlobs, new Trial(Fork.Cancun).With(transaction => WithBlobs(transaction)).Run().Rejection);
        Assert.Equal(TxRejection.BlobVersion, new Trial(Fork.Cancun).With(transaction => WithBlobs(transaction, default(Hash256))).Run().Rejection);
        Assert.Equal(TxRejection.BlobCreates, new Trial(Fork.Cancun).With(transaction => WithBlobs(transaction, Blob) with { Recipient = null }).Run().Rejection);
        Assert.Equal(
            TxRejection.BlobFeeCapTooLow,
            new Trial(Fork.Cancun).In(block => block with { ExcessBlobGas = 10_000_000 }).With(transaction => WithBlobs(transaction, Blob)).Run().Rejection);
    }

    /// <summary>Six blobs a block, nine from Prague on (EIP-7691), six a transaction from Osaka on (EIP-7594).</summary>
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

    /// <summary>The series has about e times as many terms as the power: 2^64 of excess would take days.</summary>
    [Fact]
    public void The_blob_fee_of_an_excess_that_no_block_can_have_is_told_at_once() =>
        Assert.All([Fork.Cancun, Fork.Bpo2], fork => Assert.Equal(UInt256.MaxValue, Blocks.BlobFee.Of(ulong.MaxValue, ForkHistory.Of(fork).Blobs)));

    /// <summary>e to the power of 177 is below 2^256, and to that of 178 above it.</summary>
    [Theory]
    [InlineData(177, false)]
    [InlineData(178, true)]
    public void The_blob_fee_ends_where_256_bits_do(int power, bool isAtEnd)
    {
        var blobs = ForkHistory.Of(Fork.Cancun).Blobs;

        Assert.Equal(isAtEnd, Blocks.BlobFee.Of((ulong)power * blobs.UpdateFraction, blobs) == UInt256.MaxValue);
    }

    /// <summary>The blob fee by EIP-4844, with the fractions of EIP-7691 and EIP-7892: e to the power of excess over fraction.</summary>
    [Theory]
    [InlineData(Fork.Cancun, 3_338_477, 2)]
    [InlineData(Fork.Cancun, 33_384_770, 22_026)]
    [InlineData(Fork.Prague, 50_077_160, 22_026)]
    [InlineData(Fork.Bpo1, 83_461_930, 22_026)]
    [InlineData(Fork.Bpo2, 116_846_710, 22_026)]
    public void The_blob_fee_rises_with_the_excess(Fork fork, int excess, int fee) =>
        Assert.Equal((UInt256)(ulong)fee, Blocks.BlobFee.Of((ulong)excess, ForkHistory.Of(fork).Blobs));

    [Fact]
    public void The_point_evaluation_comes_with_Cancun()
    {
        Assert.Equal(UInt256.One, new Trial(Fork.Shanghai, EipCase.Call(10, 192)).Run().Word);
        Assert.Equal(UInt256.Zero, new Trial(Fork.Cancun, EipCase.Call(10, 192)).Run().Word); // zeros are no proof
    }

    /// <summary>An account of before this transaction: its wei go to the beneficiary in any fork, itself only until Cancun.</summary>
    [Theory]
    [InlineData(Fork.Shanghai, false)]
    [InlineData(Fork.Cancun, true)]
    public void SELFDESTRUCT_leaves_an_old_account(Fork fork, bool exists)
    {
        var result = new Trial(fork).With(Trial.Contract, "61aaaaff", 9UL, 1).Run();

        Assert.Equal((UInt256)9UL, result.State.BalanceOf(Trial.Stranger));
        Assert.Equal(exists, result.State.Images().Single(image => image.Address == Trial.Contract).Exists);
    }

    /// <summary>One that this transaction makes goes, as ever.</summary>
    [Theory]
    [InlineData(Fork.Shanghai)]
    [InlineData(Fork.Cancun)]
    public void SELFDESTRUCT_takes_a_new_account(Fork fork)
    {
        var result = new Trial(fork).Creating("61aaaaff").Run();

        Assert.False(result.State.Images().Single(image => image.Address == result.Executed.Created).Exists);
    }

    private static EvmTransaction WithBlobs(EvmTransaction transaction, params Hash256[] blobs) =>
        transaction with { Type = TxType.Blob, ChainId = 1, MaxFeePerBlobGas = 1UL, BlobHashes = blobs };
}
