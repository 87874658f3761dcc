using System.Buffers.Binary;
using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Benchmarks.Replay;
using Mempulse.Ethereum.Transactions;
using Mempulse.Net.Captures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Benchmarks.Node;

/// <summary>A synthetic chain as a capture: three sources announce each transaction, its signed body is fetched once, and after every 200 of them a block includes 200 older ones.</summary>
/// <remarks>One in four events is a body to decode and recover. Nonces rise by account; one transaction in 50 replaces another, and the block includes the older one anyway. The capture is always the same.</remarks>
internal sealed class MadeCapture
{
    /// <summary>Events per transaction.</summary>
    public const int EventsPerTx = 4;

    /// <summary>Default number of transactions that wait.</summary>
    public const int InclusionLagTxs = 20_000;

    private const int TxsPerBlock = 200;
    private const int Accounts = 2_003;
    private const int Fast = 1;
    private const int InputBytes = 68; // a token transfer
    private const ulong GenesisSeconds = 1_700_000_000;
    private const ulong WeiPerGwei = 1_000_000_000;

    private static readonly EcdsaSignature Placeholder = new(UInt256.One, UInt256.One, 0);

    private readonly QuickSigner[] _accounts = [.. Enumerable.Range(0, Accounts).Select(index => new QuickSigner(Keccak256.Hash(Encoding.UTF8.GetBytes($"mempulse bench {index}")).ToArray()))];
    private readonly ulong[] _nonces = new ulong[Accounts];
    private readonly Queue<(BlockTx Tx, ulong Number)> _toInclude = new();
    private readonly TransactionDecoder _decoder = new(new BouncyCastleRecovery(), TransactionRules.AnyChain);
    private readonly byte[] _input = new byte[InputBytes];
    private readonly long _nanosecondsPerEvent;
    private readonly CallBodies? _calls;
    private long _events;
    private ulong _txs;
    private ulong _blocks;

    private MadeCapture(int eventsPerSecond, CallBodies? calls) => (_nanosecondsPerEvent, _calls) = (1_000_000_000 / eventsPerSecond, calls);

    /// <summary>Writes a capture of about a number of events.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="events">How many.</param>
    /// <param name="eventsPerSecond">Their pace.</param>
    /// <param name="calls">Calls that the transactions make, with receipts for their blocks; token transfers without receipts if it is null.</param>
    /// <param name="inclusionLagTxs">Transactions that wait.</param>
    /// <returns>The number of entries written.</returns>
    public static long Write(Stream stream, long events, int eventsPerSecond, CallBodies? calls = null, int inclusionLagTxs = InclusionLagTxs)
    {
        var made = new MadeCapture(eventsPerSecond, calls);
        using var writer = new CaptureWriter(stream, Header(new UnixNanoseconds((long)(GenesisSeconds * WeiPerGwei))), Fast);
        while (made._events < events)
        {
            made.AddTx(writer);
            if (made._txs % TxsPerBlock == 0 && made._toInclude.Count > inclusionLagTxs)
            {
                made.AddBlock(writer);
            }
        }

        writer.Complete();
        return made._events;
    }

    /// <summary>The header of such a capture.</summary>
    public static CaptureHeader Header(UnixNanoseconds start) => new()
    {
        Chain = new ChainId(1),
        Title = "bench",
        IsSynthetic = true,
        Label = "SYNTHETIC: accounts, transactions, sightings and blocks.",
        Provenance = "mempulse bench",
        Seed = 1,
        Start = start,
        Sources = [.. ((string[])["alpha", "beta", "gamma"]).Select(name => new CaptureSource(name, "made", string.Empty))],
        SuggestedParameters = new FoldParameters(),
    };

    private void AddTx(CaptureWriter writer)
    {
        int sender = (int)(_txs * 797 % Accounts);
        ulong number = _txs++;
        bool replaces = number % 50 == 49 && _nonces[sender] > 0;
        ulong nonce = replaces ? _nonces[sender] - 1 : _nonces[sender]++;
        byte[] raw = Sign(_accounts[sender], nonce, replaces ? 200ul : 100ul, number);
        var hash = Keccak256.Hash(raw);
        writer.AddSighting(Next(), 0, hash, SightingVia.HashSubscription);
        writer.AddSighting(Next(), 1, hash, SightingVia.HashSubscription);
        writer.AddBody(Next(), 0, hash, raw, SightingVia.Unknown);
        writer.AddSighting(Next(), 2, hash, SightingVia.HashSubscription);
        if (!replaces)
        {
            _toInclude.Enqueue((new BlockTx(hash, _accounts[sender].Account, new Nonce(nonce), ExecutionOutcome.Succeeded, new Gas(21_000), default), number));
        }
    }

    private byte[] Sign(QuickSigner account, ulong nonce, ulong feeGwei, ulong number)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_input.AsSpan(InputBytes - sizeof(ulong)), number);
        var unsigned = new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = new ChainId(1),
            Nonce = new Nonce(nonce),
            GasLimit = new Gas(60_000),
            Recipient = account.Account,
            Value = default,
            MaxFeePerGas = new Wei(feeGwei * WeiPerGwei),
            MaxPriorityFeePerGas = new Wei(feeGwei * WeiPerGwei / 100),
            Input = _input,
            Signature = Placeholder,
        };
        unsigned = _calls?.CallOf(number, unsigned) ?? unsigned;
        Invariant.That(_decoder.TryDecode(TransactionEncoder.Encode(unsigned), TxForm.Consensus, out var view, out _), "bench", "a synthetic transaction can be decoded");
        return TransactionEncoder.Encode(unsigned with { Signature = account.Sign(view.ComputeSigningHash()) });
    }

    private void AddBlock(CaptureWriter writer)
    {
        var included = new (BlockTx Tx, ulong Number)[TxsPerBlock];
        for (int i = 0; i < included.Length; i++)
        {
            included[i] = _toInclude.Dequeue();
        }

        _blocks++;
        writer.AddFact(Next(), 0, new LogEvent.BlockObserved
        {
            Hash = BlockHash(_blocks),
            Number = new BlockNumber(_blocks),
            ParentHash = BlockHash(_blocks - 1),
            TimestampSeconds = GenesisSeconds + (12 * _blocks),
            BaseFeePerGas = new Wei(WeiPerGwei),
            GasUsed = new Gas(15_000_000),
            GasLimit = new Gas(30_000_000),
            FeeRecipient = _accounts[0].Account,
            ExcessBlobGas = default,
            BlobGasUsed = default,
            Transactions = Array.ConvertAll(included, static one => one.Tx),
            AuthorityNonces = [],
        });
        if (_calls is { } calls)
        {
            TxResult[] results = [.. included.Select(one => calls.ResultOf(one.Number, one.Tx.Hash))];
            writer.AddFact(Next(), 0, new LogEvent.ReceiptsObserved(BlockHash(_blocks), new BlockNumber(_blocks), 0, IsVerified: true, results));
        }
    }

    private long Next() => _events++ * _nanosecondsPerEvent;

    private static Hash256 BlockHash(ulong number)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        bytes.Clear();
        bytes[0] = 0xb1;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], number);
        return new Hash256(bytes);
    }
}
