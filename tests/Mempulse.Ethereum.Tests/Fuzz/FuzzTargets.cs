using System.Text.Json;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Ethereum.Validity;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Tests.Fuzz;

/// <summary>Checks what must hold for any bytes: no exception is thrown, and accepted input encodes back to the same bytes.</summary>
internal sealed class FuzzTargets
{
    private readonly TransactionDecoder _decoder = new(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
    private readonly ByteBuffer _output = new();

    /// <summary>Number of inputs that decoded.</summary>
    public int Accepted { get; private set; }

    public void Transaction(byte[] input)
    {
        if (!_decoder.TryDecode(input, TxForm.Any, out var tx, out var failure))
        {
            Assert.NotEqual(TxDecodeError.None, failure.Error);
            Assert.InRange(failure.OffsetBytes, 0, input.Length);
            return;
        }

        Accepted++;
        _output.Clear();
        if (BlobSidecar.From(tx) is { } sidecar)
        {
            TransactionEncoder.EncodeNetwork(SignedTransaction.From(tx), sidecar, _output);
        }
        else
        {
            TransactionEncoder.Encode(SignedTransaction.From(tx), _output);
        }

        Assert.True(_output.WrittenSpan.SequenceEqual(input), "An accepted transaction encodes to other bytes.");
        TransactionValidity.Check(tx, Fork.Osaka);
        bool isRecovered = _decoder.TryRecover(ref tx, out _, out failure);
        Assert.Equal(isRecovered, failure.Error == TxDecodeError.None);
    }

    public void Header(byte[] input)
    {
        if (HeaderCodec.TryDecode(input, out var header, out var failure))
        {
            Accepted++;
            _output.Clear();
            HeaderCodec.Encode(header, _output);
            Assert.True(_output.WrittenSpan.SequenceEqual(input), "An accepted header encodes to other bytes.");
        }
        else
        {
            Assert.NotEqual(RlpError.None, failure.Error);
        }
    }

    public void Body(byte[] input)
    {
        if (BlockBody.TryDecode(input, out var body, out var failure))
        {
            Accepted++;
            _output.Clear();
            body.Encode(_output);
            Assert.True(_output.WrittenSpan.SequenceEqual(input), "An accepted body encodes to other bytes.");
        }
        else
        {
            Assert.NotEqual(RlpError.None, failure.Error);
        }
    }

    public void BlockJson(byte[] input)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(input);
        }
        catch (JsonException) // not JSON at all: the transport rejects it
        {
            return;
        }

        using (json)
        {
            bool isRead = RpcBlockReader.TryRead(json.RootElement, out var block, out var failure);
            Assert.Equal(isRead, !failure.IsFailure);
            RpcReceiptReader.TryReadAll(json.RootElement, out _, out _);
            if (block is not null)
            {
                Accepted++;
                block.Header.ComputeHash();
                foreach (var transaction in block.Transactions)
                {
                    Transaction(TransactionEncoder.Encode(transaction.Transaction));
                }
            }
        }
    }
}
