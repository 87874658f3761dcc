using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Benchmarks.Replay;

/// <summary>An endless synthetic stream of facts: three sources announce each transaction, it is decoded once, and after every 200 of them a block includes 200 older ones.</summary>
/// <remarks>One in 50 transactions replaces another, and the block includes the older one anyway. The stream is always the same.</remarks>
/// <param name="inclusionLagTxs">Transactions that wait.</param>
/// <param name="calls">Calls that the transactions make, one after the other, with receipts for their blocks; payments without receipts if it is null.</param>
internal sealed class MempoolStream(int inclusionLagTxs = MempoolStream.DefaultInclusionLagTxs, CallBodies? calls = null)
{
    private const int TxsPerBlock = 200;
    private const int DefaultInclusionLagTxs = 20_000;
    private const int Senders = 10_007;
    private const int RawBytes = 130;

    private static readonly LaneId Lane = LaneId.Of("bench");
    private static readonly SourceId[] Sources = [SourceId.Of("alpha"), SourceId.Of("beta"), SourceId.Of("gamma")];

    private readonly EventBatch _batch = new(Lane);
    private readonly ulong[] _nonces = new ulong[Senders];
    private readonly Queue<(BlockTx Tx, ulong Number)> _toInclude = new();
    private readonly byte[] _raw = new byte[RawBytes];
    private ulong _localSeq;
    private ulong _txs;
    private ulong _blocks;

    /// <summary>The next facts; valid until the next call.</summary>
    public EventBatch Next(int txs)
    {
        _batch.Clear();
        if (_localSeq == 0)
        {
            _batch.Add(new LogEvent.EpochStarted(new Epoch(1), new ChainId(1), "bench", new FoldParameters()), Meta(0));
        }

        for (int i = 0; i < txs; i++)
        {
            AddTx();
            if (_txs % TxsPerBlock == 0 && _toInclude.Count > inclusionLagTxs)
            {
                AddBlock();
            }
        }

        return _batch;
    }

    private void AddTx()
    {
        int sender = (int)(_txs * 7_919 % Senders);
        ulong number = _txs++;
        bool replaces = number % 50 == 49 && _nonces[sender] > 0;
        ulong nonce = replaces ? _nonces[sender] - 1 : _nonces[sender]++;
        var hash = HashOf(number, 1);
        var account = AccountOf(sender);
        _batch.AddSeen(hash, SightingVia.HashSubscription, Meta(0));
        _batch.AddSeen(hash, SightingVia.HashSubscription, Meta(1));
        _batch.AddDecoded(hash, account, BodyOf(number, nonce, replaces ? 200u : 100u), Meta(0));
        _batch.AddSeen(hash, SightingVia.HashSubscription, Meta(2));
        if (!replaces)
        {
            _toInclude.Enqueue((new BlockTx(hash, account, new Nonce(nonce), ExecutionOutcome.Succeeded, new Gas(21_000), default), number));
        }
    }

    private void AddBlock()
    {
        var included = new (BlockTx Tx, ulong Number)[TxsPerBlock];
        for (int i = 0; i < included.Length; i++)
        {
            included[i] = _toInclude.Dequeue();
        }

        _blocks++;
        _batch.Add(
            new LogEvent.BlockObserved
            {
                Hash = HashOf(_blocks, 2),
                Number = new BlockNumber(_blocks),
                ParentHash = HashOf(_blocks - 1, 2),
                TimestampSeconds = 1_700_000_000 + (12 * _blocks),
                BaseFeePerGas = new Wei(1_000_000_000),
                GasUsed = new Gas(15_000_000),
                GasLimit = new Gas(30_000_000),
                FeeRecipient = AccountOf(0),
                ExcessBlobGas = default,
                BlobGasUsed = default,
                Transactions = Array.ConvertAll(included, static one => one.Tx),
                AuthorityNonces = [],
            },
            Meta(0));
        if (calls is not null)
        {
            TxResult[] results = [.. included.Select(one => calls.ResultOf(one.Number, one.Tx.Hash))];
            _batch.Add(new LogEvent.ReceiptsObserved(HashOf(_blocks, 2), new BlockNumber(_blocks), 0, IsVerified: true, results) { Continuation = ReceiptsContinuation.Complete }, Meta(0));
        }
    }

    private NormalizedTx BodyOf(ulong number, ulong nonce, uint fee)
    {
        var payment = PaymentOf(nonce, fee);
        return calls is null ? payment : calls.BodyOf(number, payment);
    }

    private NormalizedTx PaymentOf(ulong nonce, uint fee) => new()
    {
        Type = TxType.DynamicFee,
        ChainId = new ChainId(1),
        Nonce = new Nonce(nonce),
        GasLimit = new Gas(21_000),
        Recipient = AccountOf(1),
        Value = new Wei(1_000_000_000_000_000_000),
        MaxFeePerGas = new Wei(fee * 1_000_000_000ul),
        MaxPriorityFeePerGas = new Wei(fee * 10_000_000ul),
        MaxFeePerBlobGas = default,
        BlobCount = 0,
        InputLength = 0,
        Selector = null,
        AuthorizationList = default,
        RawBytes = _raw,
    };

    private RecordMeta Meta(int source)
    {
        _localSeq++;
        return RecordMeta.Fact(Lane, _localSeq, new UnixNanoseconds((long)_localSeq * 20_000), Sources[source]);
    }

    private static Hash256 HashOf(ulong number, byte space)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        bytes.Clear();
        bytes[0] = space;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], unchecked(number * 0x9E3779B97F4A7C15ul));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], number);
        return new Hash256(bytes);
    }

    private static Address AccountOf(int sender)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        bytes.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], sender);
        return new Address(bytes);
    }
}
