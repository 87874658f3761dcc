using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Net.Captures;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Node;

/// <summary>The senders of a capture, recovered in advance, to measure a node without recovery.</summary>
internal sealed class KnownSenders : ISenderRecovery
{
    private readonly Dictionary<Hash256, Address> _byDigest = [];

    /// <inheritdoc/>
    public string Name => "known";

    /// <summary>Recovers every sender of a capture.</summary>
    public static KnownSenders Of(string capture)
    {
        var known = new KnownSenders();
        var recovery = SenderRecovery.CreateBest();
        var decoder = new TransactionDecoder(recovery, TransactionRules.AnyChain);
        using var reader = CaptureReader.Open(capture);
        while (reader.TryRead(out var entry))
        {
            if (entry.Kind == CaptureEntryKind.Body && decoder.TryDecode(entry.Raw.Span, TxForm.Any, out var tx, out _))
            {
                var digest = tx.ComputeSigningHash();
                Invariant.That(recovery.TryRecover(digest, tx.Signature, out var signer), "bench", "a synthetic transaction is signed");
                known._byDigest[digest] = signer;
            }
        }

        return known;
    }

    /// <inheritdoc/>
    public bool TryRecover(in Hash256 digest, in EcdsaSignature signature, out Address signer) => _byDigest.TryGetValue(digest, out signer);
}
