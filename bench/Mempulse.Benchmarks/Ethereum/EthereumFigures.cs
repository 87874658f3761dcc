using System.Globalization;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Kzg;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Ethereum.Verification;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Org.BouncyCastle.Crypto.Digests;

namespace Mempulse.Benchmarks.Ethereum;

/// <summary>The codec on one core: hashing, decoding, recovery, raw bytes to a record in a batch, and blob proofs.</summary>
internal sealed class EthereumFigures : IFigures
{
    private readonly Lazy<byte[][]> _loaded = new(RealTransactions.Load); // loaded only when this area runs
    private readonly BlobProofVerifier _proofs = new();
    private readonly EventBatch _batch = new(new LaneId(1));
    private ulong _position;

    private byte[][] Raws => _loaded.Value;

    /// <inheritdoc/>
    public string Area => "ethereum";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        double meanBytes = Raws.Average(raw => raw.Length);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ethereum: {Raws.Length} real transactions, {meanBytes:F0} bytes each, one core, best of 5 rounds"));
        PrintKeccak(output, 64);
        PrintKeccak(output, 4096);
        PrintDecoding(output);
        PrintRecovery(output);
        BlobProofFigures.Print(output);
    }

    private static void PrintKeccak(TextWriter output, int size)
    {
        byte[] input = new byte[size];
        var reference = new KeccakDigest(256);
        byte[] hash = new byte[Hash256.Size];
        double[] rates = Rate.Of(
            () =>
            {
                Keccak256.Hash(input, hash);
                return size;
            },
            () =>
            {
                reference.BlockUpdate(input);
                reference.DoFinal(hash);
                return size;
            });
        Write(output, $"keccak of {size} B", rates[0] / 1e6, "MB/s", Ratio(rates[0] / rates[1], "of BouncyCastle"));
    }

    private void PrintDecoding(TextWriter output)
    {
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
        double[] rates = Rate.Of(() => Decode(decoder, isHashed: false), () => Decode(decoder, isHashed: true));
        Write(output, "decode, no recovery", rates[0] / 1e6, "M tx/s", "goal 1.00");
        Write(output, "decode and hash", rates[1] / 1e6, "M tx/s", string.Empty);
    }

    private void PrintRecovery(TextWriter output)
    {
        var recovery = SenderRecovery.CreateBest();
        var decoder = new TransactionDecoder(recovery, TransactionRules.AnyChain);
        var signed = Raws.Select(raw => decoder.TryDecode(raw, TxForm.Any, out var tx, out _)
            ? (Digest: tx.ComputeSigningHash(), tx.Signature)
            : throw new InvalidDataException("A real transaction does not decode.")).ToArray();
        int next = 0;
        double[] rates = Rate.Of(
            () =>
            {
                for (int i = 0; i < 100; i++, next++)
                {
                    var (digest, signature) = signed[next % signed.Length];
                    recovery.TryRecover(digest, signature, out _);
                }

                return 100;
            },
            () =>
            {
                for (int i = 0; i < 100; i++, next++)
                {
                    Append(decoder, Raws[next % Raws.Length]);
                }

                _batch.Clear();
                return 100;
            });
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Append(decoder, Raws[i]);
        }

        double allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 100.0;
        _batch.Clear();
        Write(output, $"recovery alone ({recovery.Name})", rates[0] / 1e3, "k/s", string.Empty);
        Write(output, "decode, hash, recover, append", rates[1] / 1e3, "k tx/s", Ratio(rates[1] / rates[0], "of recovery alone, goal 0.9"));
        Write(output, "allocated by the same, warm", allocated, "B/tx", "goal 0");
    }

    private long Decode(TransactionDecoder decoder, bool isHashed)
    {
        foreach (byte[] raw in Raws)
        {
            if (!decoder.TryDecode(raw, TxForm.Any, out var tx, out _) || (isHashed && tx.ComputeHash().IsZero))
            {
                throw new InvalidDataException("A real transaction does not decode.");
            }
        }

        return Raws.Length;
    }

    private void Append(TransactionDecoder decoder, byte[] raw)
    {
        if (VerifiedTx.TryVerify(decoder, _proofs, raw, default, out var tx, out _))
        {
            tx.AddTo(_batch, RecordMeta.Fact(new LaneId(1), ++_position, default, default));
        }
    }

    private static string Ratio(double value, string ofWhat) => string.Create(CultureInfo.InvariantCulture, $"{value:F3} {ofWhat}");

    private static void Write(TextWriter output, string what, double value, string unit, string remark) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-36} {value,10:F2} {unit,-7} {remark}"));
}
