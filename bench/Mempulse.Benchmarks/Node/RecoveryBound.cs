using System.Diagnostics;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Net.Captures;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Node;

/// <summary>The rate that a node could reach if it did nothing but recover the senders of a capture, on every core.</summary>
internal sealed class RecoveryBound
{
    private readonly List<(Hash256 Digest, EcdsaSignature Signature)> _bodies = [];
    private readonly long _facts;

    private RecoveryBound(long facts) => _facts = facts;

    /// <summary>Reads the signatures of a capture.</summary>
    public static RecoveryBound Of(string capture)
    {
        var bound = new RecoveryBound(CaptureFiles.Count(capture));
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
        using var reader = CaptureReader.Open(capture);
        while (reader.TryRead(out var entry))
        {
            if (entry.Kind == CaptureEntryKind.Body && decoder.TryDecode(entry.Raw.Span, TxForm.Any, out var tx, out _))
            {
                bound._bodies.Add((tx.ComputeSigningHash(), tx.Signature));
            }
        }

        return bound;
    }

    /// <summary>Recovers every sender once.</summary>
    /// <returns>Facts of the capture per second.</returns>
    public double Measure()
    {
        long started = Stopwatch.GetTimestamp();
        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            var recovery = SenderRecovery.CreateBest();
            for (int i = worker; i < _bodies.Count; i += Environment.ProcessorCount)
            {
                Invariant.That(recovery.TryRecover(_bodies[i].Digest, _bodies[i].Signature, out _), "bench", "every body of the capture is signed");
            }
        });
        return _facts / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
