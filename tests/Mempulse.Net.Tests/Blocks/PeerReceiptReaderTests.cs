using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Rlp;
using Mempulse.Net.Blocks;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>Receipts of real mainnet blocks in the forms of eth/68 and eth/69: the header's root proves them, and refutes any change.</summary>
public sealed class PeerReceiptReaderTests
{
    [Fact]
    public void The_root_proves_the_receipts_of_every_block_in_both_forms()
    {
        int logs = 0;
        foreach (var (block, eth69) in PeerBlocks.All)
        {
            var read = Read(eth69);
            byte[] eth68 = ToEth68(read, block.Types);

            var proven = ReceiptVerifier.Verify(block, read, out string problem)!;
            var same = ReceiptVerifier.Verify(block, Read(eth68), out _)!;

            Assert.Equal((true, string.Empty), (proven.IsVerified, problem));
            Assert.True(same.IsVerified);
            Assert.Equal(Bytes(block, proven), Bytes(block, same));
            Assert.Equal(block.Header.GasUsed.Value, (ulong)proven.Results.Sum(static result => (long)result.GasUsed.Value));
            logs += proven.Results.Sum(static result => result.Logs.Count);
        }

        Assert.Equal(13, PeerBlocks.All.Count);
        Assert.Equal(14_736, logs);
    }

    [Fact]
    public void A_block_with_megabytes_of_logs_takes_several_records_and_loses_none()
    {
        var (block, raw) = PeerBlocks.All.Single(static entry => entry.Block.Number.Value == 15_537_394);
        var proven = ReceiptVerifier.Verify(block, Read(raw), out _)!;

        var parts = proven.ToFacts(block.Hash, block.Number).ToList();

        Assert.InRange(parts.Count, 3, 6);
        Assert.Equal(proven.Results.Sum(static result => result.Logs.Count), parts.Sum(static part => part.Receipts.Sum(static receipt => receipt.Logs.Count)));
        Assert.Equal(proven.Results.Sum(static result => result.Logs.Sum(static log => (long)log.Data.Length)), parts.Sum(static part => part.Receipts.Sum(static receipt => receipt.Logs.Sum(static log => (long)log.Data.Length))));
    }

    [Fact]
    public void Another_blocks_receipts_and_any_changed_byte_are_refused()
    {
        var (block, raw) = PeerBlocks.All[1];
        Assert.Null(ReceiptVerifier.Verify(block, Read(PeerBlocks.All[2].Eth69), out _));
        int proven = 0;
        for (int bit = 0; bit < raw.Length * 8; bit++)
        {
            byte[] changed = [.. raw];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            proven += PeerReceiptReader.TryRead(changed, out var read, out _) && ReceiptVerifier.Verify(block, read, out _) is not null ? 1 : 0;
        }

        // The type in the receipt is not believed: the block states it. Its 8 bits may say anything that is one byte.
        Assert.InRange(proven, 0, 7);
    }

    [Fact]
    public void Every_prefix_is_refused_and_so_is_what_follows()
    {
        byte[] raw = PeerBlocks.All[1].Eth69;
        for (int length = 0; length < raw.Length; length++)
        {
            Assert.False(PeerReceiptReader.TryRead(raw.AsSpan(0, length), out _, out var failure));
            Assert.NotEqual(RlpError.None, failure.Error);
        }

        Assert.False(PeerReceiptReader.TryRead([.. raw, 0], out _, out var after));
        Assert.Equal(RlpError.TrailingBytes, after.Error);
    }

    /// <summary>Receipts in the form of eth/69, each malformed in one place.</summary>
    [Theory]
    [InlineData("c6" + "c5" + "02" + "02" + "82520880", RlpError.WrongLength)] // a status of 2
    [InlineData("c8" + "c7" + "02" + "01" + "825208c0" + "c0", RlpError.UnexpectedList)] // a list behind the logs
    [InlineData("ca" + "c9" + "02" + "01" + "825208c0" + "010101", RlpError.TrailingBytes)] // three numbers behind the logs
    [InlineData("c3" + "c2" + "02" + "01", RlpError.MissingItem)] // no gas
    [InlineData("c1" + "80", RlpError.WrongLength)] // an empty string for a receipt
    [InlineData("cd" + "cc" + "02" + "01" + "89" + "010000000000000000", RlpError.IntegerTooWide)] // gas of 9 bytes
    [InlineData("ca" + "89" + "02" + "c6" + "0201825208c0" + "00", RlpError.TrailingBytes)] // a byte behind the fields of a typed receipt
    [InlineData("02", RlpError.UnexpectedString)] // no list
    public void Malformed_receipts_are_refused(string hex, RlpError expected)
    {
        Assert.False(PeerReceiptReader.TryRead(Convert.FromHexString(hex), out var receipts, out var failure));

        Assert.Null(receipts);
        Assert.Equal(expected, failure.Error);
    }

    [Fact]
    public void A_log_with_five_topics_is_refused()
    {
        var output = new ByteBuffer();
        var writer = new ReceiptWriter(output, 0, null, ExecutionOutcome.Succeeded, 1, new LogsBloom());
        writer.Log(default, [default, default, default, default, default], []);
        writer.End();

        Assert.False(PeerReceiptReader.TryRead(ListOf([output.WrittenSpan.ToArray()]), out _, out var failure));
        Assert.Equal(RlpError.WrongLength, failure.Error);
    }

    [Fact]
    public void The_root_of_the_state_before_Byzantium_and_the_fields_of_a_deposit_are_read()
    {
        var old = new ByteBuffer();
        new ReceiptWriter(old, 0, Hash256.Parse("0x" + new string('7', 64)), ExecutionOutcome.Unknown, 21_000, new LogsBloom()).End();
        var deposit = new ByteBuffer();
        new ReceiptWriter(deposit, 0x7e, null, ExecutionOutcome.Succeeded, 42_000, new LogsBloom()).End(9, 1);

        var read = Read(ListOf([old.WrittenSpan.ToArray(), deposit.WrittenSpan.ToArray()]));

        Assert.Equal((ExecutionOutcome.Unknown, "0x" + new string('7', 64), 21_000UL), (read[0].Outcome, read[0].StateRoot.ToString(), read[0].CumulativeGasUsed!.Value.Value));
        Assert.Equal((ExecutionOutcome.Succeeded, 9UL, 1UL), (read[1].Outcome, read[1].DepositNonce, read[1].DepositVersion));
    }

    private static IReadOnlyList<RpcReceipt> Read(byte[] raw)
    {
        Assert.True(PeerReceiptReader.TryRead(raw, out var receipts, out var failure), failure.ToString());
        return receipts;
    }

    private static byte[] Bytes(VerifiedBlock block, BlockReceipts receipts)
    {
        var batch = new EventBatch(LaneId.Of("lane"));
        foreach (var part in receipts.ToFacts(block.Hash, block.Number))
        {
            batch.Add(part, RecordMeta.Fact(batch.Lane, (ulong)batch.Count + 1, default, default));
        }

        return batch.Records.ToArray();
    }

    /// <summary>The receipts with blooms, each typed one inside a string.</summary>
    private static byte[] ToEth68(IReadOnlyList<RpcReceipt> receipts, IReadOnlyList<byte> types) => ListOf([.. receipts.Select((receipt, i) =>
    {
        var output = new ByteBuffer();
        var bloom = new LogsBloom();
        foreach (var log in receipt.Logs)
        {
            bloom.Add(log.Account, log.Topics);
        }

        var writer = new ReceiptWriter(output, types[i], receipt.StateRoot, receipt.Outcome, receipt.CumulativeGasUsed!.Value.Value, bloom);
        foreach (var log in receipt.Logs)
        {
            writer.Log(log.Account, log.Topics, log.Data.Span);
        }

        writer.End();
        return output.WrittenSpan.ToArray();
    })]);

    private static byte[] ListOf(IReadOnlyList<byte[]> receipts)
    {
        var output = new ByteBuffer();
        var writer = new RlpWriter(output);
        int list = writer.BeginList();
        foreach (byte[] receipt in receipts)
        {
            if (receipt[0] >= 0xc0)
            {
                output.Append(receipt);
            }
            else
            {
                writer.Write(receipt);
            }
        }

        writer.EndList(list);
        return output.WrittenSpan.ToArray();
    }
}
